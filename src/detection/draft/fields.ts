// Which fields of events are worth a rule: stable and selective ones, not times, numbers of processes, or names of this place.

/** Fields that rules ask for, those that say most first. */
const telling = `
eventName eventSource errorCode operationName action eventType event_type
Image OriginalFileName CommandLine ParentImage ParentCommandLine TargetImage SourceImage ImageLoaded TargetFilename TargetObject Details
PipeName QueryName DestinationHostname DestinationPort ScriptBlockText ServiceName ServiceFileName ImagePath TaskName GrantedAccess
ObjectName ShareName RelativeTargetName LogonType AuthenticationPackageName Status SubStatus
SYSCALL type exe comm key alert.signature alert.category dest_port proto
cs-method cs-uri cs-uri-stem cs-uri-query c-uri cs-user-agent sc-status method uri path query program verb
`
  .trim()
  .split(/\s+/)

/** Whole paths of programs: the folder is often chosen by the user, the name at the end is what stays. */
const programs = new Set(['Image', 'ParentImage', 'TargetImage', 'SourceImage', 'ImageLoaded', 'exe'])
const commands = new Set(['CommandLine', 'ParentCommandLine', 'ScriptBlockText', 'proctitle', 'cmd'])

const changing =
  /time|date|stamp|epoch|guid|uuid|serial|sequence|record|offset|hash|md5|sha1|sha256|nonce|token|cookie|session|logonid|thread|pid$|pid_|^uid|sourceport|src_?port|client_?port|spt$|duration|bytes|length|size|count/i
const numbered = /(?:^|[._-])id$|Id$|ID$/
const numberedButTelling = new Set(['EventID', 'rule.id', 'alert.signature_id', 'signature_id', 'event.code'])
const place =
  /computer|host|user|account|domain|sid$|addr|(?:^|[._-])ip$|ip_|Ip$|workstation|subject|client|tenant|region|folder|directory|principal|caller|login|owner/i
/** Said by the log source already, or by nobody asked for. */
const said =
  /^(?:provider|channel|level|keywords|opcode|version|task$|correlation|execution|rulename|company|product|description|fileversion|source$|severity|facility|tag$|priority|message|msg$|_)/i

export type Worth = 'telling' | 'plain' | 'place' | 'changing'

/** What a field is good for in a rule. */
export function worthOf(name: string): Worth {
  if (telling.includes(name)) return 'telling'
  if (name === 'EventID') return 'telling'
  if (name === '' || name.includes('|')) return 'changing'
  if (numbered.test(name) && !numberedButTelling.has(name)) return 'changing'
  if (changing.test(name) || said.test(name)) return 'changing'
  return place.test(name) ? 'place' : 'plain'
}

/** Where a field stands among others: the lower, the more it says. The number of an event says nothing beside a category. */
export function rankOf(name: string, hasCategory: boolean): number {
  if (name === 'EventID') return hasCategory ? Number.POSITIVE_INFINITY : -1
  const at = telling.indexOf(name)
  return at < 0 ? telling.length : at
}

export const isProgram = (name: string): boolean => programs.has(name)
export const isCommand = (name: string): boolean => commands.has(name)

const longestValue = 300
const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/i
const moment = /\d{4}-\d{2}-\d{2}|\d{2}:\d{2}:\d{2}/
const longNumber = /\d{9}|[0-9a-f]{24}/i

/** Whether a value is the like of which will be seen again: no time, no GUID, no digest, not empty. */
export const isStable = (value: string): boolean =>
  value !== '' &&
  value !== '-' &&
  value.length <= longestValue &&
  !guid.test(value) &&
  !moment.test(value) &&
  !longNumber.test(value)
