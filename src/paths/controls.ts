// Which control fits which asset, and what changes cost: so that the cheapest cut proposes what somebody can do.
import type { Asset, Category, Control } from '#model'

const machines: readonly Category[] = [
  'endpoint',
  'server',
  'web',
  'proxy',
  'application',
  'database',
  'cache',
  'queue',
  'identity',
  'management',
  'build',
  'backup',
  'network',
  'security',
  'container',
]
const speaking: readonly Category[] = ['web', 'proxy', 'application', 'identity', 'management', 'build', 'container']
const everything: readonly Category[] = [...machines, 'storage', 'saas', 'cloud', 'mobile', 'device', 'industrial']

interface Offer {
  /** effort against others: 1 a setting, 3 a small project, 5 a large one */
  readonly price: number
  readonly fits: readonly Category[]
  /** can be had for a service that somebody else runs */
  readonly rented?: true
}

/** Controls that a cut may propose. Those that are missing here are never proposed, though they count when they are there. */
const offers: Partial<Record<Control, Offer>> = {
  mfa: { price: 2, fits: everything, rented: true },
  'phishing-resistant-mfa': { price: 3, fits: everything, rented: true },
  'mail-filter': { price: 2, fits: everything, rented: true },
  edr: { price: 2, fits: machines },
  waf: { price: 3, fits: speaking },
  'allow-list': {
    price: 3,
    fits: ['endpoint', 'server', 'database', 'identity', 'management', 'build', 'backup', 'network'],
  },
  'input-validation': { price: 3, fits: speaking },
  'rate-limit': { price: 1, fits: speaking },
  sandbox: { price: 3, fits: machines },
  isolation: { price: 4, fits: [...machines, 'device', 'industrial'] },
  hardened: { price: 2, fits: machines },
  'patched-weekly': { price: 3, fits: machines },
  'least-privilege': { price: 2, fits: everything, rented: true },
  'secrets-vault': { price: 3, fits: machines },
  'code-review': { price: 3, fits: ['build', 'application', 'saas'], rented: true },
  'signed-updates': { price: 3, fits: ['build', 'application', 'server', 'container'] },
  'integrity-check': { price: 2, fits: machines },
  'immutable-backup': { price: 2, fits: ['backup', 'storage', 'server'], rented: true },
  'egress-filter': { price: 3, fits: machines },
  dlp: { price: 4, fits: ['endpoint', 'saas'], rented: true },
  pseudonymised: { price: 5, fits: ['database', 'storage', 'application'] },
}

/** Somebody else runs it. Accounts and buckets in a cloud are still set up by their owner. */
const rented = ({ traits, category }: Asset): boolean =>
  traits.includes('vendor-managed') && category !== 'storage' && category !== 'cloud'

/** What it costs to add this control to this asset; Infinity when it does not fit. */
export function priceOfControl(control: Control, asset: Asset): number {
  const offer = offers[control]
  if (!offer || !offer.fits.includes(asset.category) || asset.controls.includes(control)) return Infinity
  return rented(asset) && offer.rented !== true ? Infinity : offer.price
}

/** What it costs to fix a weakness; Infinity when somebody else must. */
export const priceOfFix = (weakness: string, asset: Asset): number =>
  rented(asset) ? Infinity : /^CWE-/i.test(weakness) ? 3 : 1

/** What it costs to do without a flow, a use or a trust: somebody needed it. */
export const priceOfWithout = (what: string): number => (/^(use|trust) /.test(what) ? 5 : 8)
