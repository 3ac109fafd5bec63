// What programs do, in the house's words and OCSF's numbers: the same act is called the same, whichever program says it.
import { ocsfClass, ocsfSeverity } from '#standards'
import type { Act } from './line.ts'

const {
  accountChange,
  applicationLifecycle,
  authentication,
  datastoreActivity,
  detectionFinding,
  dhcpActivity,
  dnsActivity,
  emailActivity,
  fileActivity,
  ftpActivity,
  groupManagement,
  networkActivity,
  processActivity,
  scheduledJob,
  sshActivity,
  tunnelActivity,
} = ocsfClass
const { low, medium, high } = ocsfSeverity
const success = { outcome: 'success' } as const
const failure = { outcome: 'failure', severity_id: low } as const

/** Coming in and going out (OCSF 3002: 1 logon, 2 logoff, 99 other). */
export const logins = {
  accepted: { activity: 'login accepted', class_uid: authentication, activity_id: 1, ...success },
  failed: { activity: 'login failed', class_uid: authentication, activity_id: 1, ...failure },
  unknownUser: { activity: 'login failed, unknown user', class_uid: authentication, activity_id: 1, ...failure },
  refused: { activity: 'login refused', class_uid: authentication, activity_id: 1, ...failure },
  tooMany: {
    activity: 'too many login attempts',
    class_uid: authentication,
    activity_id: 1,
    outcome: 'failure',
    severity_id: medium,
  },
  opened: { activity: 'session opened', class_uid: authentication, activity_id: 1, ...success },
  closed: { activity: 'session closed', class_uid: authentication, activity_id: 2, ...success },
  switched: { activity: 'switched user', class_uid: authentication, activity_id: 1, ...success },
  notSwitched: { activity: 'switch of user failed', class_uid: authentication, activity_id: 1, ...failure },
} as const satisfies Record<string, Act>

/** Accounts and groups (3001, 3006). */
export const accounts = {
  created: { activity: 'account created', class_uid: accountChange, activity_id: 1, ...success },
  enabled: { activity: 'account unlocked', class_uid: accountChange, activity_id: 12, ...success },
  locked: { activity: 'account locked', class_uid: accountChange, activity_id: 9, ...success },
  password: { activity: 'password changed', class_uid: accountChange, activity_id: 3, ...success },
  noPassword: { activity: 'change of password failed', class_uid: accountChange, activity_id: 3, ...failure },
  deleted: { activity: 'account deleted', class_uid: accountChange, activity_id: 6, ...success },
  changed: { activity: 'account changed', class_uid: accountChange, activity_id: 99, ...success },
  notCreated: { activity: 'account not created', class_uid: accountChange, activity_id: 1, ...failure },
  groupCreated: { activity: 'group created', class_uid: groupManagement, activity_id: 6, ...success },
  groupDeleted: { activity: 'group deleted', class_uid: groupManagement, activity_id: 5, ...success },
  groupChanged: { activity: 'group changed', class_uid: groupManagement, activity_id: 99, ...success },
  memberAdded: { activity: 'member added to group', class_uid: groupManagement, activity_id: 3, ...success },
  memberRemoved: { activity: 'member removed from group', class_uid: groupManagement, activity_id: 4, ...success },
} as const satisfies Record<string, Act>

/** Commands, services, timers (1007, 6002, 1006). */
export const runs = {
  asOther: { activity: 'command run as another user', class_uid: processActivity, activity_id: 1, ...success },
  refused: {
    activity: 'command refused',
    class_uid: processActivity,
    activity_id: 1,
    outcome: 'failure',
    severity_id: medium,
  },
  scheduled: { activity: 'scheduled command started', class_uid: scheduledJob, activity_id: 6, ...success },
  scheduleTouched: { activity: 'schedule of commands touched', class_uid: scheduledJob, activity_id: 2 },
  scheduleFailed: { activity: 'scheduled command failed', class_uid: scheduledJob, activity_id: 6, ...failure },
  started: { activity: 'service started', class_uid: applicationLifecycle, activity_id: 3, ...success },
  stopped: { activity: 'service stopped', class_uid: applicationLifecycle, activity_id: 4, ...success },
  crashed: { activity: 'program crashed', class_uid: processActivity, activity_id: 2, ...failure },
} as const satisfies Record<string, Act>

/** Files (1001, 4008 for FTP). */
export const files = {
  opened: { activity: 'file opened', class_uid: fileActivity, activity_id: 14 },
  read: { activity: 'file read', class_uid: fileActivity, activity_id: 2 },
  written: { activity: 'file written', class_uid: fileActivity, activity_id: 3 },
  deleted: { activity: 'file deleted', class_uid: fileActivity, activity_id: 4 },
  renamed: { activity: 'file renamed', class_uid: fileActivity, activity_id: 5 },
  created: { activity: 'file created', class_uid: fileActivity, activity_id: 1 },
  attributes: { activity: "file's attributes changed", class_uid: fileActivity, activity_id: 6 },
  uploaded: { activity: 'file uploaded', class_uid: ftpActivity, activity_id: 1, ...success },
  downloaded: { activity: 'file downloaded', class_uid: ftpActivity, activity_id: 2, ...success },
  transferFailed: { activity: 'file transfer failed', class_uid: ftpActivity, activity_id: 99, ...failure },
  ftp: { activity: 'FTP session', class_uid: ftpActivity, activity_id: 99 },
} as const satisfies Record<string, Act>

