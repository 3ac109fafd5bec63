export * from './attack.ts'
export * from './ocsf.ts'
export * from './severity.ts'
