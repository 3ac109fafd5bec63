// What each role may do, so that the console offers only what the server would accept. The server decides all the same.
import type { OperationName, Role } from './nouns.ts'

const responders: readonly Role[] = ['analyst', 'engineer', 'admin']
const admins: readonly Role[] = ['admin']
const auditors: readonly Role[] = ['auditor', 'admin']

const limited: Partial<Record<OperationName, readonly Role[]>> = {
  'incident.set-state': responders,
  'incident.assign': responders,
  'incident.note': responders,
  'ledger.list': auditors,
  'ledger.verify': auditors,
  'user.list': auditors,
  'user.create': admins,
  'user.remove': admins,
  'user.set-role': admins,
  'user.set-password': admins,
  'token.create': admins,
  'token.revoke': admins,
}

/** Whether a role may run an operation; what is not limited is open to all. */
export const may = (role: Role, name: OperationName): boolean => limited[name]?.includes(role) ?? true
