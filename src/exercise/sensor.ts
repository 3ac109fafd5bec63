// What the IDS sensor writes: Suricata EVE records of flows, names, certificates, requests and signatures.
import { finerThan } from './calendar.ts'
import { hashOf, hexOf } from './dice.ts'
import { ids01 } from './machines.ts'
import type { Emit } from './types.ts'

export const idsSource = 'fernhill-ids'

/** One connection on the wire. */
export interface Wire {
  readonly src: string
  readonly srcPort: number
  readonly dst: string
  readonly dstPort: number
  readonly proto?: 'TCP' | 'UDP'
}
type Detail = Readonly<Record<string, unknown>>

/** 15 digits that belong to the connection, so that its records can be joined. */
const flowId = (wire: Wire): number =>
  1_000_000_000_000 + hashOf(wire.src, wire.srcPort, wire.dst, wire.dstPort) * 997 + (wire.srcPort % 997)

function eve(emit: Emit, time: number, wire: Wire, event: { type: string; detail: Detail }): void {
  const zone = wire.src.startsWith('10.20.') || wire.src.startsWith('10.21.') || wire.src.startsWith('10.30.')
  emit(
    time,
    idsSource,
    `{"timestamp":"${finerThan(time, String(wire.srcPort % 1000).padStart(3, '0'))}+0000","flow_id":${flowId(wire)},` +
      `"in_iface":"${zone ? 'office0' : 'hosting0'}","event_type":"${event.type}","src_ip":"${wire.src}","src_port":${wire.srcPort},` +
      `"dest_ip":"${wire.dst}","dest_port":${wire.dstPort},"proto":"${wire.proto ?? 'TCP'}","host":"${ids01.name}",` +
      JSON.stringify(event.detail).slice(1),
  )
}

export interface Amount {
  /** Bytes to the server and back. */
  readonly out: number
  readonly in: number
  readonly lasted: number
  readonly application: string
}

/** The end of a flow, with how much went each way. */
export function flowEnded(emit: Emit, time: number, wire: Wire, amount: Amount): void {
  const packets = (bytes: number): number => Math.max(3, Math.ceil(bytes / 1180))
  eve(emit, time, wire, {
    type: 'flow',
    detail: {
      app_proto: amount.application,
      flow: {
        pkts_toserver: packets(amount.out),
        pkts_toclient: packets(amount.in),
        bytes_toserver: amount.out,
        bytes_toclient: amount.in,
        start: `${finerThan(time - amount.lasted, '000')}+0000`,
        end: `${finerThan(time, '000')}+0000`,
        age: Math.round(amount.lasted / 1000),
        state: 'closed',
        reason: 'timeout',
        alerted: false,
      },
    },
  })
}

/** A TLS handshake with its server name. */
export const handshake = (emit: Emit, time: number, wire: Wire, name: string): void =>
  eve(emit, time, wire, {
    type: 'tls',
    detail: {
      tls: {
        subject: `CN=${name}`,
        issuerdn: 'C=US, O=Example Trust Services, CN=Example TLS CA 2',
        sni: name,
        version: 'TLS 1.3',
        ja3: { hash: hexOf(32, 'ja3', wire.src) },
      },
    },
  })

/** A question for a name and its answer. */
export const nameAsked = (emit: Emit, time: number, wire: Wire, question: { name: string; address: string }): void =>
  eve(
    emit,
    time,
    { ...wire, proto: 'UDP' },
    {
      type: 'dns',
      detail: {
        dns: {
          type: 'answer',
          id: wire.srcPort,
          rcode: 'NOERROR',
          rrname: question.name,
          rrtype: 'A',
          answers: [{ rrname: question.name, rrtype: 'A', ttl: 300, rdata: question.address }],
        },
      },
    },
  )

/** A plain HTTP request. */
export const requested = (
  emit: Emit,
  time: number,
  wire: Wire,
  http: { host: string; url: string; agent: string; status: number; length: number; type: string },
): void =>
  eve(emit, time, wire, {
    type: 'http',
    detail: {
      http: {
        hostname: http.host,
        url: http.url,
        http_user_agent: http.agent,
        http_content_type: http.type,
        http_method: 'GET',
        protocol: 'HTTP/1.1',
        status: http.status,
        length: http.length,
      },
    },
  })

export interface Signature {
  readonly id: number
  readonly text: string
  readonly category: string
  /** 1 is worst, 3 is mildest. */
  readonly severity: 1 | 2 | 3
}

/** A signature that matched. */
export const signatureHit = (emit: Emit, time: number, wire: Wire, signature: Signature): void =>
  eve(emit, time, wire, {
    type: 'alert',
    detail: {
      alert: {
        action: 'allowed',
        gid: 1,
        signature_id: signature.id,
        rev: 2,
        signature: signature.text,
        category: signature.category,
        severity: signature.severity,
      },
    },
  })
