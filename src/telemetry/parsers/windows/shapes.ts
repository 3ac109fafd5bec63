// The JSON shapes Windows events come in, brought to one: fields flat, under the names Sigma rules use.
import type { JsonObject, OpenFields } from '../parser.ts'
import { addField, flatten, setField } from '../flatten.ts'
import { isObject } from '../values.ts'
import { addMessage } from './message-text.ts'

const attributesKey = '#attributes'
const textKey = '#text'

/** Converted XML under a name: attributes as `name_attribute`, text as the value itself, elements below with a dot. */
function addXml(fields: OpenFields, name: string, value: unknown): void {
  if (!isObject(value)) return addField(fields, name, value)
  for (const key in value) {
    const part = value[key]
    if (key === textKey) addField(fields, name, part)
    else if (key !== attributesKey) addXml(fields, `${name}.${key}`, part)
    else if (isObject(part))
      for (const attribute in part)
        if (!attribute.startsWith('xmlns')) addField(fields, `${name}_${attribute}`, part[attribute])
  }
}

/** EventData's own names stand at the top; so do those of UserData, without the element that wraps them. */
function addData(fields: OpenFields, data: unknown): void {
  if (!isObject(data)) return
  for (const name in data) if (name !== attributesKey) addXml(fields, name, data[name])
}

/** Fields that say which event this is: data of the same name may not hide them. */
const identity = new Set(['EventID', 'Channel', 'Computer'])

/** System's elements: text under their names, attributes as `Name_attribute` (`Provider_Name`, `Execution_ProcessID`). */
function addSystem(fields: OpenFields, system: JsonObject): void {
  for (const name in system) {
    const value = system[name]
    if (value === null) continue
    if (name.endsWith('_attributes')) {
      // evtx_dump --separate-json-attributes puts attributes beside their element.
      addAttributes(fields, name.slice(0, -'_attributes'.length), value)
      continue
    }
    const text = isObject(value) ? (value[textKey] ?? value['Value']) : value
    if (text !== undefined && (identity.has(name) || !Object.hasOwn(fields, name))) addField(fields, name, text)
    if (isObject(value)) addAttributes(fields, name, value[attributesKey] ?? ownAttributes(value))
  }
}

/** Velociraptor has no `#attributes`: what is no value is an attribute. */
function ownAttributes(value: JsonObject): JsonObject {
  const { [textKey]: _, Value: __, ...rest } = value
  return rest
}

function addAttributes(fields: OpenFields, name: string, attributes: unknown): void {
  if (isObject(attributes)) for (const key in attributes) addField(fields, `${name}_${key}`, attributes[key])
}

/** What a forwarder rendered: the message as such, the words for level, task and keywords under `RenderingInfo_`. */
function addRendering(fields: OpenFields, info: unknown): void {
  if (!isObject(info)) return
  for (const name in info)
    if (name === 'Message') fields['Message'] ??= String(info[name])
    else if (name !== attributesKey) addXml(fields, `RenderingInfo_${name}`, info[name])
}

/** `{ Event: { System, EventData | UserData } }`, as evtx_dump and our own reader write it. */
export function fromEvtx(event: JsonObject): OpenFields {
  const fields: OpenFields = {}
  addData(fields, event['EventData'])
  const user = event['UserData']
  if (isObject(user)) for (const wrapper in user) if (wrapper !== attributesKey) addData(fields, user[wrapper])
  if (isObject(event['System'])) addSystem(fields, event['System'])
  if (event['RenderingInfo'] !== undefined) addRendering(fields, event['RenderingInfo'])
  else if (typeof event['Message'] === 'string') fields['Message'] ??= event['Message']
  return fields
}

/** Flat records of NXLog, of OTRF data sets and of many forwarders: only the names of System differ. The object itself becomes the fields. */
const flatNames: readonly (readonly [from: string, to: string])[] = [
  ['Hostname', 'Computer'],
  ['MachineName', 'Computer'],
  ['SourceName', 'Provider_Name'],
  ['ProviderName', 'Provider_Name'],
  ['ProviderGuid', 'Provider_Guid'],
  ['RecordNumber', 'EventRecordID'],
  ['ExecutionProcessID', 'Execution_ProcessID'],
]

const isFlat = (object: JsonObject): boolean => {
  for (const name in object) {
    const value = object[name]
    if (typeof value !== 'object' || value === null) continue
    if (!Array.isArray(value) || !value.every((item) => typeof item !== 'object' || item === null)) return false
  }
  return true
}
const asFields = (object: JsonObject): object is OpenFields => isFlat(object)

export function fromFlat(object: JsonObject): OpenFields {
  const fields = asFields(object) ? object : flatten(object)
  for (const [from, to] of flatNames) {
    const value = fields[from]
    if (value !== undefined && fields[to] === undefined) fields[to] = value
  }
  return fields
}

