// Network traffic: what was done with it, its protocol by name and number, sums of both directions.
import type { Draft } from '../draft.ts'
import { synonym } from '../synonyms.ts'
import { isOcsfObject } from '../value.ts'
import { type ClassRule, type RuleInput, take } from './rule.ts'

const numbers: Readonly<Record<string, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  gre: 47,
  esp: 50,
  'ipv6-icmp': 58,
  icmp6: 58,
  sctp: 132,
}
const actions = [
  'action',
  'act',
  'alert.action',
  'rule_action',
  'fw_action',
  'vendor_action',
  'deviceAction',
  'event.action',
]

/** What a control did: allowed, denied, observed. Words it does not know stay where they are. */
export function controlled(input: RuleInput): void {
  const { draft, event } = input
  const name = actions.find((one) => synonym('action_id', String(event.fields[one] ?? '')) !== undefined)
  const word = name === undefined ? undefined : take(input, [name])
  if (word === undefined) return
  draft.place('action_id', word)
  draft.place('disposition_id', synonym('disposition_id', word) ?? 0)
}

function protocol(draft: Draft, ip: string | undefined): void {
  const at = 'connection_info'
  const info = draft.event[at]
  if (!isOcsfObject(info)) return
  const { protocol_name: name, protocol_num: number } = info
  if (typeof name === 'string') draft.place(`${at}.protocol_num`, numbers[name.toLowerCase()])
  else if (typeof number === 'number')
    draft.place(
      `${at}.protocol_name`,
      Object.keys(numbers).find((one) => numbers[one] === number),
    )
  if (ip !== undefined) draft.place(`${at}.protocol_ver_id`, ip.includes(':') ? 6 : 4)
}

function sums(draft: Draft): void {
  const { traffic } = draft.event
  if (!isOcsfObject(traffic)) return
  for (const unit of ['bytes', 'packets']) {
    const [received, sent] = [traffic[`${unit}_in`], traffic[`${unit}_out`]]
    if (typeof received === 'number' && typeof sent === 'number') draft.place(`traffic.${unit}`, received + sent)
  }
}

export const network: ClassRule = (input) => {
  controlled(input)
  protocol(input.draft, input.event.src_ip ?? input.event.dst_ip)
  sums(input.draft)
}
