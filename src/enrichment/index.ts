// The door of enrichment: what is known of an event beyond its record.
export { type Enrichment, type EnrichmentDeps, openEnrichment } from './enrichment.ts'
export { type IndicatorFinding, indicatorFinding } from './intelligence/finding.ts'
export { operations } from './operations.ts'
