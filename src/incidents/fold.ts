// Folding: each alert joins the incident it is tied to, opens one, or brings several together. Pure: what is stored comes in, what to store goes out.
import { heavier, type Level } from '#standards'
import type { Alert } from '#detection'
import { isHeavy, type Link, linkKinds, linksOf, linkText, reach } from './links.ts'
import type { IncidentId, IncidentState } from './types.ts'

/** A handle an incident holds, and the times between which alerts touched it. */
export interface HeldLink extends Link {
  first: number
  last: number
  /** The heaviest alert that touched it: only heavy ones are tied by host alone. */
  level: Level
}

/** An incident while folding: what is needed to decide, nothing more. */
export interface Folder {
  readonly id: IncidentId
  readonly opened: number
  number: number
  state: IncidentState
  level: Level
  first: number
  last: number
  readonly tactics: Set<string>
  readonly links: Map<string, HeldLink>
  /** Alerts that joined in this fold, with what tied them. */
  readonly joined: { readonly alert: Alert; readonly why: string }[]
  /** Incidents taken in during this fold. */
  readonly absorbed: { readonly id: IncidentId; readonly number: number; readonly why: string }[]
  changed: boolean
}

/** What folding needs beside the alerts. */
export interface FoldContext {
  readonly known: readonly Folder[]
  newId(at: number): IncidentId
  nextNumber(): number
}

export const linkKey = (link: Link): string => `${link.kind} ${link.value}`

/** An address, user or host that so many incidents hold says nothing: a scanner, a proxy, a shared account. */
const tooCommon = 8
/** Light alerts of this many different tactics on one thread are worth a person's time together. */
const tacticsToOpen = 3

interface Tie {
  readonly folder: Folder
  readonly link: Link
}

/** Every incident the alert is tied to, the strongest tie of each; strongest kinds first, older incidents first. */
function tiesOf(alert: Alert, links: readonly Link[], byLink: ReadonlyMap<string, ReadonlySet<Folder>>): Tie[] {
  const ties = new Map<Folder, Tie>()
  for (const kind of linkKinds) {
    for (const link of links.filter((candidate) => candidate.kind === kind)) {
      const holders = [...(byLink.get(linkKey(link)) ?? [])].filter((folder) => folder.state !== 'closed')
      if (kind !== 'process' && kind !== 'repeat' && holders.length > tooCommon) continue
      for (const folder of holders)
        if (!ties.has(folder) && isWithin(alert, folder.links.get(linkKey(link)))) ties.set(folder, { folder, link })
    }
  }
  return [...ties.values()].sort(
    (a, b) => linkKinds.indexOf(a.link.kind) - linkKinds.indexOf(b.link.kind) || a.folder.opened - b.folder.opened,
  )
}

function isWithin(alert: Alert, held: HeldLink | undefined): boolean {
  if (held === undefined) return false
  if (held.kind === 'host' && !(isHeavy(alert.rule.level) && isHeavy(held.level))) return false
  return alert.time >= held.first - reach[held.kind] && alert.time <= held.last + reach[held.kind]
}

function hold(folder: Folder, link: Link, at: { first: number; last: number; level: Level }): void {
  const held = folder.links.get(linkKey(link))
  if (held === undefined) return void folder.links.set(linkKey(link), { ...link, ...at })
  held.first = Math.min(held.first, at.first)
  held.last = Math.max(held.last, at.last)
  held.level = heavier(held.level, at.level)
}

function join(folder: Folder, alert: Alert, links: readonly Link[], why: string): void {
  for (const link of links) hold(folder, link, { first: alert.time, last: alert.time, level: alert.rule.level })
  for (const tactic of alert.rule.tactics) folder.tactics.add(tactic)
  folder.level = heavier(folder.level, alert.rule.level)
  folder.first = Math.min(folder.first, alert.time)
  folder.last = Math.max(folder.last, alert.time)
  folder.joined.push({ alert, why })
  folder.changed = true
}

/** Takes all of one incident into another; the one taken in disappears with a line in the other's timeline. */
function absorb(into: Folder, from: Folder, why: string): void {
  for (const held of from.links.values()) hold(into, held, held)
  for (const tactic of from.tactics) into.tactics.add(tactic)
  into.level = heavier(into.level, from.level)
  into.first = Math.min(into.first, from.first)
  into.last = Math.max(into.last, from.last)
  into.joined.push(...from.joined)
  into.absorbed.push(...from.absorbed, { id: from.id, number: from.number, why })
  if (into.state === 'observed' && from.state !== 'observed') into.state = from.state
  if (into.number === 0) into.number = from.number
  into.changed = true
}

const isOpening = (folder: Folder): boolean =>
  folder.state === 'observed' && (isHeavy(folder.level) || folder.tactics.size >= tacticsToOpen)

const fresh = (id: IncidentId, alert: Alert): Folder => ({
  id,
  number: 0,
  opened: alert.raised,
  state: 'observed',
  level: alert.rule.level,
  first: alert.time,
  last: alert.time,
  tactics: new Set(),
  links: new Map(),
  joined: [],
  absorbed: [],
  changed: true,
})

/** Which of two tied incidents keeps its name: one that people have seen before one only observed, then the older. */
const keeps = (a: Folder, b: Folder): number =>
  Number(a.state === 'observed') - Number(b.state === 'observed') || a.opened - b.opened || (a.id < b.id ? -1 : 1)

/** Folds alerts, in order of their time, into incidents. Returns every incident that changed; those in `absorbed` are gone. */
export function fold(alerts: readonly Alert[], context: FoldContext): Folder[] {
  const folders = new Set(context.known)
  const byLink = new Map<string, Set<Folder>>()
  const index = (folder: Folder) => {
    for (const key of folder.links.keys()) byLink.set(key, (byLink.get(key) ?? new Set()).add(folder))
  }
  for (const folder of folders) index(folder)
  for (const alert of [...alerts].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))) {
    const links = linksOf(alert)
    const ties = tiesOf(alert, links, byLink)
    const home = ties.map((tie) => tie.folder).sort(keeps)[0] ?? fresh(context.newId(alert.raised), alert)
    for (const { folder, link } of ties.filter((tie) => tie.folder !== home)) {
      absorb(home, folder, linkText(link))
      folders.delete(folder)
      for (const key of folder.links.keys()) byLink.get(key)?.delete(folder)
    }
    join(home, alert, links, ties[0] ? linkText(ties[0].link) : 'first alert')
    folders.add(home)
    index(home)
    if (isOpening(home)) {
      home.state = 'open'
      home.number ||= context.nextNumber()
    }
  }
  return [...folders].filter((folder) => folder.changed)
}
