// A finding put together: its id, what it rests on, and the texts for people.
import { base32 } from '#kernel'
import type { Level } from '#standards'
import { type Draft, draftText } from './draft.ts'
import { type Evidence, type Finding, FindingId, type FindingKind, type ObservedFlow } from './types.ts'

/** A finding without its proposal, and how to make that: it is written for those findings only that are looked at. */
export interface Found {
  readonly finding: Omit<Finding, 'proposal'>
  readonly draft: () => Draft
}

/** The finding with its proposal. */
export function whole({ finding, draft }: Found): Finding {
  const change = draft()
  const at = change.out[0]?.at
  return { ...finding, proposal: { does: change.does, yaml: draftText([change]), ...(at ? { at } : {}) } }
}

/** What a finding is about, before its id and texts. */
export interface About {
  readonly kind: FindingKind
  readonly level: Level
  readonly why: readonly string[]
  readonly title: string
  readonly detail: string
  readonly from?: string
  readonly to?: string
  readonly protocol?: string
  readonly port?: number
  readonly flow?: string
  readonly asset?: string
  readonly zones: readonly string[]
  readonly evidence: Evidence
  readonly draft: () => Draft
}

/** 32 bits of a text: FNV-1a over UTF-16 units, with a prime of one's choice. */
function hash(text: string, prime: number): number {
  let value = 0x81_1c_9d_c5
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), prime)
  return value >>> 0
}
/** The same disagreement has the same id tomorrow. */
const idOf = (name: string): FindingId =>
  FindingId.parse(`rlt_${base32(hash(name, 0x01_00_01_93), 7)}${base32(hash(name, 0x85_eb_ca_6b), 7)}`)

/** A finding of what it is about. */
export function found(about: About): Found {
  const { kind, level, title, detail, evidence, draft, why } = about
  const { from = '', to = '', protocol = '', port = 0, flow = '', asset = '' } = about
  const zones = about.zones.filter((zone, at, all) => zone !== '' && all.indexOf(zone) === at)
  const id = idOf(`${kind}\n${from}\n${to}\n${protocol}\n${port}\n${flow}\n${asset}`)
  const named = { from, to, protocol, port, flow, asset, zones }
  return { finding: { id, kind, level, title, detail, ...named, why: [...why], evidence }, draft }
}

export const noEvidence: Evidence = { count: 0, refused: 0, first: null, last: null, bytes: 0, sources: [], event: '' }

/** What an observed flow proves; `refused` are attempts between the same two. */
export const evidenceOf = ({ count, first, last, bytes, sources, event }: ObservedFlow, refused: number): Evidence => ({
  count,
  refused,
  first,
  last,
  bytes,
  sources: [...sources],
  event,
})
