// Normalising as the rest of telemetry calls it.
export { mappingDocs } from './mapping-docs.ts'
export { checkOcsf, type OcsfProblem } from './check.ts'
export { eventOf, type Normalisable } from './event.ts'
export { normalise } from './normalise.ts'
export { isOcsfObject, type OcsfObject, type OcsfValue } from './value.ts'
