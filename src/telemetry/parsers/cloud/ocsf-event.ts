// Events that are in OCSF's form already: of Security Lake, of other products, and what our own doors give out.
import { ocsfClass, type OcsfClass, ocsfSeverity, type OcsfSeverity } from '#standards'
import type { OpenFields } from '../parser.ts'
import { isObject, textOf } from '../values.ts'
import { cloudParser, has, pick } from './service.ts'

const captions = new Map<number, string>(
  Object.entries(ocsfClass).map(([name, uid]) => [uid, name.replace(/[A-Z]/g, (one) => ` ${one.toLowerCase()}`)]),
)
const classes = new Map<number, OcsfClass>(Object.values(ocsfClass).map((uid) => [uid, uid]))
const severities = new Map<number, OcsfSeverity>(Object.values(ocsfSeverity).map((id) => [id, id]))
/** Without a class, two ends make a flow. */
const classOf = (fields: OpenFields): OcsfClass =>
  classes.get(Number(fields['class_uid'])) ??
  (fields['class_uid'] === undefined ? ocsfClass.networkActivity : ocsfClass.base)
const nameOf = (fields: OpenFields): string =>
  (pick(fields, ['class_name']) ?? captions.get(classOf(fields)) ?? 'event').toLowerCase().replaceAll(' ', '_')
const outcomes: Readonly<Record<string, 'success' | 'failure'>> = {
  1: 'success',
  2: 'failure',
  success: 'success',
  failure: 'failure',
}

export const ocsfEvent = cloudParser({
  name: 'ocsf',
  does: 'reads events that are in the form of OCSF already',
  recognises: '`class_uid` with `metadata`, `activity_id` or `category_uid`; `src_endpoint` with `dst_endpoint`',
  recognise: (object) =>
    (typeof object['class_uid'] === 'number' &&
      (has(object, 'metadata') || has(object, 'activity_id') || has(object, 'category_uid'))) ||
    (isObject(object['src_endpoint']) && isObject(object['dst_endpoint'])),
  columns: {
    time: 'time time_dt start_time metadata.original_time p_event_time',
    host: 'device.hostname device.name device.instance_uid',
    user: 'actor.user.name actor.user.email_addr actor.user.uid user.name user.email_addr user.uid',
    target_user: 'user.name user.email_addr user_result.name',
    src_ip: 'src_endpoint.ip device.ip',
    src_port: 'src_endpoint.port',
    src_host: 'src_endpoint.hostname src_endpoint.name',
    dst_ip: 'dst_endpoint.ip',
    dst_port: 'dst_endpoint.port',
    dst_host: 'dst_endpoint.hostname dst_endpoint.name',
    domain: 'query.hostname http_request.url.hostname tls.sni dst_endpoint.domain',
    url: 'http_request.url.url_string http_request.url.path url.url_string',
    process: 'process.file.path process.name actor.process.file.path actor.process.name',
    pid: 'process.pid actor.process.pid',
    parent_process: 'process.parent_process.file.path process.parent_process.name',
    command_line: 'process.cmd_line actor.process.cmd_line',
    file: 'file.path file.name reg_key.path reg_value.path',
  },
  logsource: (fields) => ({ product: 'ocsf', service: nameOf(fields), categories: [] }),
  ocsf: {},
  meaning: (fields) => ({
    activity: nameOf(fields).replaceAll('_', ' '),
    class_uid: classOf(fields),
    activity_id: Number(fields['activity_id'] ?? 0) || 0,
    outcome: outcomes[(textOf(fields['status_id']) ?? textOf(fields['status']) ?? '').toLowerCase()],
    severity_id: severities.get(Number(fields['severity_id'])) ?? ocsfSeverity.informational,
    detail: pick(fields, ['message', 'finding_info.title', 'api.operation', 'activity_name', 'type_name']),
  }),
})
