// The noise of the internet: password guessing at SSH, probing of the web servers, junk mail; and our own vulnerability scanner.
import { day, hour, minute, second } from './calendar.ts'
import { diceOf, type Dice } from './dice.ts'
import { syslog, webLine } from './linux.ts'
import { bastion01, mail01, ours, scan01, scannerAddress, web01, web02 } from './machines.ts'
import { signatureHit, type Signature } from './sensor.ts'
import type { Cell, Stream } from './types.ts'

const guessed: readonly [string, ...string[]] = [
  'root',
  'root',
  'root',
  'admin',
  'test',
  'ubuntu',
  'oracle',
  'postgres',
  'git',
  'pi',
  'user',
  'ftpuser',
  'deploy',
  'hadoop',
  'jenkins',
  'minecraft',
  'www',
  'support',
]

/** One machine guessing passwords at the bastion for a while. */
function guessPasswords(cell: Cell, dice: Dice): void {
  const from = scannerAddress(dice.between(0, 149))
  let time = cell.start + dice.between(0, 3300) * second
  for (let n = dice.between(4, 40); n > 0; n--) {
    const pid = dice.between(2000, 64_000)
    const port = dice.between(32_000, 64_000)
    const user = dice.pick(guessed)
    const say = (after: number, text: string): void =>
      syslog(cell.emit, bastion01, time + after, { program: 'sshd', pid, text, facility: 'auth' })
    const known = user === 'root'
    if (!known) say(0, `Invalid user ${user} from ${from} port ${port}`)
    if (dice.chance(0.5))
      say(210, `Failed password for ${known ? '' : 'invalid user '}${user} from ${from} port ${port} ssh2`)
    if (dice.chance(0.012))
      say(
        500,
        `error: maximum authentication attempts exceeded for ${known ? '' : 'invalid user '}${user} from ${from} port ${port} ssh2 [preauth]`,
      )
    else
      say(
        420,
        `Connection closed by ${known ? 'authenticating' : 'invalid'} user ${user} ${from} port ${port} [preauth]`,
      )
    time += dice.between(1500, 9000)
  }
}

const probes: readonly [string, ...string[]] = [
  '/wp-login.php',
  '/wp-admin/setup-config.php',
  '/xmlrpc.php',
  '/.env',
  '/.git/config',
  '/.aws/credentials',
  '/phpmyadmin/index.php',
  '/admin/login',
  '/manager/html',
  '/actuator/env',
  '/actuator/heapdump',
  '/server-status',
  '/cgi-bin/luci',
  '/boaform/admin/formLogin',
  '/solr/admin/info/system',
  '/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php',
  '/index.php?lang=../../../../../../etc/passwd',
  '/?id=1%27%20UNION%20SELECT%20NULL,NULL,NULL--%20-',
  '/backup.zip',
  '/config.json',
  '/owa/auth/logon.aspx',
  '/robots.txt',
  '/favicon.ico',
]
const agents: readonly [string, ...string[]] = [
  'Mozilla/5.0 zgrab/0.x',
  'python-requests/2.32.3',
  'Go-http-client/1.1',
  'curl/8.5.0',
  'Mozilla/5.0 (compatible; example-research-scanner/1.0; +http://research.example/)',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/98.0.4758.102 Safari/537.36',
  'sqlmap/1.8.4#stable (https://sqlmap.example)',
  'Mozilla/5.0 (Nikto/2.5.0)',
]

function probeWeb(cell: Cell, dice: Dice): void {
  const from = scannerAddress(dice.between(0, 149))
  const agent = dice.pick(agents)
  const machine = dice.chance(0.5) ? web01 : web02
  let time = cell.start + dice.between(0, 3400) * second
  for (let n = dice.between(3, 22); n > 0; n--) {
    const path = dice.pick(probes)
    webLine(cell.emit, machine, time, {
      from,
      method: dice.chance(0.9) ? 'GET' : 'POST',
      path,
      status: path.includes('robots') || path.includes('favicon') ? 200 : dice.chance(0.15) ? 403 : 404,
      bytes: 146,
      agent,
    })
    time += dice.between(200, 3000)
  }
}

