// Identity and access: whose account it is about, who acts, and by which door they came.
import type { ClassRule } from './rule.ts'

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/** `target_user` is the account it is about; without one it is `user`, and nobody else is known to act. */
export const iam: ClassRule = ({ draft, event }) => {
  if (!draft.shape.attributes.has('user')) return
  draft.place('user.name', event.target_user ?? event.user)
  if (event.target_user !== undefined) draft.place('actor.user.name', event.user)
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
