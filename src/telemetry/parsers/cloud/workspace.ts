// Google Workspace: the Reports API's activities, one event or many in a record, and the flat rows of the export to BigQuery.
import { ocsfClass, ocsfSeverity } from '#standards'
import type { JsonObject, OpenFields } from '../parser.ts'
import { isObject, textOf } from '../values.ts'
import { cloudParser, has, pick, wordOf } from './service.ts'
import { actOf, type Act } from './verbs.ts'

const application = ['id.applicationName', 'record_type', 'applicationName']
const eventName = ['events.name', 'name', 'event_name']

const drive: Readonly<Record<string, number>> = {
  upload: 1, create: 1, download: 2, edit: 3, delete: 4, trash: 4, rename: 5, copy: 6, move: 7, untrash: 8, preview: 9, change_user_access: 12, change_document_visibility: 12,
  change_acl_editors: 12, change_document_access_scope: 12, view: 14, print: 14,
} // prettier-ignore

function actOfEvent(fields: OpenFields, event: string | undefined): Act {
  const app = pick(fields, application)
  if (app === 'drive' && event !== undefined)
    return { class_uid: ocsfClass.fileHosting, activity_id: drive[event] ?? 99 }
  if (event === 'logout') return { class_uid: ocsfClass.authentication, activity_id: 2 }
  if (app === 'login' && event !== undefined && /^login_|^logout$/.test(event))
    return { class_uid: ocsfClass.authentication, activity_id: 1 }
  return actOf(event)
}

/** One parameter's value, whichever of the typed members holds it. */
function valueOf(parameter: JsonObject): unknown {
  for (const member of ['value', 'intValue', 'boolValue', 'multiValue', 'multiIntValue'])
    if (parameter[member] !== undefined) return parameter[member]
  return undefined
}
const most = 64

/** Parameters of events, each under its own name in lower case, as Sigma's rules have them (`new_value`). */
function addParameters(fields: OpenFields, object: JsonObject): void {
  const events = Array.isArray(object['events']) ? object['events'].slice(0, most) : [object]
  for (const event of events) {
    const list = isObject(event) ? event['parameters'] : undefined
    if (isObject(list)) for (const name of Object.keys(list).slice(0, most)) set(fields, name, list[name])
    if (!Array.isArray(list)) continue
    for (const parameter of list.slice(0, most))
      if (isObject(parameter) && typeof parameter['name'] === 'string')
        set(fields, parameter['name'], valueOf(parameter))
  }
}
function set(fields: OpenFields, name: string, value: unknown): void {
  const text = wordOf(value)
  if (text !== undefined && name.length <= 128 && name !== '__proto__') fields[name.toLowerCase()] ??= text
}

const isActivity = (object: JsonObject): boolean => {
  if (object['kind'] === 'admin#reports#activity' || has(object, 'eventService', 'eventName')) return true
  const id = object['id']
  return (isObject(id) && id['applicationName'] !== undefined) || has(object, 'time_usec', 'event_name')
}

export const workspace = cloudParser({
  name: 'google-workspace',
  does: 'reads activities of Google Workspace; the parameters of its events stand under their own names',
  recognises: '`kind` admin#reports#activity, `id.applicationName`, or `time_usec` with `event_name`',
  recognise: isActivity,
  columns: {
    time: 'id.time time_usec timestamp time p_event_time',
    user: 'actor.email email actor.callerEmail actor.key actor.profileId',
    target_user: 'user_email affected_email_address target_user group_email',
    src_ip: 'ipAddress ip_address networkInfo.ipAsn',
    file: 'doc_title',
  },
  logsource: (fields) => ({
    product: 'gcp',
    service: `google_workspace.${pick(fields, application)?.toLowerCase() ?? 'admin'}`,
    categories: [],
  }),
  ocsf: {
    'api.operation': eventName,
    'api.service.name': application,
    'actor.user.uid': 'actor.profileId',
    'actor.user.email_addr': ['actor.email', 'email'],
    'metadata.uid': ['id.uniqueQualifier', 'unique_identifier'],
    'metadata.tenant_uid': 'id.customerId',
    'actor.user.domain': 'ownerDomain',
    'file.name': 'doc_title',
    'file.uid': 'doc_id',
  },
  add(fields, object) {
    addParameters(fields, object)
    const [app, event] = [pick(fields, application), pick(fields, eventName)]
    if (app !== undefined) fields['eventService'] ??= `${app}.googleapis.com`
    if (event !== undefined) fields['eventName'] ??= event
  },
  meaning(fields) {
    const event = pick(fields, eventName) ?? textOf(fields['eventName'])
    const failed = event !== undefined && /fail|denied|blocked/i.test(event)
    const warned = event !== undefined && /suspicious|attack|leak|warning/i.test(event)
    const act = actOfEvent(fields, event)
    return {
      ...act,
      activity: 'workspace event',
      outcome: failed ? 'failure' : act.class_uid === ocsfClass.authentication ? 'success' : undefined,
      severity_id: warned ? ocsfSeverity.medium : failed ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: [pick(fields, application), event].filter(Boolean).join(' '),
    }
  },
})
