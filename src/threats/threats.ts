// The room at work: threats of the present model with the decisions of the workspace laid on them.
import { type Clock, Fault, type Issue } from '#kernel'
import type { Estate, Model } from '#model'
import type { Log } from '#platform'
import { type Level, levels } from '#standards'
import { decided, fitting, hasExpired } from './decisions/apply.ts'
import { readDecisions } from './decisions/read.ts'
import { decisionFile } from './decisions/write.ts'
import { threatsOf } from './engine.ts'
import { type FolderText, readFolder, writeDecision } from './files.io.ts'
import { rootCauses } from './group.ts'
import { readOwnRules } from './custom.ts'
import type { Attempts } from './rate.ts'
import type { ThreatRule } from './rule.ts'
import { threatRules } from './rules/table.ts'
import { type Since, threatsSince } from './since.ts'
import type { Decision, RootCause, Threat } from './threat.ts'

export interface OpenThreats {
  readonly workspace: string
  readonly model: Pick<Model, 'estate'>
  readonly clock: Clock
  readonly log?: Pick<Log, 'warn'>
  /** The estate as it was at a revision of the workspace. */
  readonly estateAt?: (rev: string) => Promise<Estate>
  /** How often something was seen to be tried against an asset in the last month. */
  readonly attempts?: Attempts
}

export interface ThreatFilter {
  readonly q?: string | undefined
  /** At least this level. */
  readonly level?: Level | undefined
  /** Only those about which something, or nothing, is decided. */
  readonly decided?: boolean | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Everything that is known of the threats of the present model. */
export interface Reading {
  readonly threats: readonly Threat[]
  readonly causes: readonly RootCause[]
  readonly rules: readonly ThreatRule[]
  /** Decisions that ran out or lost their threat, and mistakes in decisions/ and threats/. */
  readonly issues: readonly Issue[]
}

export type Threats = ReturnType<typeof openThreats>

/** The threats of a workspace. Files are read at each question, so what was decided in an editor counts at once. */
export function openThreats(room: OpenThreats) {
  const { workspace, model, clock, estateAt } = room
  const read = readerOf(room)
  let writing: Promise<unknown> = Promise.resolve()

  return {
    read,
    async list(filter: ThreatFilter): Promise<ThreatPage> {
      const { causes, issues } = await read()
      const wanted = causes.flatMap((cause) => narrowed(cause, filter))
      const from = Math.max(0, Number(filter.cursor ?? 0) || 0)
      const items = wanted.slice(from, from + filter.limit)
      const next = from + filter.limit < wanted.length ? String(from + filter.limit) : null
      return { items, next, total: wanted.length, issues: [...issues] }
    },
    /** One threat, or the worst of a root cause, with the others of its root cause. Throws Fault NOT_FOUND. */
    async show(id: string): Promise<{ threat: Threat; cause: RootCause }> {
      const { threats, causes } = await read()
      const threat = threats.find((one) => one.id === id) ?? causes.find((one) => one.id === id)?.threats[0]
      const cause = causes.find((one) => one.id === threat?.cause)
      if (!threat || !cause) throw new Fault('NOT_FOUND', `threat ${id}`)
      return { threat, cause }
    },
    /** Writes a decision. Throws Fault NOT_FOUND for a threat that is not there, INPUT_INVALID for one that would not hold. */
    async decide(decision: Decision): Promise<{ file: string; diff: string; threats: string[] }> {
      const now = clock.now()
      if (hasExpired(decision, now)) throw new Fault('INPUT_INVALID', `until: ${decision.until ?? ''} is over`)
      if (decision.decision === 'accepted' && decision.until === undefined)
        throw new Fault('INPUT_INVALID', 'until: a threat is accepted until a day')
      const fits = fitting(decision.threat)
      const means = (await read()).threats.map(({ id }) => id).filter(fits)
      if (means.length === 0) throw new Fault('NOT_FOUND', `threat ${decision.threat}`)
      const written = writing.then(() => writeDecision(workspace, decision))
      writing = written.catch(() => undefined)
      return { file: decisionFile, diff: await written, threats: means }
    },
    rules: async (): Promise<readonly ThreatRule[]> => (await read()).rules,
    /** Threats that came and went since a revision. Throws Fault CONFIG_INVALID when the workspace has no revisions. */
    async since(rev: string): Promise<Since> {
      if (!estateAt) throw new Fault('CONFIG_INVALID', 'the workspace keeps no revisions; it is not in git')
      const [before, { rules }] = await Promise.all([estateAt(rev), read()])
      return threatsSince(before, model.estate, rules)
    },
  }
}

export interface ThreatPage {
  items: RootCause[]
  next: string | null
  total: number
  issues: Issue[]
}

/** Reads the workspace's files and asks every rule. Threats are kept for as long as neither the model nor the workspace's rules change. */
function readerOf({ workspace, model, clock, log, attempts }: OpenThreats): () => Promise<Reading> {
  let kept:
    | { estate: Estate; texts: string; own: ReturnType<typeof readOwnRules>; found: readonly Threat[] }
    | undefined
  let told = 0
  const findings = (texts: readonly FolderText[]) => {
    const { estate } = model
    const key = JSON.stringify(texts)
    if (kept && kept.estate === estate && kept.texts === key && !attempts) return kept
    const own = readOwnRules(texts, estate, builtIn)
    const found = threatsOf(estate, [...threatRules, ...own.rules], attempts ? { attempts } : {})
    return (kept = { estate, texts: key, own, found })
  }
  return async () => {
    const [rules, files] = await Promise.all([readFolder(workspace, 'threats'), readFolder(workspace, 'decisions')])
    const { estate, own, found } = findings(rules.texts)
    const { decisions, issues } = readDecisions(files.texts)
    const laid = decided(found, decisions, { moves: estate.moves, now: clock.now() })
    const wrong = [...rules.issues, ...own.issues, ...files.issues, ...issues, ...laid.issues]
    if (wrong.length > told)
      log?.warn(
        { problems: wrong.length },
        'decisions or rules of threats have problems; castellan threat list shows them',
      )
    told = wrong.length
    return {
      threats: laid.threats,
      causes: rootCauses(laid.threats, estate),
      rules: [...threatRules, ...own.rules],
      issues: wrong,
    }
  }
}
const builtIn = threatRules.map(({ id }) => id)

/** A root cause with only those threats that are asked for; nothing when none is. */
function narrowed(cause: RootCause, { q, level, decided }: ThreatFilter): RootCause[] {
  const wanted = q?.toLowerCase()
  const says = (threat: Threat) =>
    wanted === undefined ||
    [
      cause.id,
      cause.title,
      threat.id,
      threat.title,
      threat.witness.text,
      ...threat.attack,
      ...threat.cwe,
      ...threat.data,
    ].some((text) => text.toLowerCase().includes(wanted))
  const threats = cause.threats.filter(
    (threat) =>
      (decided === undefined || decided === (threat.decision !== undefined)) &&
      (level === undefined || levels.indexOf(threat.level) >= levels.indexOf(level)) &&
      says(threat),
  )
  return threats.length === 0 ? [] : [{ ...cause, threats }]
}
