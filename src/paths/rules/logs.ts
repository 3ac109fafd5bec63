// Log sources, in the words of Sigma, that several rules share.
import type { Rule } from './rule.ts'

type Sources = Rule['seenBy']

/** A program was started. */
export const processes: Sources = {
  windows: ['windows/process_creation'],
  linux: ['linux/process_creation', 'linux/auditd'],
}
/** Somebody logged in. */
export const logins: Sources = {
  windows: ['windows/security'],
  linux: ['linux/sshd', 'linux/auth'],
  web: ['application'],
  database: ['database'],
  cloud: ['aws/cloudtrail', 'azure/signinlogs'],
  saas: ['okta/okta', 'm365/audit', 'azure/signinlogs'],
}
/** Somebody asked a service for something unusual. */
export const requests: Sources = {
  web: ['webserver', 'application'],
  database: ['database'],
  cloud: ['aws/cloudtrail'],
  saas: ['m365/audit', 'okta/okta'],
  any: ['network/ids'],
}
/** Files were read, changed or removed in number. */
export const files: Sources = {
  windows: ['windows/file_event', 'windows/security'],
  linux: ['linux/auditd'],
  database: ['database'],
  cloud: ['aws/cloudtrail'],
  saas: ['m365/audit', 'github/audit'],
}
