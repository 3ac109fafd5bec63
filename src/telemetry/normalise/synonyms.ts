// Words that sources use for a caption of the schema: `drop` is denied and dropped, `ingress` is inbound.

/** Attribute | number | words */
const table = `
action_id | 1 | allow accept accepted pass passed permit permitted built
action_id | 2 | deny block blocked drop dropped reject rejected discard refused reset
action_id | 3 | alert detect detected observe monitor log logged count
action_id | 4 | modify rewrite
disposition_id | 1 | allow accept accepted pass passed permit permitted built
disposition_id | 2 | deny denied block
disposition_id | 6 | drop discard
disposition_id | 15 | detect monitor observe
disposition_id | 17 | log
disposition_id | 20 | counted
disposition_id | 25 | reject refused
direction_id | 1 | in ingress incoming inbound received
direction_id | 2 | out egress outgoing outbound sent
direction_id | 3 | internal local
protocol_ver_id | 4 | ipv4
protocol_ver_id | 6 | ipv6
auth_protocol_id | 1 | ntlmv1 ntlmv2 ntlmssp msv1_0
auth_protocol_id | 2 | krb5
auth_protocol_id | 5 | saml2 saml2.0
auth_protocol_id | 6 | oauth oauth2 oidc
severity_id | 1 | info information notice debug
severity_id | 2 | warning warn
severity_id | 4 | error
severity_id | 5 | crit
status_id | 1 | ok delivered succeeded successful allow allowed pass passed true
status_id | 2 | fail failed error denied failure false
`
const words = new Map<string, Map<string, number>>()
for (const line of table.trim().split('\n')) {
  const [attribute = '', id = '', list = ''] = line.split('|').map((cell) => cell.trim())
  const known = words.get(attribute) ?? new Map<string, number>()
  for (const word of list.split(' ')) known.set(word, Number(id))
  words.set(attribute, known)
}

/** The number that a source's word stands for in this enumeration. */
export const synonym = (attribute: string, word: string): number | undefined =>
  words.get(attribute)?.get(word.toLowerCase())
