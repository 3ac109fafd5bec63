// Which group of people of the model an account belongs to: by the accounts that the model names, else by its department.
import { type Estate, globMatches, isGlob } from '#model'
import type { Enricher } from './enricher.ts'

export type People = Pick<Estate['people'][number], 'id' | 'title' | 'function' | 'accounts'>
const mostKept = 10_000

const bare = (account: string): string => account.slice(account.lastIndexOf('\\') + 1).replace(/@[^@]{0,300}$/, '')

/** Groups of a model, asked by account (as logs write it) and department. An account written out goes before a pattern, then the order of the model counts. */
export function groupsOf(people: readonly People[]) {
  const exact = new Map<string, string>()
  const patterns: (readonly [pattern: string, group: string])[] = []
  const departments = new Map<string, string>()
  for (const { id, title, function: does, accounts } of people) {
    for (const account of accounts.map((one) => one.toLowerCase())) {
      if (isGlob(account)) patterns.push([account, id])
      else if (!exact.has(account)) exact.set(account, id)
    }
    for (const name of [id, title, does])
      if (!departments.has(name.toLowerCase())) departments.set(name.toLowerCase(), id)
  }
  const named = (account: string): string | undefined => {
    const names = [account, bare(account)]
    for (const name of names) if (exact.has(name)) return exact.get(name)
    return patterns.find(([pattern]) => names.some((name) => globMatches(pattern, name)))?.[1]
  }
  return {
    account: named,
    department: (name: string): string | undefined => departments.get(name.toLowerCase()),
  }
}

/** Reads the model of the moment: an edit counts from the next event on. Comes after whoever says departments. */
export function groupEnricher(model: { readonly estate: Pick<Estate, 'people'> }): Enricher {
  let read: Pick<Estate, 'people'> | undefined
  let groups = groupsOf([])
  const known = new Map<string, string>()
  const groupOf = (account: string, department: string): string => {
    if (read !== model.estate) {
      read = model.estate
      groups = groupsOf(read.people)
      known.clear()
    }
    const key = `${account}\n${department}`
    const before = known.get(key)
    if (before !== undefined) return before
    const found = groups.account(account.toLowerCase()) ?? groups.department(department) ?? ''
    if (known.size >= mostKept) known.clear()
    known.set(key, found)
    return found
  }
  return {
    name: 'group',
    gives: [{ name: 'identity.group', does: 'their group of people in the model' }],
    add({ user }, _asset, facts) {
      if (user === undefined || model.estate.people.length === 0) return
      const group = groupOf(user, facts['identity.department'] ?? '')
      if (group !== '') facts['identity.group'] = group
    },
  }
}
