// The fixes that remove root causes: one line each, `%s` is where it is applied.
const table = {
  authenticate: 'make everybody who speaks to %s prove who they are',
  authorise: 'let %s check what each caller may see and change',
  'back-up': 'keep a copy of %s that is out of reach',
  'bastion-only': 'administer %s only through a bastion',
  consent: 'record why data about %s is given to others',
  'enrol-devices': 'let %s in only from devices that are looked after',
  'encrypt-disk': 'encrypt what %s keeps',
  'encrypt-flow': 'encrypt what %s receives',
  'filter-egress': 'let %s speak only to where it must',
  'harden-identity': 'harden %s, which vouches for everybody',
  'harden-manager': 'harden %s, which commands others',
  'immutable-backup': 'make backups on %s impossible to change',
  isolate: 'put %s into a network of its own',
  'keep-inside': 'take %s off the internet',
  'least-privilege': 'let %s do only what it must',
  log: 'record what is done on %s',
  minimise: 'take names out of what goes to %s',
  patch: 'patch %s every week',
  'personal-accounts': 'give everybody of %s an account of their own',
  'protect-endpoint': 'watch and harden %s',
  'protect-media': 'decide what may be plugged into machines of %s',
  'rate-limit': 'limit what one caller may ask of %s',
  redundancy: 'keep the service %s running when any one machine is lost',
  retention: 'decide how long data about %s is kept',
  'review-changes': 'let two people see what %s builds',
  'review-rights': 'take back rights that %s no longer need',
  sandbox: 'run foreign content on %s in a sandbox',
  'second-factor': 'ask for a second factor at %s',
  segment: 'put a boundary in front of %s',
  'stop-copying': 'notice and stop copies out of %s',
  'strong-door': 'let only passkeys and certificates through %s',
  'strong-factor': 'give passkeys or certificates to %s',
  supplier: 'let the supplier of %s in only when asked, and watch it',
  'validate-input': 'let %s check everything that it is given',
  vault: 'keep the secrets of %s in a vault, short-lived',
} as const satisfies Record<string, string>

export type RemedyId = keyof typeof table
export const remedies: Readonly<Record<RemedyId, string>> = table
export const remedyIds: readonly RemedyId[] = Object.keys(table).filter((id): id is RemedyId => id in table)

/** The remedy as a sentence about one place. */
export const remedyText = (remedy: RemedyId, at: string): string => table[remedy].replace('%s', () => at)
