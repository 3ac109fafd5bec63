// Patients of the portal and the mobile app: who comes at which hour, what they look at, from Europe and from the United States.
import { hour, localHour, minute, second, type Zone } from './calendar.ts'
import { diceOf, type Dice } from './dice.ts'
import { webLine } from './linux.ts'
import { type Machine, ours, web01, web02 } from './machines.ts'
import { handshake, flowEnded } from './sensor.ts'
import type { Cell, Stream } from './types.ts'

interface Region {
  readonly name: string
  readonly zone: Zone
  /** Sessions on a whole day. */
  readonly sessions: number
  readonly address: (dice: Dice) => string
}

const v6 = (prefix: string, dice: Dice): string =>
  `${prefix}${dice.hex(2)}:${dice.hex(4)}:${dice.hex(4)}::${dice.hex(3)}`
const regions: readonly Region[] = [
  {
    name: 'eu',
    zone: 'dublin',
    sessions: 1150,
    address: (dice) => (dice.chance(0.5) ? v6('2001:db8:e0', dice) : `203.0.113.${dice.between(64, 250)}`),
  },
  {
    name: 'us',
    zone: 'boston',
    sessions: 620,
    address: (dice) => (dice.chance(0.5) ? v6('2001:db8:a0', dice) : `198.51.100.${dice.between(130, 250)}`),
  },
]

/** Share of a day's sessions that begin in each local hour: little at night, most in the late morning and the evening. */
const curve = [
  0.4, 0.2, 0.1, 0.1, 0.2, 0.5, 1.6, 3.8, 5.8, 6.9, 7.3, 6.8, 5.9, 5.6, 5.7, 5.6, 5.5, 5.9, 6.9, 7.6, 7.4, 5.6, 3.2,
  1.4,
] as const

type Step = readonly [method: string, path: string, bytes: number]
const some = (dice: Dice): string => `${dice.between(10_000, 99_999)}`

const arriving: readonly Step[] = [
  ['GET', '/', 5120],
  ['GET', '/assets/app.4f1c9a.js', 182_400],
  ['GET', '/assets/app.77d0e2.css', 23_900],
]
const walks: readonly ((dice: Dice) => readonly Step[])[] = [
  () => [
    ['GET', '/api/v2/appointments?from=today', 2310],
    ['GET', '/api/v2/clinicians?speciality=general', 8450],
  ],
  (dice) => [
    ['GET', `/api/v2/slots?clinician=${dice.between(1, 22)}`, 3120],
    ['POST', '/api/v2/appointments', 640],
  ],
  (dice) => [
    ['GET', '/api/v2/messages?page=1', 5230],
    ['GET', `/api/v2/messages/${some(dice)}`, 1820],
    ['POST', '/api/v2/messages', 402],
  ],
  (dice) => [
    ['GET', '/api/v2/documents', 2950],
    ['GET', `/api/v2/documents/${some(dice)}/content`, 310_000],
  ],
  () => [['GET', '/api/v2/prescriptions', 1760]],
  (dice) => [
    ['GET', `/consultation/${some(dice)}`, 6120],
    ['POST', '/api/v2/video/token', 512],
    ['POST', '/api/v2/video/quality', 60],
  ],
  (dice) => [
    ['GET', `/api/v2/invoices/${some(dice)}`, 1420],
    ['POST', '/api/v2/payments', 388],
  ],
  () => [['GET', '/help', 7700]],
]

const browsers: readonly [string, ...string[]] = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
]
const apps: readonly [string, ...string[]] = [
  'FernhillPatient/4.12 (iPhone; iOS 18.5)',
  'FernhillPatient/4.11 (iPhone; iOS 17.7)',
  'FernhillPatient/4.12 (Android 15)',
  'FernhillPatient/4.10 (Android 13)',
]

interface Visitor {
  readonly address: string
  readonly agent: string
  readonly mobile: boolean
  readonly machine: Machine
}

function ask(cell: Cell, dice: Dice, visitor: Visitor, request: { time: number; step: Step; status?: number }): void {
  const [method, path, bytes] = request.step
  const cached = path.startsWith('/assets') && dice.chance(0.45)
  const status = request.status ?? (cached ? 304 : method === 'POST' && path === '/api/v2/appointments' ? 201 : 200)
  webLine(cell.emit, visitor.machine, request.time, {
    from: visitor.address,
    method,
    path: visitor.mobile && path.startsWith('/api') ? `/mobile${path}` : path,
    status,
    bytes: cached || status >= 400 ? (cached ? 0 : 148) : Math.round(bytes * (0.85 + dice.next() * 0.3)),
    agent: visitor.agent,
    referer: visitor.mobile ? '-' : 'https://portal.fernhill.example/',
  })
}

/** One visit: arriving, logging in (with a slip now and then), a few walks through the portal. */
function visit(cell: Cell, dice: Dice, visitor: Visitor, begin: number): void {
  let time = begin
  const go = (step: Step, status?: number): void => {
    ask(cell, dice, visitor, { time, step, ...(status === undefined ? {} : { status }) })
    time += dice.between(150, step[1].startsWith('/assets') ? 400 : 22_000)
  }
  if (!visitor.mobile) for (const step of arriving) go(step)
  if (dice.chance(0.07)) go(['POST', '/api/v2/session', 148], 401)
  go(['POST', '/api/v2/session', 930])
  for (let n = dice.between(1, 4); n > 0; n--) {
    const walk = walks[dice.between(0, walks.length - 1)]
    for (const step of walk?.(dice) ?? []) go(step, dice.chance(0.004) ? 404 : undefined)
  }
  if (dice.chance(0.35)) go(['DELETE', '/api/v2/session', 0], 204)
  if (dice.chance(0.4) && !visitor.address.includes(':')) {
    const wire = { src: visitor.address, srcPort: dice.between(1024, 65_000), dst: ours.portal, dstPort: 443 }
    handshake(cell.emit, begin, wire, 'portal.fernhill.example')
    flowEnded(cell.emit, time, wire, {
      out: dice.between(2000, 30_000),
      in: dice.between(40_000, 700_000),
      lasted: time - begin,
      application: 'tls',
    })
  }
}

/** The patients' stream. */
export const patients: Stream = (cell) => {
  for (const region of regions) {
    const dice = diceOf(cell.seed, 'patients', region.name, cell.start)
    const share = (curve[Math.floor(localHour(region.zone, cell.start + 30 * minute))] ?? 1) / 100
    for (let n = dice.count(region.sessions * share * cell.scale); n > 0; n--) {
      const mobile = dice.chance(0.55)
      const visitor: Visitor = {
        address: region.address(dice),
        agent: dice.pick(mobile ? apps : browsers),
        mobile,
        machine: dice.chance(0.5) ? web01 : web02,
      }
      visit(cell, dice, visitor, cell.start + Math.floor(dice.next() * (hour - second)))
    }
  }
}
