// Words of other tools → kinds and protocols of the model. What is left out the model itself fills in from the receiver's kind and the port.
import { builtInKinds, type Kind, kindLike } from '#model'
import { oneLine } from './fitting.ts'
import { entryOf } from './values.ts'

/** The kind that a name of an image, product or technology means; `otherwise` when none is known or it does not fit. */
export function kindOf(text: string, otherwise: string, fits: (kind: Kind) => boolean = () => true): string {
  const kind = text === '' ? undefined : kindLike(text)
  return kind && fits(kind) ? kind.id : otherwise
}

/** Kinds for what only its role is known of. */
export const generic = {
  database: kindOf('database', 'file-store'),
  program: 'program',
  container: 'container',
  people: 'people',
} as const
export const storesData = ({ data }: Kind): boolean => data === 'stores'
export const isHuman = ({ category, traits }: Kind): boolean =>
  ['person', 'endpoint', 'browser', 'mobile'].includes(category) || traits.includes('human-operated')

const overUdp: Readonly<Record<number, string>> = {
  53: 'dns',
  123: 'ntp',
  161: 'snmp',
  443: 'quic',
  514: 'syslog',
  51_820: 'wireguard',
}

/** The values of a flow to a port; 0 when it is not known. */
export const toPort = (port: number, transport = 'tcp'): { readonly port?: number; readonly protocol?: string } =>
  port === 0 ? {} : transport === 'tcp' ? { port } : { port, protocol: overUdp[port] ?? transport }

/** What a kind speaks on a port of its own, where another port leads to it. */
export const protocolOn = (kind: string, port: number): string | undefined =>
  builtInKinds.find(({ id }) => id === kind)?.ports.find((one) => one.port === port)?.protocol

const encryptedNames =
  /^(https|tls|ssl|ssh|sftp|scp|ldaps|smtps|imaps|pop3s|ftps|mqtts|amqps|wss|rdp|wireguard|ipsec|kerberos|quic|grpcs|.+-encrypted|.+-tls)$/
const spellings: Readonly<Record<string, string>> = {
  'http/s': 'https',
  'http(s)': 'https',
  'http/https': 'https',
  'https/http': 'https',
  'http/2': 'https',
  'http/3': 'https',
}

/** The values of a flow from what people write as its protocol: `HTTPS`, `HTTP/S`, `wss`; nothing when they wrote nothing. */
export function spoken(text: string): { readonly protocol?: string; readonly encrypted?: boolean } {
  const plain = oneLine(text, 40).toLowerCase()
  const protocol = entryOf(spellings, plain) ?? plain
  return protocol === '' ? {} : { protocol, encrypted: encryptedNames.test(protocol) }
}
