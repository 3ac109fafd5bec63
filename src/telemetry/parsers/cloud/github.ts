// GitHub: the audit log of organisations and enterprises, and webhooks.
import { ocsfClass, ocsfSeverity } from '#standards'
import type { JsonObject, OpenFields } from '../parser.ts'
import { isObject } from '../values.ts'
import { alias, cloudParser, has, pick } from './service.ts'
import { actOf, type Act, crudOf } from './verbs.ts'

const kinds: readonly (readonly [RegExp, Act])[] = [
  [
    /^(?:org|business)\.(?:sso_response|login)|^user\.login$|_authentication\./,
    { class_uid: ocsfClass.authentication, activity_id: 1 },
  ],
  [/^user\.failed_login$/, { class_uid: ocsfClass.authentication, activity_id: 1 }],
  [/^user\.logout$/, { class_uid: ocsfClass.authentication, activity_id: 2 }],
  [
    /^(?:org|team|business|enterprise_team)\.(?:add_member|invite_member|add_admin|add_organization)/,
    { class_uid: ocsfClass.groupManagement, activity_id: 3 },
  ],
  [
    /^(?:org|team|business|enterprise_team)\.remove_(?:member|outside|admin)/,
    { class_uid: ocsfClass.groupManagement, activity_id: 4 },
  ],
  [
    /^(?:repo|org|team)\.(?:update_member|add_repository|change_)|role\.|^repo\.add_member/,
    { class_uid: ocsfClass.userAccess, activity_id: 1 },
  ],
  [/^repo\.remove_member/, { class_uid: ocsfClass.userAccess, activity_id: 2 }],
  [/^user\.(?:create|forgot_password|new_device)/, { class_uid: ocsfClass.accountChange, activity_id: 1 }],
  [/^user\.(?:change_password|reset_password)/, { class_uid: ocsfClass.accountChange, activity_id: 3 }],
  [/two_factor_authentication\.enabled|enable_two_factor/, { class_uid: ocsfClass.accountChange, activity_id: 10 }],
  [/two_factor_authentication\.disabled|disable_two_factor/, { class_uid: ocsfClass.accountChange, activity_id: 11 }],
  [/^user\.suspend/, { class_uid: ocsfClass.accountChange, activity_id: 5 }],
  [/^user\.(?:delete|destroy)/, { class_uid: ocsfClass.accountChange, activity_id: 6 }],
  [
    /^(?:secret_scanning_alert|repository_vulnerability_alert|dependabot_alerts?|code_scanning)\.create/,
    { class_uid: ocsfClass.detectionFinding, activity_id: 1 },
  ],
  [/^git\.(?:clone|fetch)/, { class_uid: ocsfClass.apiActivity, activity_id: 2 }],
  [/^git\.push/, { class_uid: ocsfClass.apiActivity, activity_id: 3 }],
]

const dotted = /^[a-z0-9_]{2,64}\.[a-z0-9_.]{2,96}$/
const isAudit = (object: JsonObject): boolean => {
  const { action, actor } = object
  if (typeof action !== 'string' || has(object, 'sender') || has(object, 'detail')) return false
  if (has(object, '_document_id')) return true
  const named = typeof actor === 'string' || actor === undefined || actor === null
  return (
    named &&
    (dotted.test(action)
      ? has(object, 'actor') || has(object, 'org') || has(object, 'repo') || Object.keys(object).length < 8
      : has(object, 'org', 'actor'))
  )
}

export const githubAudit = cloudParser({
  name: 'github-audit',
  does: "reads GitHub's audit log, Git events among them",
  recognises: '`action` with a dot and `actor`, `org` or `repo`; `_document_id`',
  recognise: isAudit,
  columns: {
    time: '@timestamp created_at at_sign_timestamp timestamp p_event_time',
    user: 'actor actor.login',
    target_user: 'user target_login user.login invitee',
    src_ip: 'actor_ip ip_address external_identity_ip',
    file: 'repo repository repo.name',
  },
  logsource: { product: 'github', service: 'audit', categories: ['application'] },
  ocsf: {
    'api.operation': 'action',
    'api.request.uid': 'request_id',
    'metadata.uid': '_document_id',
    'metadata.event_code': 'action',
    'actor.user.uid': 'actor_id',
    'actor.user.name': 'actor',
    'actor.user.account.name': 'org',
    'actor.user.account.uid': 'org_id',
    'actor.user.email_addr': 'external_identity_nameid',
    'actor.session.uid': 'actor_session',
    'resources.uid': ['repository_id', 'repo_id'],
    'entity.name': ['team', 'repo', 'org'],
    'actor.user.org.name': 'org',
    'actor.user.org.uid': 'org_id',
    'actor.user.credential_uid': 'hashed_token',
    'user.name': 'user',
    'user.uid': 'user_id',
    'group.name': 'team',
    'resources.name': 'repo',
    'http_request.user_agent': 'user_agent',
    'http_request.http_method': ['request_method', 'http_method'],
    'http_request.url.path': 'url_path',
    'http_response.code': 'status_code',
    'src_endpoint.location.country': ['actor_location.country_code', 'country_code'],
  },
  meaning(fields) {
    const action = pick(fields, ['action']) ?? ''
    const verb = action.slice(action.indexOf('.') + 1)
    const entity =
      /^(?:org|business|repo|project|environment|hook|integration|integration_installation|team|enterprise|protected_branch|ssh_certificate_authority)\.(?:create|destroy|delete|transfer|rename|archived|unarchived|access)$/.test(
        action,
      )
    const act =
      kinds.find(([pattern]) => pattern.test(action))?.[1] ??
      (entity ? { class_uid: ocsfClass.entityManagement, activity_id: crudOf(verb) } : actOf(verb))
    const failed = /fail|denied|reject/.test(action)
    return {
      ...act,
      activity: 'github event',
      outcome: failed ? 'failure' : 'success',
      severity_id: failed ? ocsfSeverity.low : ocsfSeverity.informational,
      detail: [action, pick(fields, ['repo', 'repository', 'team', 'org'])].filter(Boolean).join(' '),
    }
  },
})

