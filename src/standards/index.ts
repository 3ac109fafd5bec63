export * from './attack.ts'
export * from './ocsf.ts'
export * from './ocsf/schema.ts'
export * from './severity.ts'
