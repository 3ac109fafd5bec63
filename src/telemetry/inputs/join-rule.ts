// The setting `join` of a source as a rule of joining.
import type { Join } from '#platform'
import type { JoinRule } from '../joining.ts'

/** Left out, records of auditd are joined and everything else is left as it is. */
export const joinRule = (join: Join | undefined): JoinRule => (join === undefined || join === 'auto' ? 'auditd' : join)
