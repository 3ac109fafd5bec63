// What an audit event was, by the types of its records.
import { ocsfClass, ocsfSeverity } from '#standards'
import { accounts, logins, runs } from '../syslog/acts.ts'
import type { OpenFields } from '../parser.ts'
import type { Act } from '../syslog/line.ts'
import { firstOf } from '../values.ts'

const settings: Act = {
  activity: 'audit settings changed',
  class_uid: ocsfClass.kernelActivity,
  activity_id: 99,
  severity_id: ocsfSeverity.low,
}
const crash: Act = {
  activity: 'program crashed',
  class_uid: ocsfClass.processActivity,
  activity_id: 2,
  severity_id: ocsfSeverity.low,
}
const authentication = (activity: string, activity_id: number): Act => ({
  activity,
  class_uid: ocsfClass.authentication,
  activity_id,
})

/** Record type → what was done; whether it came about stands in `res` or `success`. */
const acts: Readonly<Record<string, Act>> = {
  USER_LOGIN: authentication('login', 1),
  USER_AUTH: authentication('login judged', 1),
  USER_ACCT: authentication('account allowed', 99),
  USER_START: authentication('session opened', 1),
  USER_END: authentication('session closed', 2),
  USER_LOGOUT: authentication('session closed', 2),
  USER_ERR: authentication('login error', 1),
  LOGIN: authentication('login id set', 1),
  CRED_ACQ: authentication('credentials given', 99),
  CRED_REFR: authentication('credentials given', 99),
  CRED_DISP: authentication('credentials taken', 99),
  ANOM_LOGIN_FAILURES: logins.tooMany,
  RESP_ACCT_LOCK: accounts.locked,
  ADD_USER: { ...accounts.created },
  DEL_USER: { ...accounts.deleted },
  USER_MGMT: { ...accounts.changed },
  ACCT_LOCK: { ...accounts.locked },
  ACCT_UNLOCK: { ...accounts.enabled },
  USER_CHAUTHTOK: { ...accounts.password },
  ADD_GROUP: { ...accounts.groupCreated },
  DEL_GROUP: { ...accounts.groupDeleted },
  GRP_MGMT: { ...accounts.groupChanged },
  GRP_CHAUTHTOK: { ...accounts.groupChanged },
  USER_CMD: { ...runs.asOther },
  SERVICE_START: { ...runs.started },
  SERVICE_STOP: { ...runs.stopped },
  SYSTEM_BOOT: { ...runs.started, activity: 'machine started' },
  SYSTEM_SHUTDOWN: { ...runs.stopped, activity: 'machine goes down' },
  DAEMON_START: { ...runs.started, activity: 'audit daemon started' },
  DAEMON_END: { ...runs.stopped, activity: 'audit daemon stopped', severity_id: ocsfSeverity.medium },
  DAEMON_ABORT: { ...runs.stopped, activity: 'audit daemon stopped', severity_id: ocsfSeverity.high },
  DAEMON_CONFIG: settings,
  CONFIG_CHANGE: settings,
  KERN_MODULE: { activity: 'kernel module loaded', class_uid: ocsfClass.kernelExtension, activity_id: 1 },
  ANOM_ABEND: crash,
  SECCOMP: { ...crash, activity: 'system call refused' },
  ANOM_PROMISCUOUS: {
    activity: 'promiscuous mode changed',
    class_uid: ocsfClass.networkActivity,
    activity_id: 99,
    severity_id: ocsfSeverity.low,
  },
  NETFILTER_CFG: {
    activity: 'packet filter changed',
    class_uid: ocsfClass.kernelActivity,
    activity_id: 99,
    severity_id: ocsfSeverity.low,
  },
  AVC: { activity: 'access judged by policy', class_uid: ocsfClass.fileActivity, activity_id: 99 },
  USER_AVC: { activity: 'access judged by policy', class_uid: ocsfClass.fileActivity, activity_id: 99 },
  EXECVE: { activity: 'process started', class_uid: ocsfClass.processActivity, activity_id: 1 },
  SYSCALL: { activity: 'system call', class_uid: ocsfClass.processActivity, activity_id: 99 },
  PROCTITLE: { activity: 'system call', class_uid: ocsfClass.processActivity, activity_id: 99 },
  PATH: { activity: 'file touched', class_uid: ocsfClass.fileActivity, activity_id: 99 },
  CWD: { activity: 'file touched', class_uid: ocsfClass.fileActivity, activity_id: 99 },
  SOCKADDR: { activity: 'socket used', class_uid: ocsfClass.networkActivity, activity_id: 99 },
  TTY: { activity: 'keys pressed', class_uid: ocsfClass.processActivity, activity_id: 99 },
  USER_TTY: { activity: 'keys pressed', class_uid: ocsfClass.processActivity, activity_id: 99 },
}
/** What the type says; a record alone is called by its type, as it always was. */
export const typeAct = (type: string): Act | undefined => acts[type]

/** Whether what was tried came about, as the kernel or a program says. */
export function outcomeOf(fields: OpenFields): 'success' | 'failure' | undefined {
  if (fields['avc'] === 'denied' || fields['apparmor'] === 'DENIED') return 'failure'
  const said = (firstOf(fields, ['success', 'res']) ?? '').toLowerCase()
  if (/^(?:yes|success|1)$/.test(said)) return 'success'
  return /^(?:no|failed|fail|0)$/.test(said) ? 'failure' : undefined
}
