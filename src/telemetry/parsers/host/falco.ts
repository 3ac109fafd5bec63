// Falco's alerts as JSON: rule, priority, and what its output fields say of process, file, container.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../../types.ts'
import { flatten } from '../flatten.ts'
import { type JsonObject, type JsonParser, makeEvent, type OpenFields } from '../parser.ts'
import { falcoSeverity } from '../syslog/programs/containers.ts'
import { anyTime } from '../times.ts'
import { accountOf, addressOf, firstOf, hostOf, isObject, pidOf, portOf, processUid, textOf } from '../values.ts'

const name = 'falco'

const out = (fields: OpenFields, ...names: string[]): string | undefined => {
  for (const one of names) {
    const text = textOf(fields[`output_fields.${one}`])
    if (text !== undefined && text !== '<NA>') return text
  }
  return undefined
}

function parse(object: JsonObject, received: number): ParsedEvent {
  const fields = flatten(object)
  const host = hostOf(firstOf(fields, ['hostname', 'output_fields.evt.hostname', 'output_fields.k8s.node.name']))
  const who = {
    host,
    user: accountOf(out(fields, 'user.name', 'user.loginname', 'ka.user.name')),
    src_ip: addressOf(out(fields, 'fd.cip', 'fd.sip.name', 'ka.sourceips')),
    src_port: portOf(Number(out(fields, 'fd.cport'))),
    dst_ip: addressOf(out(fields, 'fd.sip', 'fd.rip')),
    dst_port: portOf(Number(out(fields, 'fd.sport', 'fd.rport'))),
    process: out(fields, 'proc.exepath', 'proc.name', 'proc.exe'),
    process_uid: processUid(host, pidOf(Number(out(fields, 'proc.pid') ?? Number.NaN))),
    parent_process: out(fields, 'proc.pexepath', 'proc.pname'),
    parent_process_uid: processUid(host, pidOf(Number(out(fields, 'proc.ppid') ?? Number.NaN))),
    command_line: out(fields, 'proc.cmdline'),
    file: out(fields, 'fd.name', 'evt.arg.path', 'fs.path.name'),
  }
  return makeEvent(name, received, who, {
    time: anyTime(fields['time']) ?? anyTime(fields['output_fields.evt.time']),
    logsource: { product: 'falco', categories: [] },
    class_uid: ocsfClass.detectionFinding,
    activity_id: 1,
    activity: 'rule matched',
    severity_id: falcoSeverity(fields['priority']),
    detail: textOf(fields['rule']),
    fields,
  })
}

export const falco: JsonParser = {
  name,
  reads: 'json',
  does: "reads Falco's alerts: rule, priority, process, file, container",
  recognises: '`rule`, `priority` and `output` or `output_fields`',
  recognise: (object) =>
    typeof object['rule'] === 'string' &&
    typeof object['priority'] === 'string' &&
    (isObject(object['output_fields']) || typeof object['output'] === 'string'),
  parse,
  ocsf: () => ({
    'finding_info.title': 'rule',
    'finding_info.desc': 'output',
    'finding_info.uid': 'uuid',
    'finding_info.types': 'source',
    'container.uid': 'output_fields.container.id',
    'container.name': 'output_fields.container.name',
    'container.image.name': 'output_fields.container.image.repository',
  }),
}
