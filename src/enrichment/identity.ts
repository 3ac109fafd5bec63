// Whose account and whose machine: one person under all the names that logs know them by.
import { z } from 'zod'
import { parseAddress } from '#model'
import type { Enricher } from './enricher.ts'

const name = z.string().min(1).max(300)
const Identity = z.strictObject({
  person: name.meta({ description: 'the person, as people call them' }),
  accounts: z
    .array(name)
    .default([])
    .meta({ description: 'as logs write them: alice, CORP\\alice, alice@corp.example' }),
  hosts: z.array(name).default([]).meta({ description: 'machines that are theirs alone' }),
  department: z.string().max(300).default(''),
})
/** identities.yaml */
export const Identities = z.strictObject({ identities: z.array(Identity).max(1_000_000) })
export type Identities = z.output<typeof Identities>

interface Whose {
  readonly person: string
  readonly department: string
}
/** Whose an account or a host is. */
export interface Directory {
  account(name: string): Whose | undefined
  host(name: string): Whose | undefined
}

/** `CORP\alice` and `alice@corp.example` are `alice` where nobody else is. */
const bare = (account: string): string => account.slice(account.lastIndexOf('\\') + 1).replace(/@[^@]*$/, '')
const shortHost = (host: string): string => (parseAddress(host) ? host : (host.split('.')[0] ?? host))

/** Names by which one may be found: those written, and shorter forms that are one person's only. */
function tableOf(entries: readonly (readonly [string, Whose])[], short: (name: string) => string) {
  const table = new Map<string, Whose>()
  const shorts = new Map<string, Whose | undefined>()
  for (const [written, whose] of entries) {
    const name = written.toLowerCase()
    if (!table.has(name)) table.set(name, whose)
    const form = short(name)
    const before = shorts.get(form)
    shorts.set(form, shorts.has(form) && before?.person !== whose.person ? undefined : whose)
  }
  return (asked: string): Whose | undefined => {
    const name = asked.toLowerCase()
    return table.get(name) ?? shorts.get(short(name))
  }
}

export function directoryOf({ identities }: Identities): Directory {
  const whose = identities.map(({ person, department, accounts, hosts }) => ({
    of: { person, department },
    accounts,
    hosts,
  }))
  const entries = (of: 'accounts' | 'hosts') => whose.flatMap((one) => one[of].map((name) => [name, one.of] as const))
  return { account: tableOf(entries('accounts'), bare), host: tableOf(entries('hosts'), shortHost) }
}

export const identityEnricher = (directory: () => Directory | undefined): Enricher => ({
  name: 'identity',
  gives: [
    { name: 'identity.person', does: 'whose account the user is' },
    { name: 'identity.department', does: 'their department' },
    { name: 'identity.target', does: 'whose account it was done to' },
    { name: 'identity.host', does: 'whose machine the host is' },
  ],
  add({ user, target_user, host }, _asset, facts) {
    const known = directory()
    if (!known) return
    const who = user === undefined ? undefined : known.account(user)
    if (who) {
      facts['identity.person'] = who.person
      if (who.department !== '') facts['identity.department'] = who.department
    }
    const target = target_user === undefined ? undefined : known.account(target_user)
    if (target) facts['identity.target'] = target.person
    const owner = host === undefined ? undefined : known.host(host)
    if (owner) facts['identity.host'] = owner.person
  },
})
