// Columns filled from fields by lists of names: what most formats of devices need to say who, where and what.
import type { Entities, OpenFields } from './parser.ts'
import { accountOf, addressOf, firstOf, hostOf, pidOf, portOf, processUid } from './values.ts'

/** Which fields may fill a column; the first that says something counts. */
export type ColumnNames = Readonly<
  Partial<Record<Exclude<keyof Entities, 'process_uid' | 'parent_process_uid'>, readonly string[]>>
> & {
  readonly pid?: readonly string[]
}

/** The names in a text, as lists are written in tables. */
export const names = (text: string): readonly string[] => text.trim().split(/\s+/)

const slashPort = /^(.{2,64})[/:](\d{1,5})$/

/** An address as the log has it, alone or with a port behind it; a name is no address. */
function addressIn(fields: OpenFields, list: readonly string[] | undefined): string | undefined {
  const text = firstOf(fields, list ?? [])
  return text === undefined ? undefined : (addressOf(text) ?? addressOf(slashPort.exec(text)?.[1]))
}

/** A name for a machine: what stands where an address should, when it is none. */
function nameIn(
  fields: OpenFields,
  named: readonly string[] | undefined,
  addressed: readonly string[] | undefined,
): string | undefined {
  const said = hostOf(firstOf(fields, named ?? []))
  if (said !== undefined) return addressOf(said) === undefined ? said : undefined
  const stands = firstOf(fields, addressed ?? [])
  return stands === undefined || addressOf(stands) !== undefined || slashPort.test(stands) ? undefined : hostOf(stands)
}

/** The columns of an event, from its fields. An address column whose field holds a name fills the host column of that side. */
export function columnsOf(fields: OpenFields, by: ColumnNames): Entities {
  const first = (list: readonly string[] | undefined): string | undefined =>
    list === undefined ? undefined : firstOf(fields, list)
  const host = hostOf(first(by.host))
  return {
    host,
    user: accountOf(first(by.user)),
    target_user: accountOf(first(by.target_user)),
    src_ip: addressIn(fields, by.src_ip),
    src_port: portOf(first(by.src_port)),
    src_host: nameIn(fields, by.src_host, by.src_ip),
    dst_ip: addressIn(fields, by.dst_ip),
    dst_port: portOf(first(by.dst_port)),
    dst_host: nameIn(fields, by.dst_host, by.dst_ip),
    domain: hostOf(first(by.domain)),
    url: first(by.url),
    process: first(by.process),
    process_uid: processUid(host, pidOf(first(by.pid))),
    parent_process: first(by.parent_process),
    command_line: first(by.command_line),
    file: first(by.file),
  }
}

/** Words that logs use for what became of a thing, as the outcome column has them; undefined for any other. */
export function outcomeOf(word: string | undefined): 'success' | 'failure' | undefined {
  if (word === undefined) return undefined
  if (
    /^(?:success|succeeded|successful|ok|allow|allowed|accept|accepted|permit|permitted|pass|passed|granted|true|1)$/i.test(
      word,
    )
  )
    return 'success'
  return /^(?:fail|failed|failure|error|deny|denied|drop|dropped|block|blocked|reject|rejected|refused|reset|reset-\w+|drop-\w+|block-\w+|block|false|0)$/i.test(
    word,
  )
    ? 'failure'
    : undefined
}
