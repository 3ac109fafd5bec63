// Container engines' own logs: dockerd and containerd write logfmt, `time="…" level=info msg="…" container=…`; podman and Falco's text too.
import { ocsfClass, ocsfSeverity, type OcsfSeverity } from '#standards'
import type { OpenFields } from '../../parser.ts'
import { isoTime } from '../../times.ts'
import { firstOf } from '../../values.ts'
import { linux, type LogLine, type Program, type Reading } from '../line.ts'

const pair = /(?<key>[A-Za-z_][\w.\-/]{0,127})=(?:"(?<quoted>(?:[^"\\]|\\.){0,8192})"|(?<plain>[^\s"]{0,2048}))/g
/** Pairs of logfmt. */
export function logfmt(text: string): OpenFields {
  const fields: OpenFields = {}
  for (const { groups = {} } of text.matchAll(pair))
    fields[groups['key'] ?? ''] ??= (groups['quoted'] ?? groups['plain'] ?? '').replace(/\\(["\\])/g, '$1')
  return fields
}
const severities: Readonly<Record<string, OcsfSeverity>> = {
  panic: ocsfSeverity.critical, fatal: ocsfSeverity.critical, error: ocsfSeverity.low, warning: ocsfSeverity.low, warn: ocsfSeverity.low,
} // prettier-ignore

function read({ text }: LogLine): Reading | undefined {
  if (!/(?:^|\s)level=\w/.test(text.slice(0, 200)) || !text.includes('msg=')) return undefined
  const fields = logfmt(text)
  const said = fields['msg']
  return {
    logsource: linux('docker'),
    class_uid: ocsfClass.applicationLifecycle,
    activity_id: 99,
    activity: 'container engine message',
    severity_id: severities[String(fields['level'])],
    detail: typeof said === 'string' ? said : text,
    who: {},
    fields,
  }
}

export const containers: Program = {
  names: ['dockerd', 'docker', 'containerd', 'podman', 'crio', 'buildkitd', 'cri-dockerd'],
  logsource: linux('docker'),
  read,
  files: [{ head: /^(?=time="(?<when>\d{4}-\d\d-\d\dT[^"]{8,32})" level=\w{4,8} msg=)/, time: isoTime }],
  ocsf: {
    'container.uid': ['container', 'containerID', 'id'],
    'container.image.name': 'image',
    status_detail: 'error',
  },
}

const priorities: Readonly<Record<string, OcsfSeverity>> = {
  Emergency: ocsfSeverity.fatal, Alert: ocsfSeverity.critical, Critical: ocsfSeverity.critical, Error: ocsfSeverity.high,
  Warning: ocsfSeverity.medium, Notice: ocsfSeverity.low, Informational: ocsfSeverity.informational, Debug: ocsfSeverity.informational,
} // prettier-ignore
export const falcoSeverity = (priority: unknown): OcsfSeverity => priorities[String(priority)] ?? ocsfSeverity.medium
/** `14:01:02.123456789: Warning Shell spawned (user=root user_loginuid=-1 command=bash …)`: pairs whose values may hold spaces. */
const falcoPair = /(?<key>[a-z][\w.]{0,63})=(?<value>.*?)(?= [a-z][\w.]{0,63}=|$)/g

function falcoPairs(text: string): OpenFields {
  const fields: OpenFields = {}
  for (const { groups = {} } of text.slice(0, 4096).matchAll(falcoPair))
    fields[groups['key'] ?? ''] ??= (groups['value'] ?? '').trim()
  return fields
}

function readFalco({ text }: LogLine): Reading | undefined {
  const found =
    /^(?:(?:\d\d:){2}\d\d\.\d{1,9}: )?(?<priority>Emergency|Alert|Critical|Error|Warning|Notice|Informational|Debug):? (?<rule>[^(|]{1,1024}?) ?(?:\((?<pairs>.*)\)\s*|\| (?<piped>.*))?$/s.exec(
      text,
    )?.groups
  if (!found) return undefined
  const { priority = '', rule = '' } = found
  const fields: OpenFields = { priority, rule }
  Object.assign(fields, falcoPairs(found['pairs'] ?? found['piped'] ?? ''), { priority, rule })
  for (const [key, value] of Object.entries(fields)) if (value === '<NA>') delete fields[key]
  return {
    logsource: { product: 'falco', categories: [] },
    class_uid: ocsfClass.detectionFinding,
    activity_id: 1,
    activity: 'rule matched',
    severity_id: falcoSeverity(priority),
    detail: rule,
    who: {
      user: firstOf(fields, ['user', 'user.name']),
      process: firstOf(fields, ['proc.exepath', 'proc_exepath', 'process', 'proc.name']),
      parent_process: firstOf(fields, ['parent', 'proc.pname', 'parent_process']),
      command_line: firstOf(fields, ['command', 'cmdline', 'proc.cmdline']),
      file: firstOf(fields, ['file', 'fd.name']),
    },
    fields,
  }
}

/** A clock alone is of the day of receipt, or of the day before when it would lie ahead. */
function today(when: string, received: number): number | undefined {
  const at = isoTime(`${new Date(received).toISOString().slice(0, 10)} ${when}`)
  return at !== undefined && at > received + 3_600_000 ? at - 86_400_000 : at
}

export const falcoText: Program = {
  names: ['falco'],
  logsource: { product: 'falco', categories: [] },
  read: readFalco,
  files: [
    {
      head: /^(?<when>\d\d:\d\d:\d\d\.\d{9}): (?=(?:Emergency|Alert|Critical|Error|Warning|Notice|Informational|Debug):? )/,
      time: today,
    },
    {
      head: /^(?<when>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)): (?=(?:Emergency|Alert|Critical|Error|Warning|Notice|Informational|Debug):? )/,
      time: isoTime,
    },
  ],
  ocsf: {
    'finding_info.title': 'rule',
    'finding_info.desc': 'message',
    'container.uid': ['container_id', 'container.id'],
    'container.name': ['container_name', 'container.name'],
  },
}