/** Winlogbeat writes `winlog.*`, its old versions put the same names at the top. */
const beatNames: Readonly<Record<string, string>> = {
  event_id: 'EventID',
  channel: 'Channel',
  log_name: 'Channel',
  computer_name: 'Computer',
  provider_name: 'Provider_Name',
  source_name: 'Provider_Name',
  provider_guid: 'Provider_Guid',
  record_id: 'EventRecordID',
  time_created: 'TimeCreated_SystemTime',
  record_number: 'EventRecordID',
  keywords: 'Keywords',
  opcode: 'Opcode',
  task: 'Task',
  version: 'Version',
  'process.pid': 'Execution_ProcessID',
  'process.thread.id': 'Execution_ThreadID',
  'user.identifier': 'Security_UserID',
  activity_id: 'Correlation_ActivityID',
}
const dataPrefix = /^(?:event_data|user_data)\./

export function fromBeat(object: JsonObject): OpenFields {
  const all = flatten(object)
  const fields: OpenFields = {}
  const old = Object.hasOwn(all, 'event_id')
  for (const name in all) {
    const value = all[name] ?? null
    const own = name.startsWith('winlog.') ? name.slice(7) : old ? name : undefined
    const known = own === undefined ? undefined : Object.hasOwn(beatNames, own) ? beatNames[own] : undefined
    if (own !== undefined && dataPrefix.test(own)) {
      const data = own.replace(dataPrefix, '')
      if (!identity.has(data)) setField(fields, data, value)
    } else setField(fields, known ?? name, value)
  }
  const id = fields['EventID']
  if (typeof id === 'string' && /^\d{1,5}$/.test(id)) fields['EventID'] = Number(id)
  return fields
}

/** Other tools' names for what says which event it is: Splunk, PowerShell's Get-WinEvent, Azure's tables. */
const otherNames: readonly (readonly [from: string, to: string])[] = [
  ['EventCode', 'EventID'],
  ['Id', 'EventID'],
  ['LogName', 'Channel'],
  ['EventLog', 'Channel'],
  ['ComputerName', 'Computer'],
  ['MachineName', 'Computer'],
  ['Source', 'Provider_Name'],
  ['RecordId', 'EventRecordID'],
  ['RenderedDescription', 'Message'],
  ['LevelDisplayName', 'Level'],
]
const jsonDate = /^\/Date\((\d{1,15})\)\/$/

/** Records that have the rendered message instead of named data, or both. */
function fromRendered(object: JsonObject): OpenFields {
  const fields = flatten(object)
  for (const [from, to] of otherNames)
    if (fields[from] !== undefined && fields[to] === undefined) fields[to] = fields[from]
  const id = fields['EventID']
  if (typeof id === 'string' && /^\d{1,5}$/.test(id)) fields['EventID'] = Number(id)
  const [, since] = typeof fields['TimeCreated'] === 'string' ? (jsonDate.exec(fields['TimeCreated']) ?? []) : []
  if (since !== undefined) fields['TimeCreated'] = new Date(Number(since)).toISOString()
  const [channel, message] = [fields['Channel'], fields['Message']]
  if (typeof message === 'string' && typeof channel === 'string') addMessage(fields, message, channel)
  return fromFlat(fields)
}

const isRendered = (object: JsonObject): boolean =>
  (object['EventCode'] !== undefined && object['LogName'] !== undefined) ||
  (object['Id'] !== undefined && object['ProviderName'] !== undefined && object['LogName'] !== undefined) ||
  (object['EventID'] !== undefined && object['EventLog'] !== undefined)

/** `Event` below System, as every converter of XML has it. */
const isSystem = (system: unknown): boolean =>
  isObject(system) &&
  system['EventID'] !== undefined &&
  (system['Channel'] !== undefined || system['Provider'] !== undefined)

/** Whether an object is a Windows event of any of the known shapes. */
export function isWindows(object: JsonObject): boolean {
  const event = object['Event']
  if (typeof event === 'object' && event !== null) return 'System' in event
  return (
    (object['EventID'] !== undefined && (object['Channel'] !== undefined || object['SourceName'] !== undefined)) ||
    object['winlog'] !== undefined ||
    object['winlog.event_id'] !== undefined ||
    (object['event_id'] !== undefined && object['log_name'] !== undefined) ||
    (object['System'] !== undefined && (object['EventData'] !== undefined || isSystem(object['System']))) ||
    isRendered(object)
  )
}

/** Which of the shapes an object has; undefined when it is no Windows event. */
export function windowsFields(object: JsonObject): OpenFields | undefined {
  const event = object['Event']
  if (isObject(event) && isObject(event['System'])) return fromEvtx(event)
  if (isObject(object['System']) && (object['EventData'] !== undefined || isSystem(object['System'])))
    return fromEvtx(object)
  if (object['EventID'] !== undefined && (object['Channel'] !== undefined || object['SourceName'] !== undefined))
    return fromFlat(object)
  if (isObject(object['winlog']) || object['winlog.event_id'] !== undefined) return fromBeat(object)
  if (object['event_id'] !== undefined && object['log_name'] !== undefined) return fromBeat(object)
  return isRendered(object) ? fromRendered(object) : undefined
}
