// How strong a way to prove who one is: the factors of people, and the words that flows use.
import type { Factor } from '#model'

/** none: nothing. weak: a secret that can be guessed, stolen and used elsewhere. second: a second factor that can be talked out of people. strong: bound to a machine or key. */
export type Strength = 'none' | 'weak' | 'second' | 'strong'

const ofFactor: Readonly<Record<Factor, Strength>> = {
  none: 'none',
  password: 'weak',
  'password-and-push': 'second',
  'password-and-code': 'second',
  key: 'strong',
  certificate: 'strong',
  passkey: 'strong',
}
export const factorStrength = (factor: Factor): Strength => ofFactor[factor]

// The first that fits counts.
const words: readonly (readonly [RegExp, Strength])[] = [
  [/^(none|no|anonymous|open|public)?$/i, 'none'],
  [/mutual|mtls|certificate|kerberos|passkey|fido|webauthn|signature|signed|role|iam|managed-identity/i, 'strong'],
  [/password-and|two-factor|2fa|mfa|otp|totp|sso|single-sign-on|oidc|saml|externalized/i, 'second'],
  [/api-?key|shared-key|community/i, 'weak'],
  [/\bkey\b|ssh-key|public-key/i, 'strong'],
]
/** What a flow's `authentication` is worth; words not known are weak. */
export const wordStrength = (authentication: string): Strength =>
  words.find(([pattern]) => pattern.test(authentication.trim()))?.[1] ?? 'weak'

const passwords = /password|basic|login|form|plain|credential|scram|digest/i
/** Whether a flow's `authentication` sends or derives from a password. */
export const isPassword = (authentication: string): boolean =>
  passwords.test(authentication) && !/password-and/i.test(authentication)

const unencryptedProtocols = new Set([
  'telnet',
  'ftp',
  'tftp',
  'rsh',
  'rlogin',
  'rexec',
  'smb1',
  'snmpv1',
  'snmpv2',
  'snmp',
  'vnc',
  'nfs3',
  'modbus',
])
/** Protocols that were never meant for a network one does not trust. */
export const isLegacyProtocol = (protocol: string): boolean => unencryptedProtocols.has(protocol.toLowerCase())

const administration = new Set([
  'ssh',
  'rdp',
  'winrm',
  'vnc',
  'telnet',
  'wmi',
  'psexec',
  'ipmi',
  'kubectl',
  'docker',
  'rlogin',
])
const administrationPorts = new Set([22, 23, 2375, 2376, 3389, 5900, 5985, 5986, 6443, 10250, 623])
/** Whether a flow gives its caller a shell or a desktop on the receiver. */
export const isAdministration = (flow: { protocol: string; port: number }): boolean =>
  administration.has(flow.protocol.toLowerCase()) || administrationPorts.has(flow.port)
