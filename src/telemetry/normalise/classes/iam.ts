// Identity and access: whose account it is about, who acts, and by which door they came.
import type { Draft } from '../draft.ts'
import { isOcsfObject } from '../value.ts'
import type { ClassRule } from './rule.ts'

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/** `target_user` is the account it is about; without one it is `user`, and nobody else is known to act. */
export const iam: ClassRule = ({ draft, event }) => {
  if (!draft.shape.attributes.has('user')) return
  draft.place('user.name', event.target_user ?? event.user)
  if (event.target_user !== undefined) draft.place('actor.user.name', event.user)
  else if (signsIn.has(draft.shape.uid)) onePerson(draft)
}

/** Account changes and logons: whoever acts without a second account being named acts on their own. */
const signsIn: ReadonlySet<number> = new Set([3001, 3002])
const ofPeople = ['name', 'uid', 'uid_alt', 'email_addr', 'type', 'type_id']

/** Actor and subject are the same person: what is known of the one is known of the other. */
function onePerson({ event: out }: Draft): void {
  const { actor, user } = out
  const acting = isOcsfObject(actor) ? actor['user'] : undefined
  if (!isOcsfObject(acting) || !isOcsfObject(user)) return
  const [a, b] = [acting['name'], user['name']]
  if (a !== undefined && b !== undefined && a !== b) return
  for (const name of ofPeople) {
    const [of, other] = [acting[name], user[name]]
    if (of !== undefined) user[name] ??= of
    if (other !== undefined) acting[name] ??= other
  }
}

/** Logons: the machine that is logged on to, the service, and whether it came from afar. */
export const authentication: ClassRule = (input) => {
  const { draft, event } = input
  iam(input)
  draft.place('dst_endpoint.hostname', event.host)
  draft.place('service.name', event.logsource.service ?? event.process ?? event.parser)
  const from = event.src_ip ?? event.src_host
  if (from !== undefined) draft.place('is_remote', !loopback.has(from))
}