/** Connections and what runs over them (4001, 4003, 4004, 4007, 4009, 4014, 6005). */
export const network = {
  connected: { activity: 'connected', class_uid: networkActivity, activity_id: 1, ...success },
  disconnected: { activity: 'disconnected', class_uid: networkActivity, activity_id: 2 },
  failed: { activity: 'connection failed', class_uid: networkActivity, activity_id: 4, ...failure },
  refused: { activity: 'connection refused', class_uid: networkActivity, activity_id: 5, ...failure },
  listening: { activity: 'listening', class_uid: networkActivity, activity_id: 7, ...success },
  ssh: { activity: 'connected', class_uid: sshActivity, activity_id: 1 },
  sshEnded: { activity: 'disconnected', class_uid: sshActivity, activity_id: 2 },
  sshFailed: { activity: 'no SSH client at the other end', class_uid: sshActivity, activity_id: 4, outcome: 'failure' },
  query: { activity: 'name looked up', class_uid: dnsActivity, activity_id: 1 },
  answer: { activity: 'name answered', class_uid: dnsActivity, activity_id: 2, ...success },
  queryRefused: { activity: 'name lookup refused', class_uid: dnsActivity, activity_id: 1, outcome: 'failure' },
  discover: { activity: 'address sought', class_uid: dhcpActivity, activity_id: 1 },
  offer: { activity: 'address offered', class_uid: dhcpActivity, activity_id: 2 },
  request: { activity: 'address asked for', class_uid: dhcpActivity, activity_id: 3 },
  decline: { activity: 'address declined', class_uid: dhcpActivity, activity_id: 4, outcome: 'failure' },
  lease: { activity: 'address leased', class_uid: dhcpActivity, activity_id: 5, ...success },
  noLease: { activity: 'address refused', class_uid: dhcpActivity, activity_id: 6, outcome: 'failure' },
  release: { activity: 'address released', class_uid: dhcpActivity, activity_id: 7, ...success },
  inform: { activity: 'settings asked for', class_uid: dhcpActivity, activity_id: 8 },
  expire: { activity: 'lease expired', class_uid: dhcpActivity, activity_id: 9 },
  letterReceived: { activity: 'letter received', class_uid: emailActivity, activity_id: 2 },
  letterQueued: { activity: 'letter queued', class_uid: emailActivity, activity_id: 99 },
  letterSent: { activity: 'letter handed on', class_uid: emailActivity, activity_id: 1 },
  letterRefused: { activity: 'letter refused', class_uid: emailActivity, activity_id: 2, outcome: 'failure' },
  letterDone: { activity: 'letter done', class_uid: emailActivity, activity_id: 99 },
  mail: { activity: 'mail connection', class_uid: networkActivity, activity_id: 99 },
  tunnelOpened: { activity: 'tunnel opened', class_uid: tunnelActivity, activity_id: 1, ...success },
  tunnelClosed: { activity: 'tunnel closed', class_uid: tunnelActivity, activity_id: 2 },
  tunnelRenewed: { activity: 'tunnel renewed', class_uid: tunnelActivity, activity_id: 3, ...success },
  tunnelFailed: { activity: 'tunnel failed', class_uid: tunnelActivity, activity_id: 1, ...failure },
} as const satisfies Record<string, Act>

/** Databases (6005) and what watchers find (2004). */
export const stores = {
  connected: { activity: 'database connection', class_uid: datastoreActivity, activity_id: 3 },
  statement: { activity: 'database statement', class_uid: datastoreActivity, activity_id: 4 },
  message: { activity: 'database message', class_uid: datastoreActivity, activity_id: 99 },
  opened: { activity: 'database session opened', class_uid: authentication, activity_id: 1, ...success },
  closed: { activity: 'database session closed', class_uid: authentication, activity_id: 2 },
  accepted: { activity: 'database login accepted', class_uid: authentication, activity_id: 1, ...success },
  failed: { activity: 'database login failed', class_uid: authentication, activity_id: 1, ...failure },
  refused: { activity: 'database login refused', class_uid: authentication, activity_id: 1, ...failure },
  malware: { activity: 'malware found', class_uid: detectionFinding, activity_id: 1, severity_id: high },
  banned: { activity: 'address banned', class_uid: detectionFinding, activity_id: 1, severity_id: medium },
} as const satisfies Record<string, Act>
