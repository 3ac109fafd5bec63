// Docker: the files of its json-file driver, `{"log":"…","stream":"stdout","time":"…"}`, whose line is read by what it is; and the daemon's events.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../../types.ts'
import { flatten } from '../flatten.ts'
import { type JsonObject, type JsonParser, makeEvent } from '../parser.ts'
import { anyTime } from '../times.ts'
import { firstOf, hostOf, isObject, textOf } from '../values.ts'

const logName = 'docker-log'

function parseLog(object: JsonObject, received: number): ParsedEvent {
  const { log, ...rest } = object
  const said = (textOf(log) ?? '').replace(/\r?\n$/, '')
  const fields = flatten(rest)
  fields['message'] = said
  return makeEvent(
    logName,
    received,
    { host: hostOf(firstOf(fields, ['attrs.hostname'])), process: firstOf(fields, ['attrs.name', 'attrs.tag']) },
    {
      time: anyTime(fields['time']),
      logsource: { product: 'docker', categories: [] },
      class_uid: ocsfClass.base,
      activity: 'container wrote',
      said,
      fields,
    },
  )
}

export const dockerLog: JsonParser = {
  name: logName,
  reads: 'json',
  does: "reads the files of Docker's json-file driver: the container's line under `message`",
  recognises: '`log`, `stream` (stdout or stderr) and `time`',
  recognise: (object) =>
    typeof object['log'] === 'string' &&
    (object['stream'] === 'stdout' || object['stream'] === 'stderr') &&
    object['time'] !== undefined,
  parse: parseLog,
  ocsf: () => ({ 'container.name': 'attrs.name', 'container.image.name': 'attrs.image' }),
}

const eventName = 'docker-event'
const activities: Readonly<Record<string, number>> = {
  create: 1, start: 3, restart: 5, stop: 4, die: 4, kill: 4, destroy: 2, pull: 1, delete: 2, untag: 2, pause: 7, unpause: 6, update: 8, oom: 4,
} // prettier-ignore

function parseEvent(object: JsonObject, received: number): ParsedEvent {
  const fields = flatten(object)
  const action = textOf(fields['Action']) ?? textOf(fields['status']) ?? ''
  const [verb = '', command] = action.split(': ', 2)
  const started = verb === 'exec_create' || verb === 'exec_start'
  return makeEvent(
    eventName,
    received,
    {
      process: firstOf(fields, ['Actor.Attributes.name', 'Actor.Attributes.image', 'from']),
      command_line: started ? command : undefined,
    },
    {
      time: anyTime(fields['timeNano']) ?? anyTime(fields['time']),
      logsource: { product: 'docker', service: 'docker', categories: [] },
      class_uid: started ? ocsfClass.processActivity : ocsfClass.applicationLifecycle,
      activity_id: started ? 1 : (activities[verb] ?? 99),
      activity: `${textOf(fields['Type']) ?? 'container'} ${verb.replaceAll('_', ' ')}`.trim(),
      outcome: verb === 'die' && (textOf(fields['Actor.Attributes.exitCode']) ?? '0') !== '0' ? 'failure' : undefined,
      detail: firstOf(fields, ['Actor.Attributes.name', 'from', 'Actor.ID']),
      fields,
    },
  )
}

export const dockerEvent: JsonParser = {
  name: eventName,
  reads: 'json',
  does: "reads the events of Docker's daemon (`docker events --format json`): containers, images, networks, volumes",
  recognises: '`Type`, `Action` and an `Actor`',
  recognise: (object) =>
    typeof object['Type'] === 'string' && typeof object['Action'] === 'string' && isObject(object['Actor']),
  parse: parseEvent,
  ocsf: () => ({
    'container.uid': 'Actor.ID',
    'container.name': 'Actor.Attributes.name',
    'container.image.name': ['Actor.Attributes.image', 'from'],
    'app.name': 'Actor.Attributes.name',
  }),
}
