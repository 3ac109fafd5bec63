// What normalise takes: an event fresh from a parser, or one from the store.
import type { Event, EventView, ParsedEvent } from '../types.ts'

export type Normalisable = ParsedEvent &
  Partial<Pick<Event, 'id' | 'source' | 'received' | 'raw' | 'asset' | 'enriched'>>

const said = (text: string): string | undefined => (text === '' ? undefined : text)
const port = (number: number): number | undefined => (number === 0 ? undefined : number)
const outcomeOf = (text: string): 'success' | 'failure' | undefined =>
  text === 'success' || text === 'failure' ? text : undefined

/** An event of the store as the parser gave it: empty texts and ports of zero mean that nothing was said. */
export function eventOf(view: EventView): Normalisable {
  const { product, service, categories, ...rest } = view
  return {
    ...rest,
    logsource: { ...(product ? { product } : {}), ...(service ? { service } : {}), categories },
    activity_id: view.activity_id === 0 ? undefined : view.activity_id,
    outcome: outcomeOf(view.outcome),
    host: said(view.host),
    user: said(view.user),
    target_user: said(view.target_user),
    src_ip: said(view.src_ip),
    src_port: port(view.src_port),
    src_host: said(view.src_host),
    dst_ip: said(view.dst_ip),
    dst_port: port(view.dst_port),
    dst_host: said(view.dst_host),
    domain: said(view.domain),
    url: said(view.url),
    process: said(view.process),
    process_uid: said(view.process_uid),
    parent_process: said(view.parent_process),
    parent_process_uid: said(view.parent_process_uid),
    command_line: said(view.command_line),
    file: said(view.file),
    asset: said(view.asset),
    parse_error: said(view.parse_error),
  }
}
