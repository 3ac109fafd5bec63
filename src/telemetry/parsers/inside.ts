// Records of other kinds that come in a syslog envelope: found by the program that sent them or by how they begin.
import type { ParsedEvent } from '../types.ts'
import { cef } from './cef.ts'
import { checkpoint } from './checkpoint.ts'
import { filterlog } from './filterlog.ts'
import { fortigate } from './fortigate.ts'
import { haproxy } from './haproxy.ts'
import { junos } from './junos.ts'
import { leef } from './leef.ts'
import { meraki } from './meraki.ts'
import { mikrotik } from './mikrotik.ts'
import { nginxError } from './nginx-error.ts'
import { paloAlto } from './palo-alto.ts'
import type { TextParser } from './parser.ts'
import { sensorAlert } from './sensor-alert.ts'
import { sonicwall } from './sonicwall.ts'
import { sophos } from './sophos.ts'
import { squid } from './squid.ts'
import { apacheError } from './web/apache-error.ts'
import { watchguard } from './watchguard.ts'

/** By the program's name, lower case. What the parser cannot read is then read as any other line of that program. */
const programs: ReadonlyMap<string, TextParser> = new Map([
  ['filterlog', filterlog],
  ['haproxy', haproxy],
  ['squid', squid],
  ['squid-1', squid],
  ['(squid-1)', squid],
  ['nginx', nginxError],
  ['apache2', apacheError],
  ['httpd', apacheError],
  ['snort', sensorAlert],
  ['suricata', sensorAlert],
])
/** By how the text after the host begins. */
const devices: readonly TextParser[] = [
  cef,
  leef,
  fortigate,
  paloAlto,
  junos,
  sonicwall,
  sophos,
  checkpoint,
  mikrotik,
  meraki,
  watchguard,
]

/** What syslog brought: the program of the tag, the text after it, and the text with the tag. */
export interface Carried {
  readonly program: string
  readonly text: string
  readonly whole: string
}

/** The event of a record that stands in a syslog envelope; `named` when its program said what it is. Nothing for a line that is a program's own. */
export function inside(
  { program, text, whole }: Carried,
  received: number,
): { readonly event: ParsedEvent; readonly named: boolean } | undefined {
  const named = programs.get(program.toLowerCase())?.parse(text, received)
  if (named) return { event: named, named: true }
  const from = whole.startsWith(': ') ? whole.slice(2) : whole
  for (const parser of devices) {
    const event = parser.recognise(from) ? parser.parse(from, received) : undefined
    if (event) return { event, named: false }
  }
  return undefined
}
