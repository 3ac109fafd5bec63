// JSON records of services that Sigma has log sources for, told apart by the fields only they have.
import { ocsfClass, type OcsfClass } from '#standards'
import type { LogSource } from '../types.ts'
import type { OpenFields } from './parser.ts'
import { textOf } from './values.ts'

export interface JsonSource {
  readonly activity: string
  readonly class_uid: OcsfClass
  /** All of these fields must be there. */
  readonly has: readonly string[]
  readonly logsource: (fields: OpenFields) => LogSource
}

/** activity | OCSF class | product | service, `=field` when a field of the record decides | categories | fields that must be there */
const table = `
kubernetes request      | apiActivity     | kubernetes | audit                  | application | auditID verb
okta event              | authentication  | okta       | okta                   |             | eventType published actor.id
github event            | apiActivity     | github     | audit                  |             | action _document_id actor
github event            | apiActivity     | github     | audit                  |             | action org actor
bitbucket event         | apiActivity     | bitbucket  | audit                  |             | auditType.category auditType.action
onelogin event          | authentication  | onelogin   | onelogin.events        |             | event_type_id account_id
google cloud call       | apiActivity     | gcp        | gcp.audit              |             | protoPayload.methodName logName
workspace event         | apiActivity     | gcp        | google_workspace.admin |             | eventService eventName
microsoft 365 operation | apiActivity     | m365       | =Workload              |             | Workload Operation
risk detected           | authentication  | azure      | riskdetection          |             | riskEventType riskLevel
sign-in                 | authentication  | azure      | signinlogs             |             | appDisplayName userPrincipalName status.errorCode
sign-in                 | authentication  | azure      | signinlogs             |             | ResultType AppDisplayName UserPrincipalName
sign-in                 | authentication  | azure      | signinlogs             |             | properties.appDisplayName identity.userPrincipalName
directory change        | apiActivity     | azure      | auditlogs              |             | activityDisplayName loggedByService
azure operation         | apiActivity     | azure      | =category              |             | operationName category time
azure operation         | apiActivity     | azure      | =Category              |             | OperationName Category TimeGenerated
azure operation         | apiActivity     | azure      | activitylogs           |             | OperationNameValue CategoryValue
azure operation         | apiActivity     | azure      | activitylogs           |             | operationName.value eventTimestamp
network flow            | networkActivity | aws        | vpcflow                |             | interface_id srcaddr dstaddr
name looked up          | dnsActivity     | zeek       | dns                    | dns         | uid id.orig_h qtype_name
network connection      | networkActivity | zeek       | =_path                 |             | uid id.orig_h
decoy touched           | networkActivity | opencanary |                        | application | logtype node_id src_host
`

/** Services that a record names in its own words, lower case; others stay as they are. */
const services: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  azure: {
    auditlogs: 'auditlogs',
    signinlogs: 'signinlogs',
    noninteractiveusersigninlogs: 'signinlogs',
    serviceprincipalsigninlogs: 'signinlogs',
    managedidentitysigninlogs: 'signinlogs',
    userriskevents: 'riskdetection',
    '': 'activitylogs',
  },
  m365: {
    exchange: 'exchange',
    securitycompliancecenter: 'threat_management',
    threatintelligence: 'threat_detection',
    '': 'audit',
  },
}

function serviceOf(product: string, said: string | undefined): string {
  const known = services[product]
  const word = said?.toLowerCase() ?? ''
  return known ? (known[word] ?? known[''] ?? word) : word
}

const isClass = (name: string): name is keyof typeof ocsfClass => Object.hasOwn(ocsfClass, name)

const sources: readonly JsonSource[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [activity = '', className = '', product = '', service = '', category = '', has = ''] = line
      .split('|')
      .map((cell) => cell.trim())
    if (!isClass(className)) throw new Error(`json-sources.ts: no OCSF class ${className}`)
    const categories = category === '' ? [] : [category]
    const logsource = (fields: OpenFields): LogSource => {
      const name = service.startsWith('=') ? serviceOf(product, textOf(fields[service.slice(1)])) : service
      return name === '' ? { product, categories } : { product, service: name, categories }
    }
    return { activity, class_uid: ocsfClass[className], has: has.split(' '), logsource }
  })

/** The service a JSON record is from, where its fields say so. */
export const jsonSourceOf = (fields: OpenFields): JsonSource | undefined =>
  sources.find(({ has }) => has.every((name) => fields[name] !== undefined))
