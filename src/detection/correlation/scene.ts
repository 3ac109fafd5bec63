// For tests: small rules and events about kinds of things, run through the fold in any order and any cuts, with restarts.
import { type Event, EventId, parseRecord } from '#telemetry'
import { compileRule } from '../compile.ts'
import { createEngine } from '../engine.ts'
import { judgeWith } from '../judge.ts'
import { parseSigma } from '../sigma/parse.ts'
import { type Compiled, compileCorrelations, onlyFeeding } from './compile.ts'
import { Fold } from './fold.ts'
import type { KeptGroup } from './group.ts'
import { eventsOf, feedsOf } from './item.ts'
import type { Finding, Item } from './types.ts'

/** Plain rules that are there in every scene: one for each kind of event. */
export const kinds = ['a', 'b', 'c', 'fail', 'success', 'transfer'] as const
export const kindRules = kinds
  .map(
    (kind) =>
      `title: ${kind} happened\nname: ${kind}\nid: rule-${kind}\nlogsource: { product: test }\ndetection:\n  s: { kind: ${kind} }\n  condition: s\n`,
  )
  .join('---\n')

/** An event of a scene: its kind, milliseconds after the beginning, and fields. */
export interface SceneEvent {
  readonly at: number
  readonly kind: string
  readonly [field: string]: string | number
}
export const sceneStart = Date.UTC(2026, 2, 2, 9)

/** Times are those of the scene. */
export interface Seen {
  readonly rule: string
  readonly at: number
  readonly group: readonly string[]
  readonly events: readonly string[]
  readonly measure: number
  readonly late: boolean
}

export const eventOf = ({ at, ...fields }: SceneEvent, seq: number, name = `evt_${seq}`): Event => ({
  ...parseRecord({ source: 'test', received: sceneStart + at, text: 'text' }),
  time: sceneStart + at,
  id: EventId.parse(name),
  seq,
  received: sceneStart + at,
  source: 'test',
  raw: '',
  logsource: { product: 'test', categories: [] },
  fields,
})

/** The rules of a scene, ready: what is wrong with a correlation stands where it would be. */
export function staged(text: string) {
  const { documents, issues } = parseSigma(`${kindRules}---\n${text}`, 'scene.yml')
  const rules = documents.flatMap((one) => (one.kind === 'rule' ? [one] : []))
  const read = documents.flatMap((one) => (one.kind === 'correlation' ? [one] : []))
  const compiled: Compiled[] = compileCorrelations(
    read,
    rules.map(({ head, trouble }) => ({ ...head, trouble })),
  )
  const correlations = compiled.flatMap((one) => (one.ok ? [one.correlation] : []))
  const engine = createEngine(rules.map(({ head, when }) => compileRule(head, when)))
  return { issues, compiled, correlations, engine, feeds: feedsOf(correlations), onlyFeed: onlyFeeding(read, compiled) }
}
export type Staged = ReturnType<typeof staged>

/** How the events come: in which order, cut into which batches, with a restart before which batches. */
export interface Arrival {
  readonly lateness: number
  readonly batches: readonly (readonly Event[])[]
  readonly restarts?: ReadonlySet<number>
  readonly bytes?: number
}

const plenty = 1e9

/** Everything that is found, in order of rule and time. */
export function played(scene: Staged, { lateness, batches, restarts = new Set(), bytes = plenty }: Arrival) {
  let fold = new Fold(scene.correlations, { bytes })
  const kept = new Map<string, { correlation: string; key: string; kept: KeptGroup }>()
  const findings: Finding[] = []
  const missed: string[] = []
  let seen = -Infinity
  const save = (): void => {
    for (const { kept: now, ...one } of fold.changes()) {
      const id = JSON.stringify([one.correlation, one.key])
      if (now) kept.set(id, JSON.parse(JSON.stringify({ ...one, kept: now })))
      else kept.delete(id)
    }
  }
  batches.forEach((events, number) => {
    if (restarts.has(number)) {
      const { mark } = fold
      fold = new Fold(scene.correlations, { bytes })
      fold.mark = mark
      for (const one of kept.values()) fold.restore(one.correlation, one.key, one.kept)
    }
    const { fed } = judgeWith(scene.engine, events, { ...scene, raised: 0 })
    missed.push(...fed.missed)
    seen = Math.max(seen, fed.seen)
    findings.push(...fold.take(fed.items), ...fold.advance(seen - lateness))
    save()
  })
  findings.push(...fold.advance(Infinity))
  return { seen: seenOf(findings), missed, fold }
}

/** Findings of items alone, as a shard of groups has them. */
export function foldedAlone(scene: Staged, items: readonly Item[]): Seen[] {
  const fold = new Fold(scene.correlations, { bytes: plenty })
  return seenOf([...fold.take(items), ...fold.advance(Infinity)])
}

export const seenOf = (findings: readonly Finding[]): Seen[] =>
  findings
    .map(({ correlation, time, group, entries, measure, late }) => ({
      rule: correlation.id,
      at: time - sceneStart,
      group,
      events: eventsOf(entries),
      measure,
      late,
    }))
    .sort((a, b) => compare(sortKey(a), sortKey(b)))
const sortKey = ({ rule, at, group }: Seen): string =>
  `${rule}\0${String(at + 1e12).padStart(15, '0')}\0${group.join('\0')}`
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