/** What a webhook is about: the member that only this kind of event has. */
const subjects = [
  'workflow_job',
  'workflow_run',
  'check_run',
  'check_suite',
  'review',
  'comment',
  'pull_request',
  'issue',
  'release',
  'deployment',
  'alert',
  'membership',
  'member',
  'team',
  'hook',
  'forkee',
  'installation',
  'pages',
  'commits',
  'ref_type',
]
const subjectOf = (fields: OpenFields): string =>
  subjects.find((one) => Object.keys(fields).some((name) => name === one || name.startsWith(`${one}.`))) ?? 'repository'

const isWebhook = (object: JsonObject): boolean => {
  const repository = object['repository']
  const known =
    (isObject(repository) &&
      (repository['full_name'] !== undefined ||
        repository['html_url'] !== undefined ||
        repository['name'] !== undefined)) ||
    isObject(object['organization'])
  if (!known || has(object, 'object_kind') || has(object, 'detail-type')) return false
  return (
    (isObject(repository) && repository['full_name'] !== undefined && has(object, 'action') && !has(object, 'actor')) ||
    isObject(object['sender']) ||
    has(object, 'pusher') ||
    has(object, 'head_commit') ||
    subjects.some((one) => object[one] !== undefined)
  )
}

export const githubWebhook = cloudParser({
  name: 'github-webhook',
  does: "reads GitHub's webhooks: pushes, pull requests, issues, workflows, members",
  recognises: '`repository` or `organization` with `sender`, `pusher` or the member of an event',
  recognise: isWebhook,
  columns: {
    time: 'head_commit.timestamp review.submitted_at comment.updated_at workflow_job.completed_at workflow_run.updated_at pull_request.updated_at issue.updated_at repository.pushed_at workflow_run.created_at pull_request.created_at issue.created_at repository.updated_at p_event_time',
    user: 'sender.login pusher.name comment.user.login review.user.login pull_request.user.login issue.user.login workflow_run.actor.login workflow_run.triggering_actor.login head_commit.author.username head_commit.author.name commits.author.username commits.author.name',
    target_user: 'member.login membership.user.login',
    file: 'repository.full_name',
    url: 'compare pull_request.html_url issue.html_url workflow_run.html_url repository.html_url',
  },
  logsource: { product: 'github', service: 'webhook', categories: ['application'] },
  ocsf: {
    'api.operation': 'action',
    'actor.user.uid': 'sender.id',
    'actor.user.name': 'sender.login',
    'actor.user.type': 'sender.type',
    'resources.name': 'repository.full_name',
    'resources.uid': 'repository.id',
    'metadata.uid': 'after',
  },
  add: (fields) =>
    alias(fields, [
      ['sender.login', 'actor'],
      ['repository.full_name', 'repo'],
      ['organization.login', 'org'],
    ]),
  meaning(fields) {
    const [subject, action] = [subjectOf(fields), pick(fields, ['action'])]
    const conclusion = pick(fields, ['workflow_run.conclusion', 'workflow_job.conclusion', 'check_run.conclusion'])
    return {
      ...(subject === 'alert'
        ? { class_uid: ocsfClass.detectionFinding, activity_id: 1 }
        : actOf(action ?? (subject === 'commits' ? 'push' : undefined))),
      activity: 'github event',
      outcome:
        conclusion === undefined
          ? undefined
          : conclusion === 'success'
            ? 'success'
            : conclusion === 'failure'
              ? 'failure'
              : undefined,
      detail: [
        subject === 'commits' ? 'push' : subject,
        action,
        pick(fields, ['ref', 'pull_request.title', 'issue.title', 'workflow_run.name']),
        pick(fields, ['repository.full_name']),
      ]
        .filter(Boolean)
        .join(' '),
    }
  },
})
