export { fernhill, fernhillAttackSteps, fernhillSources } from './fernhill.ts'
export { organisationOf, organisations } from './organisations.ts'
export type { AttackStep, ExerciseOptions, ExerciseRecord, Organisation, Scenario } from './types.ts'
