// What access offers to audits, reports and playbooks.
import { type Action, type Evidence, isoTime, type Section, systemActor } from '#kernel'
import type { Access } from './access.ts'

const dormantAfter = 90 * 24 * 3_600_000
const day = (at: number | null): string => (at === null ? 'never' : isoTime(at).slice(0, 10))

/** Accounts and tokens that nobody has used for 90 days: neither logged in nor made since. */
async function accountsOf(access: Access, now: number) {
  const users = await access.users()
  const tokens = (await access.tokens(systemActor)).filter(({ expires }) => expires > now)
  const idle = (last: number | null, created: number): boolean => now - Math.max(last ?? 0, created) > dormantAfter
  return {
    users,
    tokens,
    admins: users.filter(({ role }) => role === 'admin').length,
    dormant: users.filter(({ created, lastLogin }) => idle(lastLogin, created)).map(({ name }) => name),
    unusedTokens: tokens.filter(({ created, lastUsed }) => idle(lastUsed, created)).map(({ name }) => name),
  }
}

export const evidence: readonly Evidence<Access>[] = [
  {
    name: 'access.accounts',
    does: 'accounts and tokens that nobody uses do not stay open',
    async collect(access, call) {
      const { admins, dormant, tokens, unusedTokens, users } = await accountsOf(access, call.at)
      const statement =
        `${users.length} accounts, ${admins} of them admins, and ${tokens.length} tokens; ` +
        `${dormant.length} accounts and ${unusedTokens.length} tokens were not used for 90 days`
      const detail = { accounts: users.length, admins, tokens: tokens.length, dormant, unusedTokens }
      return { statement, holds: dormant.length + unusedTokens.length === 0, detail }
    },
  },
]

export const sections: readonly Section<Access>[] = [
  {
    name: 'access.accounts',
    title: 'Who may come in',
    async write(access, call) {
      const { admins, dormant, tokens, users } = await accountsOf(access, call.at)
      const idle = dormant.length === 0 ? '' : ` Not used for 90 days: ${dormant.join(', ')}.`
      const paragraphs = [`${users.length} accounts, ${admins} of them admins; ${tokens.length} API tokens.${idle}`]
      const rows = [
        ...users.map(({ created, lastLogin, name, role }) => ['user', name, role, day(created), day(lastLogin)]),
        ...tokens.map(({ created, lastUsed, name, role }) => ['token', name, role, day(created), day(lastUsed)]),
      ]
      return { paragraphs, table: { columns: ['kind', 'name', 'role', 'created', 'last used'], rows } }
    },
  },
]

export const actions: readonly Action<Access>[] = [
  {
    name: 'access.revoke-sessions',
    does: 'end every session of a user, by id or name',
    risk: 'disturbs',
    async run(target, access) {
      const { ended, name } = await access.revokeSessionsOf(target)
      return `ended ${ended} sessions of ${name}`
    },
  },
]
