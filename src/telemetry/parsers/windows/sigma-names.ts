// Fields added under the names Sigma's generic categories use, where Windows itself calls them differently.
import type { OpenFields } from '../parser.ts'
import { textOf } from '../values.ts'

const copy = (fields: OpenFields, from: string, to: string): void => {
  const value = fields[from]
  if (value !== undefined && fields[to] === undefined) fields[to] = value
}

const account = (fields: OpenFields, domain: string, name: string): string | undefined => {
  const bare = textOf(fields[name])
  const before = textOf(fields[domain])
  return bare === undefined || before === undefined ? bare : `${before}\\${bare}`
}

/** Mandatory labels (MS-DTYP 2.4.2.4, well-known SIDs) in the words of Sysmon's IntegrityLevel. */
const integrity: Readonly<Record<string, string>> = {
  'S-1-16-0': 'Untrusted',
  'S-1-16-4096': 'Low',
  'S-1-16-8192': 'Medium',
  'S-1-16-8448': 'MediumPlus',
  'S-1-16-12288': 'High',
  'S-1-16-16384': 'System',
}

/** A process audit (Security 4688, 4689) under Sysmon's names: rules of process_creation match it too. Windows' own names stay. */
function addProcessNames(fields: OpenFields): void {
  if (fields['NewProcessName'] === undefined) copy(fields, 'ProcessName', 'Image')
  else copy(fields, 'NewProcessName', 'Image')
  copy(fields, 'ParentProcessName', 'ParentImage')
  copy(fields, 'SubjectLogonId', 'LogonId')
  const user = account(fields, 'SubjectDomainName', 'SubjectUserName')
  if (user !== undefined && fields['User'] === undefined) fields['User'] = user
  const level = integrity[String(fields['MandatoryLabel'])]
  if (level !== undefined && fields['IntegrityLevel'] === undefined) fields['IntegrityLevel'] = level
}

/** Defender writes names with spaces (`Threat Name`); Sigma's rules write them without. */
function addJoinedNames(fields: OpenFields): void {
  for (const name of Object.keys(fields)) if (name.includes(' ')) copy(fields, name, name.replaceAll(' ', ''))
}

const hashNames: Readonly<Record<string, string>> = {
  MD5: 'md5',
  SHA1: 'sha1',
  SHA256: 'sha256',
  IMPHASH: 'imphash',
}

/** Sysmon's `Hashes` (`MD5=…,SHA256=…,IMPHASH=…`) also one by one under the names of Sigma's taxonomy; `Imphash` is how most rules spell it. */
function addHashes(fields: OpenFields): void {
  const hashes = fields['Hashes']
  if (typeof hashes !== 'string' || hashes.length > 1024) return
  for (const pair of hashes.split(',')) {
    const at = pair.indexOf('=')
    const name = hashNames[pair.slice(0, at)]
    if (at < 1 || name === undefined) continue
    fields[name] ??= pair.slice(at + 1)
    if (name === 'imphash') fields['Imphash'] ??= pair.slice(at + 1)
  }
}

/** Adds the names that rules use and this kind of event lacks; what the event has itself is never changed. */
export function addSigmaNames(fields: OpenFields, service: string | undefined, eventId: number): void {
  if (service === 'security' && (eventId === 4688 || eventId === 4689)) addProcessNames(fields)
  else if (service === 'windefend') addJoinedNames(fields)
  addHashes(fields)
}
