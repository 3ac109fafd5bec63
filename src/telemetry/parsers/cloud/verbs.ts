// What the names of calls and audit actions mean: OCSF's class and activity from the words in them.
import { ocsfClass, type OcsfClass } from '#standards'

const table = `
1 | create put add run start launch import register allocate insert attach associate invite post generate issue upload provision clone copy enable new submit grant
2 | get list describe head read view search query lookup select batchget scan watch fetch download export show access check simulate filter count open
3 | update modify set patch change edit reset replace rename move tag untag restore rotate renew configure merge transfer write upgrade
4 | delete remove terminate revoke detach disassociate deregister destroy purge disable cancel deactivate release drop unassign stop leave
`
const verbs = new Map<string, number>()
for (const line of table.trim().split('\n')) {
  const [id = '', words = ''] = line.split('|')
  for (const word of words.trim().split(' ')) verbs.set(word, Number(id))
}

const word = /[A-Z]?[a-z]{1,40}|[A-Z]{2,40}/g
const longest = 200

/** The words of `google.iam.v1.SetIamPolicy`, `user.lifecycle.create`, `Add member to role`, lower case. */
export const wordsOf = (name: string): readonly string[] =>
  [...name.slice(0, longest).matchAll(word)].map(([one]) => one.toLowerCase())

/** Create 1, read 2, update 3, delete 4 (API Activity, Entity Management and Web Resources Activity share them); 99 where no word tells. */
export function crudOf(name: string | undefined): number {
  if (name === undefined) return 0
  const parts = wordsOf(name.slice(name.lastIndexOf('/') + 1))
  for (const part of parts) {
    const id =
      verbs.get(part) ??
      verbs.get(part.endsWith('d') ? part.slice(0, -1) : part) ??
      verbs.get(part.endsWith('ed') ? part.slice(0, -2) : part)
    if (id !== undefined) return id
  }
  return 99
}

/** A class and an activity of it. */
export interface Act {
  readonly class_uid: OcsfClass
  readonly activity_id: number
}

const entries = (class_uid: OcsfClass, text: string): readonly (readonly [RegExp, Act])[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [id = '', pattern = ''] = line.split(' ~ ')
      return [new RegExp(pattern.trim(), 'i'), { class_uid, activity_id: Number(id) }] as const
    })

/** Patterns over the name of an action, written with single spaces between its words. They have no repeats. */
const acts: readonly (readonly [RegExp, Act])[] = [
  ...entries(
    ocsfClass.authentication,
    `
2 ~ ^(user )?(session end|log ?out|sign ?out)|\\b(logged out|logoff|logout|user_logout)\\b|session end$
1 ~ \\b(console login|log ?in|logged in|sign ?in|signin|login success|login failure|user session start|user login|authentication|authenticate|sso)\\b(?! (settings|policy|config|method|profile))`,
  ),
  ...entries(
    ocsfClass.groupManagement,
    `
3 ~ \\b(add member to group|add group member|add user to group|group user membership add|group member add|team add member|org add member)\\b
4 ~ \\b(remove member from group|delete group member|remove user from group|remove group member|group user membership remove|team remove member|org remove member)\\b
6 ~ \\b(create group|add group|group create|group lifecycle create|team create)\\b
5 ~ \\b(delete group|remove group|group delete|group lifecycle delete|team destroy)\\b`,
  ),
  ...entries(
    ocsfClass.userAccess,
    `
1 ~ \\b(add member to role|add eligible member to role|grant|assign privilege|assign role|role assignments write|privilege grant|add app role assignment|assign admin role)\\b
2 ~ \\b(remove member from role|remove eligible member from role|privilege revoke|unassign role|role assignments delete|remove app role assignment|unassign admin role)\\b`,
  ),
  ...entries(
    ocsfClass.accountChange,
    `
12 ~ \\b(user|account)( account)?( lifecycle)? unlock|\\bunlock (user|account)
9 ~ \\b(user|account)( account)? (lock|locked)\\b|\\block (user|account)
4 ~ \\b(reset (user )?password|password reset|reset password|force password change)\\b
3 ~ \\b(change (user )?password|password change|update password|update login profile|password edit|change user password)\\b
10 ~ \\b(mfa factor activate|enable mfa device|two factor authentication enabled?|enroll 2sv|2sv enroll|registered security info|user mfa factor)\\b
11 ~ \\b(mfa factor deactivate|deactivate mfa device|mfa factor reset all|two factor authentication disabled?|2sv disable|disable strong authentication|delete virtual mfa device)\\b
2 ~ \\b(enable (user|account)|user lifecycle (activate|reactivate|unsuspend)|unsuspend user|account enabled)\\b
5 ~ \\b(disable (user|account)|user lifecycle (deactivate|suspend)|suspend user|account disabled)\\b
6 ~ \\b(delete user|remove user|user delete|user lifecycle delete|delete login profile|user deleted)\\b
1 ~ \\b(create user|add user|user create|user lifecycle create|create login profile|invite external user|user created|create service account)\\b
7 ~ \\b(attach|put) (user|role|group) policy\\b
8 ~ \\bdetach (user|role|group) policy\\b`,
  ),
]

/** What an action's name says of its class; else a call of the API with the verb's activity. */
export function actOf(name: string | undefined, otherwise: OcsfClass = ocsfClass.apiActivity): Act {
  if (name === undefined) return { class_uid: otherwise, activity_id: 0 }
  const plain = wordsOf(name).join(' ')
  for (const [pattern, act] of acts) if (pattern.test(plain)) return act
  return { class_uid: otherwise, activity_id: crudOf(name) }
}

const good = new Set([
  'success',
  'succeeded',
  'successful',
  'allow',
  'allowed',
  'accept',
  'ok',
  'pass',
  'passed',
  'true',
  'partiallysucceeded',
  'granted',
  'permit',
  'started',
  'accepted',
  'approved',
  'approve',
  'completed',
])
const bad = new Set([
  'failure',
  'failed',
  'fail',
  'deny',
  'denied',
  'block',
  'blocked',
  'reject',
  'rejected',
  'error',
  'false',
  'unauthorized',
  'fraud',
  'timeout',
  'interrupted',
  'failure_reason',
])

/** Success or failure in the words services have for it. */
export function outcomeOf(text: string | undefined): 'success' | 'failure' | undefined {
  const lower = text?.toLowerCase()
  if (lower === undefined) return undefined
  return good.has(lower) ? 'success' : bad.has(lower) ? 'failure' : undefined
}

/** A status of HTTP: below 400 it went well. */
export function httpOutcome(code: unknown): 'success' | 'failure' | undefined {
  const number = Number(code ?? Number.NaN)
  return number >= 100 && number < 600 ? (number < 400 ? 'success' : 'failure') : undefined
}

/** A code of an error, where 0 and absence mean none. */
export const codeOutcome = (code: string | undefined): 'success' | 'failure' | undefined =>
  code === undefined ? undefined : code === '0' ? 'success' : 'failure'

/** OCSF's word for an HTTP method (HTTP Activity). */
export function httpActivity(method: string | undefined): number {
  const at = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'TRACE', 'PATCH'].indexOf(
    method?.toUpperCase() ?? '',
  )
  return at < 0 ? (method === undefined ? 0 : 99) : at + 1
}
