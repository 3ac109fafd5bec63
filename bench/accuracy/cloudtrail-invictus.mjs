// CloudTrail files of a simulated attack in a real account: each record parsed, its columns right, all its values kept.
// Usage: node bench/accuracy/cloudtrail-invictus.mjs [--losses]   (after npm run build)
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { account, corpusAt, parseWith, printed, skipped, tally, values } from './_tally.mjs'

const address = /^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9a-f:]{3,39}$/i

/** Who called, by the kinds of identity in CloudTrail's documentation. */
function principal({ type, userName, arn, invokedBy }) {
  if (type === 'Root') return 'root'
  if (type === 'IAMUser') return account(userName)
  if (type === 'AWSService') return account(invokedBy)
  const session = /assumed-role\/([^/]+)\/(.+)$/.exec(arn ?? '')
  return session ? [account(session[2]), account(session[1])] : undefined
}

function expectedOf(log, event) {
  const wanted = [
    ['time', Date.parse(log.eventTime), event.time],
    [
      'outcome',
      log.errorCode || log.responseElements?.ConsoleLogin === 'Failure' ? 'failure' : 'success',
      event.outcome,
    ],
    ['operation', log.eventName, event.fields.eventName],
  ]
  const who = principal(log.userIdentity ?? {})
  if (who !== undefined) wanted.push(['user', who, event.user])
  wanted.push(
    address.test(log.sourceIPAddress)
      ? ['src_ip', log.sourceIPAddress.toLowerCase(), event.src_ip]
      : ['src_host', log.sourceIPAddress, event.src_host],
  )
  if (log.eventName === 'ConsoleLogin') wanted.push(['class_uid', 3002, event.class_uid])
  return wanted
}

export async function measure() {
  const root = corpusAt('logs', 'aws-cloudtrail-invictus', 'CloudTrail')
  if (root === undefined) return skipped('aws-cloudtrail-invictus', 'MIT', 'logs', 'aws-cloudtrail-invictus')
  const counts = tally()
  const parse = await parseWith()
  for (const file of readdirSync(root).sort()) {
    if (!file.endsWith('.json')) continue
    for (const log of JSON.parse(readFileSync(join(root, file), 'utf8')).Records) {
      const event = parse(JSON.stringify(log))
      counts.record(log.userIdentity?.type ?? 'none', event, {
        taken: event.parser === 'cloudtrail',
        expected: [...expectedOf(log, event), ...values(log, event)],
        what: `${file} ${log.eventID}`,
      })
    }
  }
  return counts.result('aws-cloudtrail-invictus', 'MIT')
}

if (process.argv[1] === import.meta.filename) await printed(measure)
