// Which events are acts of administration, and what leaves something behind that starts by itself.
import type { Event } from '#telemetry'

const textOf = (event: Event, name: string): string => {
  const value = event.fields[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

const accountClasses = new Set([3001, 3005, 3006])
const elevated = new Set(['command run as another user', 'command refused'])
const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/\d{1,20}/g, '#')
    .slice(0, 120)

/** First word of a command line, as a file name. */
function commandOf(line: string): string {
  const word = line.trimStart().split(/\s/, 1)[0] ?? ''
  return word.slice(word.lastIndexOf('/') + 1)
}

/** The act in a word or two, such as `sudo systemctl`; empty where the event is none. */
export function administration(event: Event): string {
  const { class_uid, activity_id = 0, activity } = event
  if (accountClasses.has(class_uid)) return activity
  if (elevated.has(activity)) return `sudo ${commandOf(event.command_line ?? '')}`
  if (class_uid === 6003 && (activity_id === 1 || activity_id === 3 || activity_id === 4)) return cloudAct(event)
  if (activity === 'login with special privileges') return 'privileged login'
  if (activity === 'audit log cleared') return activity
  return class_uid === 1006 && activity_id === 1 ? activity : ''
}
const cloudAct = (event: Event): string => {
  const name = textOf(event, 'eventName') || textOf(event, 'operationName') || textOf(event, 'methodName')
  return name === '' ? '' : `cloud ${name.slice(0, 100)}`
}

const startKey =
  /\\currentversion\\(?:run|runonce|runservices|policies\\explorer\\run)\\|\\winlogon\\(?:shell|userinit)|\\image file execution options\\|\\services\\[^\\]{1,100}\\(?:imagepath|parameters\\servicedll)$/i
const startFile =
  /^\/etc\/(?:cron|systemd\/system\/|init\.d\/|rc\.local|profile\.d\/|ld\.so\.preload)|^\/var\/spool\/cron\/|\/\.ssh\/authorized_keys$|\/library\/launch(?:agents|daemons)\/|\\start menu\\programs\\startup\\/i

/** What was set up to start by itself; empty where nothing was. Digits do not count: they are different each time. */
export function persistence(event: Event): string {
  const { class_uid, activity_id = 0, activity } = event
  if (activity === 'service installed') return `service ${plainWords(textOf(event, 'ServiceName'))}`
  if (class_uid === 1006)
    return activity_id === 1 ? `task ${plainWords(textOf(event, 'TaskName') || (event.file ?? ''))}` : ''
  if (class_uid === 201_002 || class_uid === 201_001) {
    const key = textOf(event, 'TargetObject').slice(0, 400)
    return startKey.test(key) ? `registry ${plainWords(key.slice(-110))}` : ''
  }
  if (class_uid === 1001 && (activity_id === 1 || activity_id === 3)) {
    const file = (event.file ?? '').slice(0, 400)
    return startFile.test(file) ? `file ${plainWords(file.slice(-110))}` : ''
  }
  return ''
}
