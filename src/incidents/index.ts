export { type AlertBook, type Incidents, openIncidents } from './incidents.ts'
export { operations, sections } from './operations.ts'
export { migrations } from './store.ts'
export * from './types.ts'