const noise: readonly [Signature, ...Signature[]] = [
  {
    id: 9000101,
    text: 'FERNHILL SCAN Suspicious inbound to PostgreSQL port 5432',
    category: 'Potentially Bad Traffic',
    severity: 2,
  },
  { id: 9000102, text: 'FERNHILL SCAN Behavioral unusual port 445 traffic', category: 'Misc activity', severity: 3 },
  { id: 9000103, text: 'FERNHILL SCAN Potential SSH scan', category: 'Attempted Information Leak', severity: 2 },
  {
    id: 9000104,
    text: 'FERNHILL SCAN Known research scanner user agent',
    category: 'Attempted Information Leak',
    severity: 3,
  },
  { id: 9000105, text: 'FERNHILL POLICY Dynamic DNS query', category: 'Misc activity', severity: 3 },
]

function tripSensor(cell: Cell, dice: Dice): void {
  const signature = dice.pick(noise.slice(0, 4) as [Signature, ...Signature[]])
  signatureHit(
    cell.emit,
    cell.start + dice.between(0, 3_599_999),
    {
      src: scannerAddress(dice.between(0, 149)),
      srcPort: dice.between(30_000, 65_000),
      dst: dice.pick([ours.portal, ours.bastion, ours.mail]),
      dstPort: signature.id === 9000101 ? 5432 : signature.id === 9000102 ? 445 : signature.id === 9000103 ? 22 : 443,
    },
    signature,
  )
}

function junkMail(cell: Cell, dice: Dice): void {
  const from = scannerAddress(dice.between(0, 149))
  syslog(cell.emit, mail01, cell.start + dice.between(0, 3_599_999), {
    program: 'postfix/smtpd',
    pid: dice.between(2000, 64_000),
    text: `NOQUEUE: reject: RCPT from unknown[${from}]: 554 5.7.1 Service unavailable; Client host [${from}] blocked using bl.blocklist.example; from=<offer@bulk.example> to=<info@fernhill.example> proto=ESMTP helo=<host.bulk.example>`,
    facility: 'mail',
  })
}

/** Our own scanner looks at the web servers every night at 03:10 UTC. */
function nightlyScan(cell: Cell): void {
  const begin = Math.floor(cell.start / day) * day + 3 * hour + 10 * minute
  if (begin < cell.start || begin >= cell.end) return
  const dice = diceOf(cell.seed, 'nightly scan', cell.start)
  syslog(cell.emit, scan01, begin, { program: 'fernhill-scan', pid: 5120, text: 'job web-nightly started: 2 targets' })
  for (let n = 0; n < 240; n++)
    webLine(cell.emit, n % 2 === 0 ? web01 : web02, begin + n * 4500 + dice.between(0, 900), {
      from: scan01.address,
      method: 'GET',
      path: dice.pick(probes),
      status: 404,
      bytes: 146,
      agent: 'FernhillScan/2.1 (internal vulnerability scanner)',
    })
  syslog(cell.emit, scan01, begin + 19 * minute, {
    program: 'fernhill-scan',
    pid: 5120,
    text: 'job web-nightly finished: 0 new findings',
  })
}

/** The stream of noise. */
export const scanners: Stream = (cell) => {
  const dice = diceOf(cell.seed, 'scanners', cell.start)
  for (let n = dice.count(2.2 * cell.scale); n > 0; n--) guessPasswords(cell, dice)
  for (let n = dice.count(1.6 * cell.scale); n > 0; n--) probeWeb(cell, dice)
  for (let n = dice.count(4 * cell.scale); n > 0; n--) tripSensor(cell, dice)
  for (let n = dice.count(14 * cell.scale); n > 0; n--) junkMail(cell, dice)
  nightlyScan(cell)
}
