// Atlassian: audit of Bitbucket, Jira and Confluence (server, data centre and cloud), and of the organisation.
import { ocsfSeverity } from '#standards'
import type { JsonObject, OpenFields } from '../parser.ts'
import { isObject, textOf } from '../values.ts'
import { alias, cloudParser, has, pick } from './service.ts'
import { actOf } from './verbs.ts'

const auditType = (object: JsonObject): JsonObject | undefined => {
  const type = object['auditType']
  return isObject(type) ? type : undefined
}
const isConfluenceOrJira = (object: JsonObject): boolean => {
  const type = auditType(object)
  const area = [type?.['area'], type?.['actionI18nKey'], object['system']]
    .map((one) => textOf(one) ?? '')
    .join(' ')
    .toLowerCase()
  return (
    area.includes('jira') || area.includes('confluence') || area.includes('atlassian.audit.event.action.audit.search')
  )
}

const columns = {
  time: 'timestamp.epochSecond timestamp creationDate created time',
  user: 'author.name author.displayName author.username',
  target_user: 'target_account',
  src_ip: 'source sourceIp remoteAddress',
  host: 'node',
  url: 'system',
}
const ocsf = {
  'api.operation': ['auditType.action', 'summary'],
  'api.service.name': ['auditType.category', 'category'],
  'actor.user.uid': ['author.id', 'authorKey', 'authorAccountId', 'author.accountId'],
  'resources.name': ['affectedObjects.name', 'objectItem.name', 'affectedObject.name'],
  'resources.type': ['affectedObjects.type', 'objectItem.typeName', 'affectedObject.objectType'],
  'metadata.uid': 'id',
}
function addTarget(fields: OpenFields): void {
  const types = fields['affectedObjects.type']
  const names = fields['affectedObjects.name']
  const at = Array.isArray(types) ? types.slice(0, 32).findIndex((type) => String(type).toLowerCase() === 'user') : -1
  if (at >= 0 && Array.isArray(names) && names[at] !== undefined) fields['target_account'] ??= names[at]
  else if (/^user$/i.test(pick(fields, ['objectItem.typeName', 'affectedObject.objectType']) ?? ''))
    alias(fields, [
      ['objectItem.name', 'target_account'],
      ['affectedObject.name', 'target_account'],
    ])
}
const failed = (text: string): boolean => /fail|denied|unauthori[sz]ed|locked/i.test(text)
const meaning = (activity: string) => (fields: OpenFields) => {
  const action = pick(fields, ['auditType.action', 'summary', 'auditType.actionI18nKey', 'attributes.action']) ?? ''
  return {
    ...actOf(action),
    activity,
    outcome: failed(action) ? ('failure' as const) : ('success' as const),
    severity_id: failed(action) ? ocsfSeverity.low : ocsfSeverity.informational,
    detail: [
      pick(fields, ['auditType.category', 'category']),
      action,
      pick(fields, ['affectedObjects.name', 'objectItem.name', 'affectedObject.name']),
    ]
      .filter(Boolean)
      .join(': '),
  }
}

export const bitbucket = cloudParser({
  name: 'bitbucket',
  does: "reads Bitbucket's audit log",
  recognises: '`auditType` with `category` and `action`',
  recognise: (object) => {
    const type = auditType(object)
    return (
      type !== undefined &&
      type['action'] !== undefined &&
      type['category'] !== undefined &&
      !isConfluenceOrJira(object)
    )
  },
  columns,
  logsource: { product: 'bitbucket', service: 'audit', categories: ['application'] },
  ocsf,
  add: addTarget,
  meaning: meaning('bitbucket event'),
})

export const atlassian = cloudParser({
  name: 'atlassian',
  does: "reads the audit of Jira and Confluence, of data centre and cloud, and of Atlassian's organisation",
  recognises:
    '`auditType` of Jira or Confluence; `summary` with `category` and `authorKey`, `author` or `remoteAddress`; `attributes.action` with `attributes.actor`',
  recognise: (object) => {
    const attributes = object['attributes']
    if (isObject(attributes) && attributes['action'] !== undefined && isObject(attributes['actor'])) return true
    return (
      (auditType(object)?.['action'] !== undefined && isConfluenceOrJira(object)) ||
      (has(object, 'summary', 'category') &&
        (has(object, 'authorKey') ||
          has(object, 'author') ||
          has(object, 'remoteAddress') ||
          has(object, 'objectItem')))
    )
  },
  columns: {
    ...columns,
    time: `${columns.time} attributes.time`,
    user: `${columns.user} authorKey attributes.actor.email attributes.actor.name`,
    src_ip: `${columns.src_ip} attributes.location.ip`,
  },
  logsource: (fields) => ({
    product:
      /confluence/i.test(
        `${pick(fields, ['auditType.area', 'auditType.actionI18nKey']) ?? ''} ${pick(fields, ['system']) ?? ''}`,
      ) || fields['affectedObject.name'] !== undefined
        ? 'confluence'
        : 'jira',
    service: 'audit',
    categories: ['application'],
  }),
  ocsf: { ...ocsf, 'api.operation': [...ocsf['api.operation'], 'attributes.action'] },
  add: addTarget,
  meaning: meaning('atlassian event'),
})
