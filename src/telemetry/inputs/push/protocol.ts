// What a protocol is that pushes records by HTTP: routes, bytes → records, and its own words for every answer. Pure.
import type { Envelope } from '../../envelope.ts'

/** A record and what the sender says about it. */
export interface PushRecord {
  readonly text: string
  readonly envelope?: Envelope | undefined
}

/** A request with its body unpacked. */
export interface PushRequest {
  readonly method: string
  /** Path below the protocol's root, as in its routes. */
  readonly route: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** The highest sequence number on the disk. */
  readonly last: number
}

export interface PushAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly type?: string
  readonly body: string | Buffer
}

/** What became of the records: `tooLong` by index, `last` the sequence number of the last one on the disk. */
export interface PushTaken {
  readonly tooLong: ReadonlySet<number>
  readonly first: number
  readonly last: number
}

/** Either an answer at once, or records and the answer once they are on the disk. */
export type Decoded =
  | PushAnswer
  | { readonly records: readonly PushRecord[]; readonly answer: (taken: PushTaken) => PushAnswer }

/** Why a request is refused before or after it was read. */
export type Refusal = 'unknown-sender' | 'no-sender' | 'forbidden' | 'too-large' | 'unreadable' | 'busy' | 'down'

export interface PushProtocol {
  readonly name: string
  readonly does: string
  /** Method and path. `*` at the end takes any rest. */
  readonly routes: readonly (readonly [method: string, path: string])[]
  /** Routes that need no sender. */
  readonly open?: readonly string[]
  /** Makes records of a request. Never throws. */
  decode(request: PushRequest): Decoded
  /** The refusal in the protocol's words; `text` for people. */
  refuse(why: Refusal, text: string, request: Pick<PushRequest, 'headers'>): PushAnswer
}

export const isAnswer = (decoded: Decoded): decoded is PushAnswer => 'status' in decoded

/** HTTP status of a refusal, where the protocol has no other. */
export const refusalStatus: Readonly<Record<Refusal, number>> = {
  'no-sender': 401,
  'unknown-sender': 401,
  forbidden: 403,
  'too-large': 413,
  unreadable: 400,
  busy: 429,
  down: 503,
}

/** An answer in JSON. */
export const jsonAnswer = (status: number, body: unknown, headers?: PushAnswer['headers']): PushAnswer => ({
  status,
  body: JSON.stringify(body),
  type: 'application/json; charset=utf-8',
  ...(headers && { headers }),
})

/** Lines of a body that say something; line ends are cut off. */
export function linesOf(body: Buffer): string[] {
  return body
    .toString('utf8')
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
    .filter((line) => line.trim() !== '')
}
