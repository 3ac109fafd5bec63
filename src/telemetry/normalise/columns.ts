// Where OCSF has what our columns hold: by attribute, the first that the class has.
import type { Draft } from './draft.ts'
import { baseName } from './complete.ts'
import type { Normalisable } from './event.ts'
import { isIp } from './value.ts'

type SimpleColumn = 'target_user' | 'src_port' | 'dst_port' | 'domain' | 'url' | 'command_line'
const places: Readonly<Record<SimpleColumn, readonly string[]>> = {
  target_user: ['user.name', 'process.user.name', 'evidences.user.name', 'entity.user.name'],
  src_port: ['src_endpoint.port', 'evidences.src_endpoint.port'],
  dst_port: ['dst_endpoint.port', 'evidences.dst_endpoint.port'],
  domain: ['query.hostname', 'http_request.url.hostname', 'tls.sni', 'evidences.url.hostname', 'dst_endpoint.domain'],
  url: ['http_request.url.url_string', 'url.url_string', 'evidences.url.url_string', 'web_resources.url_string'],
  command_line: ['process.cmd_line', 'job.cmd_line', 'evidences.process.cmd_line', 'actor.process.cmd_line'],
}
const filePlaces = [
  'file',
  'module.file',
  'driver.file',
  'job.file',
  'reg_key',
  'reg_value',
  'evidences.file',
  'script.file',
]

/** A column is made from the source's own fields: where one of those stands already, nothing is lost. */
const placedAs = (results: readonly string[]): boolean => results.some((one) => one !== 'no')

/** A machine, named or by its address. */
function machine(draft: Draft, at: string, value: string | undefined): boolean {
  if (value === undefined) return false
  return placedAs([draft.place(`${at}.${isIp(value) ? 'ip' : 'hostname'}`, value)])
}
const machineAt = (draft: Draft, ats: readonly string[], value: string | undefined): boolean =>
  ats.some((at) => machine(draft, at, value))

/** A process by path or name and by identity: `host:pid`, or the source's own. */
export function process(
  draft: Draft,
  at: string,
  [path, uid]: readonly [string | undefined, string | undefined],
): boolean {
  const results: string[] = []
  if (path !== undefined && path !== '') {
    results.push(draft.place(`${at}.name`, baseName(path)))
    if (/[\\/]/.test(path)) results.push(...file(draft, `${at}.file`, path))
  }
  if (uid !== undefined && uid !== '') {
    const pid = /:(\d{1,10})$/.exec(uid)?.[1]
    results.push(pid === undefined ? draft.place(`${at}.uid`, uid) : draft.place(`${at}.pid`, Number(pid)))
  }
  return placedAs(results)
}

/** A file by its path. Where the path is taken by the source's own words for it, that counts. */
export function file(draft: Draft, at: string, path: string): string[] {
  const placed = draft.place(`${at}.path`, path)
  return placed === 'set' ? [placed, draft.place(`${at}.name`, baseName(path))] : [placed]
}

/** Where acting processes and people stand: in findings among the evidence. */
const actorOf = (draft: Draft): string => (draft.has('evidences.process') ? 'evidences' : 'actor')

/** Places all columns that the class has a place for; answers with the names of those that found none. */
export function placeColumns(draft: Draft, event: Normalisable): string[] {
  const lost: string[] = []
  const check = (name: string, value: unknown, placed: boolean): void => {
    if (value !== undefined && value !== '' && value !== 0 && !placed) lost.push(name)
  }
  const actor = actorOf(draft)
  const acting = draft.shape.attributes.has('process') && draft.shape.category === 1 ? 'process' : `${actor}.process`
  check('host', event.host, machine(draft, 'device', event.host))
  const subject = draft.shape.category === 3 && event.target_user === undefined && draft.shape.attributes.has('user')
  check('user', event.user, placedAs([draft.place(subject ? 'user.name' : `${actor}.user.name`, event.user)]))
  check('process', event.process, process(draft, acting, [event.process, event.process_uid]))
  const parent = [event.parent_process, event.parent_process_uid] as const
  check('parent_process', event.parent_process, process(draft, `${acting}.parent_process`, parent))
  const ends = ['src', 'dst'] as const
  for (const end of ends) {
    const ats = [`${end}_endpoint`, `evidences.${end}_endpoint`]
    const address = event[`${end}_ip`]
    const placed = placedAs(ats.map((at) => draft.place(`${at}.ip`, address))) || machineAt(draft, ats, address)
    check(`${end}_ip`, address, placed)
    check(`${end}_host`, event[`${end}_host`], machineAt(draft, ats, event[`${end}_host`]))
  }
  let column: SimpleColumn
  for (column in places) {
    const value = event[column]
    const placed = value === '' || value === 0 ? 'no' : draft.placeFirst(places[column], value)
    check(column, value, placedAs([placed]))
  }
  const path = event.file
  if (path !== undefined)
    check(
      'file',
      path,
      filePlaces.some((at) => placedAs(file(draft, at, path))),
    )
  return lost
}
