// Numbers of the schema that follow from what stands beside them: the kind of a system from its name, the kind of a hash from its length.
import type { OcsfObject } from './value.ts'

/** Asked in this order: Android and phones are no Linux, iPads no phones. */
const systems: readonly (readonly [RegExp, number])[] = [
  [/^windows (?:phone|mobile)/, 101],
  [/^windows|^win(?:32|64|nt|\d)/, 100],
  [/^android/, 201],
  [/^ipad/, 302],
  [/^(?:ios|iphone)/, 301],
  [/^(?:mac ?os|os ?x|macintosh|darwin)/, 300],
  [/^(?:solaris|sunos)/, 400],
  [/^aix/, 401],
  [/^hp-?ux/, 402],
  [
    /linux|^(?:ubuntu|debian|centos|red hat|rhel|fedora|alpine|suse|sles|opensuse|rocky|alma|arch|gentoo|chrome ?os)/,
    200,
  ],
]
/** Hexadecimal digits → algorithm_id. */
const byLength: ReadonlyMap<number, number> = new Map([
  [32, 1],
  [40, 2],
  [64, 3],
  [128, 4],
])
const hexadecimal = /^[0-9a-f]{32,128}$/i

/** Adds to an object of the schema what its other attributes tell. */
export function derive(shape: string, object: OcsfObject): void {
  if (shape === 'os') system(object)
  else if (shape === 'fingerprint') hash(object)
  else if (shape === 'ja4_fingerprint') ja4(object)
}

function system(object: OcsfObject): void {
  const { name, type_id: id, type } = object
  if (id !== undefined || type !== undefined || typeof name !== 'string') return
  const lower = name.slice(0, 64).toLowerCase()
  const known = systems.find(([pattern]) => pattern.test(lower))
  if (known) object['type_id'] = known[1]
}

/** `t13d1516h2_8daaf6152771_b186095e22b6`: what a client says in a TLS handshake; other kinds look otherwise. */
const ofClient = /^[tqd](?:\d\d|s[23])[di]\d{4}[0-9a-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}$/
function ja4(object: OcsfObject): void {
  const { type, type_id: id, value } = object
  if (id === undefined && type === undefined && typeof value === 'string' && ofClient.test(value)) object['type_id'] = 1
}

function hash(object: OcsfObject): void {
  const { algorithm, algorithm_id: id, value } = object
  if (id !== undefined || algorithm !== undefined || typeof value !== 'string') return
  const known = hexadecimal.test(value) ? byLength.get(value.length) : undefined
  if (known !== undefined) object['algorithm_id'] = known
}
