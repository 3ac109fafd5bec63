// Windows events as text: Splunk's `LogName=…` records with the message below, and Snare's lines parted by tabs, by themselves or in syslog.
import type { ParsedEvent } from '../../types.ts'
import { setField } from '../flatten.ts'
import type { OpenFields, TextParser } from '../parser.ts'
import { bsdTime, isoTime } from '../times.ts'
import { textOf } from '../values.ts'
import { addMessage } from './message-text.ts'
import { eventOf, windowsOcsf } from './windows.ts'

const names: Readonly<Record<string, string>> = {
  LogName: 'Channel', EventCode: 'EventID', ComputerName: 'Computer', RecordNumber: 'EventRecordID', SourceName: 'SourceName', TaskCategory: 'Category', Sid: 'Security_UserID',
} // prettier-ignore
const most = 60
const pair = /^(\w{1,64})=(.{0,8192})$/
const american = /^(\d{2})\/(\d{2})\/(\d{4}) (\d{2}):(\d{2}):(\d{2})(?:\.\d{1,6})?(?: ([AP]M))?/

/** `03/12/2021 10:48:14 AM` as ISO text; Splunk writes the machine's own time without its zone. */
function americanTime(text: string): string | undefined {
  const [, month, day, year, hour, minute, second, half] = american.exec(text) ?? []
  if (hour === undefined) return undefined
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'PM' ? 12 : 0)
  return `${year}-${month}-${day}T${String(hours).padStart(2, '0')}:${minute}:${second}Z`
}

const providers: Readonly<Record<string, string>> = {
  'Microsoft Windows security auditing.': 'Microsoft-Windows-Security-Auditing',
}

/** `Key=value` lines up to `Message=`, which goes on to the end. */
function splunkFields(text: string): OpenFields {
  const fields: OpenFields = {}
  const at = text.indexOf('\nMessage=')
  const head = at < 0 ? text : text.slice(0, at)
  for (const one of head.split(/\r?\n/, most)) {
    const [, name, value = ''] = pair.exec(one) ?? []
    if (name !== undefined) setField(fields, names[name] ?? name, value)
  }
  const time = americanTime(head)
  if (time !== undefined) fields['TimeCreated'] = time
  const [original] = american.exec(head) ?? []
  if (original !== undefined) setField(fields, 'OriginalTime', original)
  if (at >= 0) {
    fields['Message'] = text.slice(at + 9)
    const [title = ''] = text.slice(at + 9, at + 600).split(/\r?\n/, 1)
    if (title !== '') setField(fields, 'MessageTitle', title)
  }
  return fields
}

/** What both forms end with: numbers as numbers, the message read. */
function finished(parser: string, fields: OpenFields, received: number): ParsedEvent {
  const channel = textOf(fields['Channel']) ?? ''
  const source = textOf(fields['SourceName'])
  if (source !== undefined) fields['Provider_Name'] ??= providers[source] ?? source
  if (typeof fields['Message'] === 'string') addMessage(fields, fields['Message'], channel)
  return { ...eventOf(fields, received), parser }
}

export const windowsText: TextParser = {
  name: 'windows-text',
  reads: 'text',
  ocsf: () => windowsOcsf,
  does: "reads Windows events as Splunk's forwarder writes them as text; names of EventData are read back from the message",
  recognises: '`LogName=` and `EventCode=` at the starts of lines',
  recognise: (text) => {
    const head = text.slice(0, 600)
    return /(?:^|\n)LogName=/.test(head) && /\nEventCode=|^EventCode=/.test(head)
  },
  parse: (text, received) => finished('windows-text', splunkFields(text), received),
}

const snareNames = [
  'Criticality',
  'Channel',
  'SnareCounter',
  'SubmitTime',
  'EventID',
  'SourceName',
  'SnareUser',
  'SIDType',
  'EventType',
  'Computer',
  'Category',
  'DataString',
  'Message',
  'MD5Checksum',
]
const marker = 'MSWinEventLog'

/** `Mon Mar 02 14:01:02 2026` */
function snareTime(text: string | undefined, received: number): number | undefined {
  if (text === undefined) return undefined
  const year = /\d{4}$/.exec(text)?.[0]
  const time = bsdTime(text.slice(4), received)
  return year === undefined || time === undefined
    ? isoTime(text)
    : isoTime(`${year}${new Date(time).toISOString().slice(4)}`)
}

/** Snare writes line ends and tabs of messages as spaces: three or more before a label were a line's end, two are before a value. */
const unfolded = (message: string): string =>
  message.replace(/ {3,8}(?=[A-Z][^: ]{0,30}(?: [^: ]{1,30}){0,6}:)/g, '\n').replace(/ {2,8}/g, '\t')

export const snare: TextParser = {
  name: 'windows-snare',
  reads: 'text',
  ocsf: () => windowsOcsf,
  does: 'reads Windows events as Snare writes them, with or without syslog around them',
  recognises: '`MSWinEventLog` and fields parted by tabs',
  recognise: (text) => text.slice(0, 300).includes(marker),
  parse(text, received) {
    const cells = text.slice(text.indexOf(marker) + marker.length).split(text.includes('\t') ? '\t' : '#011', 20)
    if (cells.length < 12) return undefined
    const fields: OpenFields = {}
    for (const [at, value] of cells.slice(1).entries())
      if (value.trim() !== '' && value !== 'N/A') setField(fields, snareNames[at] ?? `Cell${at}`, value.trim())
    const time = snareTime(textOf(fields['SubmitTime']), received)
    if (time !== undefined) fields['TimeCreated'] = new Date(time).toISOString()
    if (/^\d{1,5}$/.test(textOf(fields['EventID']) ?? '')) fields['EventID'] = Number(fields['EventID'])
    if (typeof fields['Message'] === 'string') fields['Message'] = unfolded(fields['Message'])
    return finished('windows-snare', fields, received)
  },
}
