// The door of testkit: golden cases and temporary stores. Imported by tests only.
export * from './cases.ts'
export * from './row-binary.ts'
export * from './temporary.ts'
