// Who may do what: six roles, no inheritance; an operation names the roles that may run it.

export const roles = ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'] as const
export type Role = (typeof roles)[number]

/** Everyone who may log in: reading that is not sensitive. */
export const anyRole: readonly Role[] = roles
/** Those who work on alerts and incidents. */
export const responders: readonly Role[] = ['analyst', 'engineer', 'admin']
/** Those who change the model, rules and sources. */
export const engineers: readonly Role[] = ['engineer', 'admin']
/** Those who read evidence: the ledger and the list of accounts. */
export const auditors: readonly Role[] = ['auditor', 'admin']
export const admins: readonly Role[] = ['admin']

/** Who is asking, and how they proved it. */
export interface Actor {
  /** Stable id: `usr_…`, `tok_…`, or `system`. */
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly via: 'session' | 'token' | 'terminal' | 'system'
  /** Names of the only operations a token may call; absent means all that the role may. */
  readonly scopes?: readonly string[]
}

/** The program itself: scheduled jobs and start-up. */
export const systemActor: Actor = { id: 'system', name: 'castellan', role: 'admin', via: 'system' }
