// Servers, networks and what lies outside. Addresses outside are documentation ranges (RFC 5737, RFC 3849), names end in .example (RFC 2606).
import { hexOf } from './dice.ts'

export interface Machine {
  readonly name: string
  /** Name as Windows writes it; the short one on Linux. */
  readonly computer: string
  readonly address: string
  /** First eight digits of Sysmon's process ids on this machine. */
  readonly guid: string
}

const linux = (name: string, address: string): Machine => ({
  name,
  computer: name,
  address,
  guid: hexOf(8, 'machine', name).toUpperCase(),
})
const windows = (name: string, address: string): Machine => ({
  ...linux(name, address),
  computer: `${name}.corp.fernhill.example`,
})

export const dc01 = windows('DC01', '10.20.2.5')
export const file01 = windows('FILE01', '10.20.2.8')
export const mgmt01 = windows('MGMT01', '10.20.2.10')

export const web01 = linux('web01', '10.40.1.11')
export const web02 = linux('web02', '10.40.1.12')
export const bastion01 = linux('bastion01', '10.40.1.20')
export const mail01 = linux('mail01', '10.40.1.25')
export const app01 = linux('app01', '10.40.2.11')
export const app02 = linux('app02', '10.40.2.12')
export const ehrgw01 = linux('ehrgw01', '10.40.2.20')
export const db01 = linux('db01', '10.40.3.11')
export const db02 = linux('db02', '10.40.3.12')
export const ci01 = linux('ci01', '10.40.4.10')
export const mon01 = linux('mon01', '10.40.4.20')
export const scan01 = linux('scan01', '10.40.4.30')
export const ids01 = linux('ids01', '10.40.4.40')
export const backup01 = linux('backup01', '10.40.5.11')
export const fw01 = linux('fw01', '10.40.0.1')
export const fw02 = linux('fw02', '10.20.0.1')

export const linuxServers = [
  web01,
  web02,
  bastion01,
  mail01,
  app01,
  app02,
  ehrgw01,
  db01,
  db02,
  ci01,
  mon01,
  scan01,
  ids01,
  backup01,
] as const

/** How Fernhill is seen from outside. */
export const ours = {
  portal: '203.0.113.20',
  bastion: '203.0.113.22',
  mail: '203.0.113.25',
  vpn: '203.0.113.30',
  /** Where servers leave for the internet. */
  nat: '203.0.113.10',
  /** Where the Dublin office leaves for the internet. */
  office: '203.0.113.40',
} as const
export const publicAddresses = Object.values(ours) as unknown as readonly [string, ...string[]]

export interface Place {
  readonly host: string
  readonly address: string
  readonly port: number
}
const place = (host: string, last: number, port = 443): Place => ({ host, address: `198.51.100.${last}`, port })

/** Partners and vendors that servers and people talk to. */
export const outside = {
  sso: place('fernhill.sso-cloud.example', 20),
  mail: place('outlook.office-cloud.example', 21),
  teams: place('teams.office-cloud.example', 22),
  files: place('fernhill.files-cloud.example', 23),
  updates: place('updates.os-vendor.example', 24),
  antivirus: place('definitions.os-vendor.example', 25),
  browser: place('update.browser-vendor.example', 26),
  git: place('code.git-cloud.example', 30),
  packages: place('registry.packages.example', 31),
  images: place('images.packages.example', 32),
  mirror: place('deb.mirror.example', 33, 80),
  ehr: place('ehr.ardmore-general.example', 60),
  payments: place('api.cardpay.example', 61),
  acme: place('acme.certs.example', 62),
  sms: place('api.textline.example', 63),
  documents: place('documents.eu-west-1.objects.example', 80),
  bank: place('business.bank.example', 90),
  payroll: place('app.payroll.example', 91),
  ledger: place('fernhill.ledgerpro.example', 92),
  crm: place('app.helpdesk.example', 93),
} as const satisfies Record<string, Place>

/** What people look at between two meetings. */
export const pastime: readonly [Place, ...Place[]] = [
  place('www.search.example', 100),
  place('news.daily.example', 101),
  place('weather.example', 102),
  place('maps.example', 103),
  place('www.medical-library.example', 104),
  place('guidelines.health.example', 105),
  place('video.example', 106),
  place('shop.example', 107),
  place('trains.example', 108),
  place('wiki.example', 109),
  place('translate.example', 110),
  place('forum.example', 111),
  place('cdn.static-assets.example', 112),
  place('fonts.static-assets.example', 113),
  place('jobs.example', 114),
]

/** Where the attack comes from and goes to. */
export const hostile = {
  lure: { host: 'cdn-remittance.example', address: '192.0.2.74', port: 80 },
  control: { host: 'sync.telemetry-edge.example', address: '192.0.2.77', port: 443 },
  storage: { host: 'research-mirror-7712.s3.ap-southeast-9.objects.example', address: '192.0.2.90', port: 443 },
} as const satisfies Record<string, Place>

/** Machines that knock on every door of the internet: 192.0.2.100 and up. */
export const scannerAddress = (n: number): string => `192.0.2.${100 + (n % 150)}`
