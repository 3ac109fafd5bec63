// The door of testkit: golden cases and temporary stores. Imported by tests only.
export * from './cases.ts'
export { clickhouseStandIn } from './clickhouse-stand-in.ts'
export * from './row-binary.ts'
export * from './temporary.ts'
