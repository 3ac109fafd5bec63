// Logging on and off: Security records of laptops and servers, Kerberos records of the domain controller.
import type { Dice } from './dice.ts'
import { dc01, type Machine } from './machines.ts'
import { domain } from './people.ts'
import type { Session } from './processes.ts'
import type { Emit } from './types.ts'
import { emitSecurity } from './windows.ts'

export const noGuid = '00000000-0000-0000-0000-000000000000'
const nobody = { SubjectUserSid: 'S-1-0-0', SubjectUserName: '-', SubjectDomainName: '-', SubjectLogonId: '0x0' }
const itself = (machine: Machine) => ({
  SubjectUserSid: 'S-1-5-18',
  SubjectUserName: `${machine.name}$`,
  SubjectDomainName: domain,
  SubjectLogonId: '0x3e7',
})
export const accountOf = (session: Session): string => session.user.slice(session.user.indexOf('\\') + 1)

export interface Logon {
  readonly session: Session
  /** 2 at the keyboard, 3 over the network, 7 unlocked, 10 remote desktop, 11 cached. */
  readonly type: 2 | 3 | 7 | 10 | 11
  /** Where from, for types 3 and 10. */
  readonly from?: { readonly address: string; readonly port: number; readonly machine: string }
  readonly authentication?: 'Kerberos' | 'NTLM' | 'Negotiate'
}

/** The name of the calling machine: told by NTLM only; at a keyboard or desktop it is the machine itself. */
const workstationOf = (machine: Machine, { type, authentication, from }: Logon): string =>
  type !== 3 ? machine.name : authentication === 'NTLM' && from !== undefined ? from.machine : '-'

const logonProcess = { Kerberos: 'Kerberos', NTLM: 'NtLmSsp ', Negotiate: 'User32 ' } as const

/** A logon that worked (4624). */
export function loggedOn(emit: Emit, machine: Machine, time: number, logon: Logon): void {
  const { session, type, from } = logon
  const authentication = logon.authentication ?? (type === 3 ? 'Kerberos' : 'Negotiate')
  emitSecurity(emit, machine, time, {
    id: 4624,
    data: {
      ...(type === 3 ? nobody : itself(machine)),
      TargetUserSid: session.sid,
      TargetUserName: accountOf(session),
      TargetDomainName: domain,
      TargetLogonId: session.logonId,
      LogonType: type,
      LogonProcessName: logonProcess[authentication],
      AuthenticationPackageName: authentication,
      WorkstationName: workstationOf(machine, logon),
      LogonGuid: session.logonGuid,
      TransmittedServices: '-',
      LmPackageName: authentication === 'NTLM' ? 'NTLM V2' : '-',
      KeyLength: authentication === 'NTLM' ? 128 : 0,
      ProcessId: type === 3 ? '0x0' : '0x5a4',
      ProcessName: type === 3 ? '-' : 'C:\\Windows\\System32\\svchost.exe',
      IpAddress: from?.address ?? '127.0.0.1',
      IpPort: String(from?.port ?? 0),
      ImpersonationLevel: '%%1833',
      RestrictedAdminMode: '-',
      TargetOutboundUserName: '-',
      TargetOutboundDomainName: '-',
      VirtualAccount: '%%1843',
      TargetLinkedLogonId: '0x0',
      ElevatedToken: '%%1843',
    },
  })
}

/** A mistyped password at the keyboard (4625). */
export const mistyped = (emit: Emit, machine: Machine, time: number, session: Session): void =>
  emitSecurity(emit, machine, time, {
    id: 4625,
    data: {
      ...itself(machine),
      TargetUserSid: 'S-1-0-0',
      TargetUserName: accountOf(session),
      TargetDomainName: domain,
      Status: '0xc000006d',
      FailureReason: '%%2313',
      SubStatus: '0xc000006a',
      LogonType: 2,
      LogonProcessName: 'User32 ',
      AuthenticationPackageName: 'Negotiate',
      WorkstationName: machine.name,
      TransmittedServices: '-',
      LmPackageName: '-',
      KeyLength: 0,
      ProcessId: '0x5a4',
      ProcessName: 'C:\\Windows\\System32\\svchost.exe',
      IpAddress: '127.0.0.1',
      IpPort: '0',
    },
  })

/** The end of a session (4634). */
export const loggedOff = (emit: Emit, machine: Machine, time: number, logon: Logon): void =>
  emitSecurity(emit, machine, time, {
    id: 4634,
    data: {
      TargetUserSid: logon.session.sid,
      TargetUserName: accountOf(logon.session),
      TargetDomainName: domain,
      TargetLogonId: logon.session.logonId,
      LogonType: logon.type,
    },
  })

/** Privileges that mark an administrator's logon (4672). */
export const privileged = (emit: Emit, machine: Machine, time: number, session: Session): void =>
  emitSecurity(emit, machine, time, {
    id: 4672,
    data: {
      SubjectUserSid: session.sid,
      SubjectUserName: accountOf(session),
      SubjectDomainName: domain,
      SubjectLogonId: session.logonId,
      PrivilegeList:
        'SeSecurityPrivilege\r\n\t\t\tSeBackupPrivilege\r\n\t\t\tSeRestorePrivilege\r\n\t\t\tSeDebugPrivilege',
    },
  })

interface Asker {
  readonly account: string
  readonly sid: string
  readonly address: string
  readonly port: number
}
const asker = (dice: Dice, session: Session, address: string): Asker => ({
  account: accountOf(session),
  sid: session.sid,
  address,
  port: dice.between(49_700, 65_300),
})

/** The first ticket of a session (4768), written by the domain controller. */
export function ticketGranted(emit: Emit, time: number, dice: Dice, who: { session: Session; address: string }): void {
  const { account, sid, address, port } = asker(dice, who.session, who.address)
  emitSecurity(emit, dc01, time, {
    id: 4768,
    data: {
      TargetUserName: account,
      TargetDomainName: 'CORP.FERNHILL.EXAMPLE',
      TargetSid: sid,
      ServiceName: 'krbtgt',
      ServiceSid: 'S-1-5-21-3181044871-2207745116-1040922317-502',
      TicketOptions: '0x40810010',
      Status: '0x0',
      TicketEncryptionType: '0x12',
      PreAuthType: 2,
      IpAddress: `::ffff:${address}`,
      IpPort: String(port),
      CertIssuerName: '',
      CertSerialNumber: '',
      CertThumbprint: '',
    },
  })
}

/** A ticket for a service (4769). Encryption 0x12 is AES-256, 0x17 is RC4. */
export function serviceTicket(
  emit: Emit,
  time: number,
  dice: Dice,
  ask: { session: Session; address: string; service: string; encryption?: '0x12' | '0x17' },
): void {
  const { account, address, port } = asker(dice, ask.session, ask.address)
  emitSecurity(emit, dc01, time, {
    id: 4769,
    data: {
      TargetUserName: `${account}@CORP.FERNHILL.EXAMPLE`,
      TargetDomainName: 'CORP.FERNHILL.EXAMPLE',
      ServiceName: ask.service,
      ServiceSid: 'S-1-5-21-3181044871-2207745116-1040922317-1104',
      TicketOptions: '0x40810000',
      TicketEncryptionType: ask.encryption ?? '0x12',
      IpAddress: `::ffff:${address}`,
      IpPort: String(port),
      Status: '0x0',
      LogonGuid: ask.session.logonGuid,
      TransmittedServices: '-',
    },
  })
}
