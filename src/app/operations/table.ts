// The operations that need the whole house.
import type { RoomOperation } from '#kernel'
import type { House } from '../house.ts'
import { jobOperations } from './jobs.ts'
import { offeredOperations } from './offered.ts'
import { overviewOperations } from './overview.ts'
import { ruleOperations } from './rules.ts'
import { systemOperations } from './system.ts'

export const operations: readonly RoomOperation<House>[] = [
  ...overviewOperations,
  ...systemOperations,
  ...jobOperations,
  ...offeredOperations,
  ...ruleOperations,
]
