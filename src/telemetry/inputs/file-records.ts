// Bytes of a file on their way to records: cut into lines, joined, under the header that explains them; and where to begin again.
import { createFramer, type Framed, type Framer } from '../frames.ts'
import { createJoiner, type JoinedRecord, type Joiner, type JoinRule } from '../joining.ts'
import { type Headed, headed } from '../parsers/headed.ts'

/** How a file is read. */
export interface FileReading {
  /** Longest record, bytes. */
  readonly limit: number
  readonly join: JoinRule
  /** The first line names the columns of a CSV file. */
  readonly csv: boolean
}
/** Where reading begins: a place before which all is taken, what was taken behind it, and the header in force there. */
export interface BeginAt {
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly header?: string | undefined
  /** Starts of lines behind `offset` that were taken: an audit event that is not complete yet stood before them. */
  readonly taken?: readonly number[] | undefined
}
export interface FileRecords {
  push(piece: Buffer, now: number): Pick<Framed, 'texts' | 'rejected'>
  /** Records that have waited long enough for their next line. */
  tick(now: number): readonly string[]
  /** Everything that is held: nothing will be added. */
  end(now: number): Pick<Framed, 'texts' | 'rejected'>
  /** Where to begin again when everything given out so far is on the disk. */
  readonly place: BeginAt
  /** Whether there is anything that is not given out. */
  readonly holds: boolean
}

interface Mark {
  readonly start: number
  readonly header: string
}

/** Begins to read a file at a place. The same bytes give the same records, however they come and wherever reading stopped in between. */
export function fileRecords(reading: FileReading, begin: BeginAt): FileRecords {
  return new Records(reading, begin)
}

class Records implements FileRecords {
  private readonly framer: Framer
  private readonly headed: Headed
  private readonly joiner: Joiner<Mark>
  private readonly begin: number
  private read: number
  /** Starts of lines that are given out, behind the place to begin again. */
  private out: readonly number[]
  private readonly passed: Set<number>

  constructor({ limit, join, csv }: FileReading, { offset, header, taken = [] }: BeginAt) {
    this.framer = createFramer({ limit })
    this.headed = headed({ csv, known: header, begun: offset > 0 })
    this.joiner = createJoiner({ rule: join, bytes: limit })
    this.begin = offset
    this.read = offset
    this.out = taken
    this.passed = new Set(taken)
  }

  push(piece: Buffer, now: number): Pick<Framed, 'texts' | 'rejected'> {
    this.read += piece.length
    return this.take(this.framer.push(piece), now)
  }

  tick(now: number): readonly string[] {
    return this.texts(this.joiner.tick(now))
  }

  end(now: number): Pick<Framed, 'texts' | 'rejected'> {
    const last = this.take(this.framer.end(), now)
    return { rejected: last.rejected, texts: [...last.texts, ...this.texts(this.joiner.flush())] }
  }

  private take({ texts, starts, rejected }: Framed, now: number): Pick<Framed, 'texts' | 'rejected'> {
    const lines = texts.flatMap((text, at) => {
      const start = this.begin + (starts[at] ?? 0)
      const record = this.headed.push(text)
      if (record === undefined || this.passed.has(start)) return []
      return [{ text, mark: { start, header: record === text ? '' : this.headed.header } }]
    })
    return { texts: this.texts(this.joiner.push(lines, now)), rejected }
  }

  private texts(records: readonly JoinedRecord<Mark>[]): string[] {
    if (records.length === 0) return []
    const { offset } = this.place
    const starts = records.flatMap(({ marks }) => marks.map(({ start }) => start))
    this.out = [...this.out, ...starts].filter((start) => start >= offset)
    return records.map(({ text, mark: { header } }) => (header === '' ? text : `${header}\n${text}`))
  }

  get place(): BeginAt {
    const { oldest } = this.joiner
    const offset = oldest?.start ?? this.read - this.framer.held
    const header = oldest?.header ?? this.headed.header
    const taken = this.out.filter((start) => start >= offset)
    return { offset, ...(header !== '' && { header }), ...(taken.length > 0 && { taken }) }
  }

  get holds(): boolean {
    return this.framer.held > 0 || this.joiner.held > 0
  }
}
