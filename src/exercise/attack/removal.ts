// Last act: packing, sending abroad to someone else's storage, and sweeping away the tracks.
import { second } from '../calendar.ts'
import { apiCall, commandLineTool, objectOf, serverRole } from '../cloud.ts'
import { packetLogged } from '../firewall.ts'
import { app01, fw01, hostile, mgmt01, ours } from '../machines.ts'
import { startProcess } from '../processes.ts'
import { program } from '../programs.ts'
import { flowEnded, handshake, signatureHit, type Wire } from '../sensor.ts'
import { windowsRecord, windowsSource } from '../windows.ts'
import { asRoot, stash } from './harvest.ts'
import { linuxKeyOwner } from './key.ts'
import type { Management } from './lateral.ts'
import type { Moment, Teller } from './teller.ts'

const foreign = { bucket: 'research-mirror-7712', account: '999988887777', region: 'ap-southeast-3' } as const
const parts = 8
/** How long one part takes on its way. */
const partTakes = 95 * second

/** Packs the copy and cuts it into parts. */
export function pack(teller: Teller): void {
  teller.tell(
    {
      step: 'archive',
      title: 'Packs and encrypts the copy in a hidden folder',
      technique: 'T1560.001',
      host: app01,
      after: 156,
    },
    (moment) => {
      asRoot(moment, 0, `/usr/bin/tar czf ${stash}/p.tgz ${stash}/p`)
      asRoot(
        moment,
        150,
        `/usr/bin/openssl enc -aes-256-cbc -pbkdf2 -in ${stash}/p.tgz -out ${stash}/p.bin -pass pass:k3`,
      )
    },
  )
  teller.tell(
    { step: 'split', title: 'Cuts it into parts of 300 MB', technique: 'T1030', host: app01, after: 160 },
    (moment) => asRoot(moment, 0, `/usr/bin/split -b 300M -d ${stash}/p.bin ${stash}/p.bin.`),
  )
}

const awsCall = (
  moment: Moment,
  at: number,
  call: { source: 'sts' | 's3' | 'cloudtrail'; name: string; rest?: object },
): void =>
  apiCall(moment.emit, at, moment.dice, {
    source: call.source,
    name: call.name,
    identity: serverRole('fernhill-app', app01),
    address: app01.address,
    agent: commandLineTool,
    ...call.rest,
  })

function sendOverTheWire({ emit, time, dice }: Moment): void {
  for (let n = 0; n < parts; n++) {
    const at = time + n * partTakes
    const { address, port, host } = hostile.storage
    const packet = { src: app01.address, srcPort: dice.between(32_800, 60_900), dst: address, dstPort: port }
    const wire: Wire = packet
    packetLogged(emit, fw01, at, { verdict: 'FW-ACCEPT-OUT', packet })
    handshake(emit, at + 80, wire, host)
    if (n === 1)
      signatureHit(emit, at + 40 * second, wire, {
        id: 9000203,
        text: 'FERNHILL EXFIL Large upload from the application zone to an unlisted server',
        category: 'Successful Information Leak',
        severity: 1,
      })
    flowEnded(emit, at + partTakes - 2 * second, wire, {
      out: n < parts - 1 ? 314_900_000 + dice.between(0, 90_000) : 121_000_000,
      in: dice.between(90_000, 240_000),
      lasted: partTakes - 2 * second,
      application: 'tls',
    })
  }
}

/** Sends the parts to a bucket of another account, in another region. */
export function sendAbroad(teller: Teller): void {
  teller.tell(
    {
      step: 'cloud-discovery',
      title: 'Asks the cloud who the server is and lists its buckets',
      technique: 'T1619',
      host: app01,
      after: 162,
    },
    (moment) => {
      awsCall(moment, moment.time, { source: 'sts', name: 'GetCallerIdentity' })
      awsCall(moment, moment.time + 41 * second, { source: 's3', name: 'ListBuckets' })
    },
  )
  teller.tell(
    { step: 'exfiltration-network', title: 'Sends the parts out', technique: 'T1567.002', host: app01, after: 165 },
    sendOverTheWire,
  )
  teller.tell(
    {
      step: 'exfiltration-cloud',
      title: "The parts arrive in a stranger's bucket",
      technique: 'T1537',
      host: app01,
      after: 166.5,
    },
    (moment) => {
      for (let n = 0; n < parts; n++) {
        const key = `in/p.bin.${String(n).padStart(2, '0')}`
        awsCall(moment, moment.time + n * partTakes, {
          source: 's3',
          name: 'PutObject',
          rest: {
            address: ours.nat,
            region: foreign.region,
            request: { bucketName: foreign.bucket, key, Host: `${foreign.bucket}.s3.${foreign.region}.amazonaws.com` },
            resources: objectOf(foreign.bucket, key, foreign.account),
            readOnly: false,
            data: true,
          },
        })
      }
    },
  )
}

function sweepServer(teller: Teller): void {
  teller.tell(
    {
      step: 'stop-cloud-logging',
      title: "Tries to switch off the cloud's log and may not",
      technique: 'T1562.008',
      host: app01,
      after: 180,
    },
    (moment) =>
      awsCall(moment, moment.time, {
        source: 'cloudtrail',
        name: 'StopLogging',
        rest: {
          errorCode: 'AccessDenied',
          errorMessage: 'User is not authorized to perform: cloudtrail:StopLogging',
          request: { name: 'fernhill-trail' },
          readOnly: false,
        },
      }),
  )
  teller.tell(
    { step: 'journal-cleared', title: "Empties the server's journal", technique: 'T1070.002', host: app01, after: 183 },
    (moment) => {
      asRoot(moment, 0, '/usr/bin/journalctl --rotate')
      asRoot(moment, 9, '/usr/bin/journalctl --vacuum-time=1s')
    },
  )
  teller.tell(
    {
      step: 'history-cleared',
      title: 'Removes the stash and the history of commands',
      technique: 'T1070.003',
      host: app01,
      after: 184.5,
    },
    (moment) => {
      asRoot(moment, 0, `/usr/bin/rm -rf ${stash}`)
      asRoot(moment, 17, `/usr/bin/ln -sf /dev/null /home/${linuxKeyOwner.id}/.bash_history`)
    },
  )
}

/** Clears what remembers: in the cloud, on the application server, on the management server. */
export function coverTracks(teller: Teller, management: Management): void {
  sweepServer(teller)
  teller.tell(
    {
      step: 'event-log-cleared',
      title: "Clears the management server's event logs",
      technique: 'T1070.001',
      host: mgmt01,
      after: 188,
    },
    (moment) => {
      const seat = management.seat(moment)
      for (const [n, log] of ['Security', 'System'].entries())
        startProcess(seat, moment.time + n * 8 * second, {
          parent: management.shell,
          program: program('wevtutil'),
          commandLine: `wevtutil  cl ${log}`,
          integrity: 'High',
        })
      const { session } = seat
      const account = session.user.slice(session.user.indexOf('\\') + 1)
      const data = {
        SubjectUserSid: session.sid,
        SubjectUserName: account,
        SubjectDomainName: 'FERNHILL',
        SubjectLogonId: session.logonId,
      }
      moment.emit(
        moment.time + 140,
        windowsSource,
        windowsRecord(mgmt01, moment.time + 140, { channel: 'eventlog', id: 1102, data }),
      )
    },
  )
}
