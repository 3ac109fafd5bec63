// Who is held against whom: groups that the model says, and where it says nothing, those that the names of machines show.
import type { Known } from './first-seen.ts'
import { remembered } from './remembered.ts'
import type { Access } from './types.ts'

/**
 * What the names of machines have in common, as `ck-*` of `CK-0117`: the letters before the first digit. Empty for names without digits,
 * for addresses and for single letters.
 */
export const schemeOf = remembered((host) => {
  const letters = /^[a-z][a-z_-]{1,40}(?=\d)/.exec(host)?.[0] ?? ''
  return letters === '' ? '' : `${letters}*`
})

const inZone = remembered((kind) => remembered((zone) => [`${kind} in ${zone}`, kind] as const))
/** Groups of a machine in the model, the narrowest first: its kind in its zone, its kind. None where it is not in the model. */
export function machinePeers(kind: string, zone: string): readonly string[] {
  if (kind === '') return []
  return zone === '' ? [kind] : inZone(kind)(zone)
}
/** Groups of what the model does not know. */
export const accountsAt = remembered((scheme) => `accounts at home on ${scheme}`)
export const machinesNamed = remembered((scheme) => `machines named ${scheme}`)

const homeKey = remembered((user) => `~${user}`)
const nothing = (): Known => ({ last: -1, days: 0, whats: new Map(), chars: 0 })
const mostSchemes = 20

/** Counts a day on which an account was on machines of a name; `whats` holds for each name the days and the last of them. */
function count(home: Known, scheme: string, day: number): void {
  if (day > home.last) {
    home.last = day
    home.days++
  }
  const [days, last] = home.whats.get(scheme) ?? [0, -1]
  if (day <= last) return
  if (days === 0) {
    if (home.whats.size >= mostSchemes) return
    home.chars += scheme.length
  }
  home.whats.set(scheme, [days + 1, day])
}

/** The machines on which an account was on most days, by the name they share; empty before it was seen on so many days. */
export function homeOf(
  { user, host, day }: { readonly user: string; readonly host: string; readonly day: number },
  groups: Access<Known>,
  seenDays: number,
): string {
  const scheme = schemeOf(host)
  const key = homeKey(user)
  const known = groups.look(key)
  if (scheme !== '' && (known?.whats.get(scheme)?.[1] ?? -1) < day) count(groups.at(key, nothing), scheme, day)
  if (!known || known.days <= seenDays) return ''
  let [most, at] = [0, '']
  for (const [name, [days]] of known.whats) if (days > most) [most, at] = [days, name]
  return at
}
