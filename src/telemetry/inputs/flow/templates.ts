// Templates of NetFlow v9 and IPFIX: which fields the records of a set have. Remembered per exporter and domain, within bounds.
import { type Element, elementOf } from './elements.ts'

export interface TemplateField extends Element {
  /** Bytes; `variable` when each record says it. */
  readonly length: number
}
export interface Template {
  readonly fields: readonly TemplateField[]
  /** Whether its records are about the exporter and not flows. */
  readonly isOptions: boolean
  /** The least bytes of one record. */
  readonly least: number
}

export const variable = 65_535
const [mostFields, mostTemplates, mostExporters, mostWaiting] = [512, 1_000, 1_000, 128]

/** Data whose template has not come yet. */
export interface WaitingSet {
  readonly id: number
  readonly bytes: Buffer
  readonly uptime: number | undefined
  readonly exported: number
}

/** What is known of one exporter's domain. */
export interface Exporter {
  readonly templates: Map<number, Template>
  waiting: WaitingSet[]
  /** One packet in so many is looked at; 0 when it has not said. */
  sampling: number
}

/** All exporters; the one unheard of for longest goes when there are more than a thousand. */
export class Exporters {
  private readonly known = new Map<string, Exporter>()

  of(name: string): Exporter {
    const exporter = this.known.get(name) ?? { templates: new Map(), waiting: [], sampling: 0 }
    this.known.delete(name)
    this.known.set(name, exporter)
    const [oldest] = this.known.keys()
    if (this.known.size > mostExporters && oldest !== undefined) this.known.delete(oldest)
    return exporter
  }

  get size(): number {
    return this.known.size
  }
}

export function learn(exporter: Exporter, id: number, template: Template): void {
  const { templates } = exporter
  templates.delete(id)
  templates.set(id, template)
  const [oldest] = templates.keys()
  if (templates.size > mostTemplates && oldest !== undefined) templates.delete(oldest)
}

/** Keeps a set until its template comes; answers whether there was room. */
export function hold(exporter: Exporter, set: WaitingSet): boolean {
  if (exporter.waiting.length >= mostWaiting) return false
  exporter.waiting.push({ ...set, bytes: Buffer.from(set.bytes) })
  return true
}

/** Sets that waited for a template. */
export function release(exporter: Exporter, id: number): WaitingSet[] {
  const ready = exporter.waiting.filter((set) => set.id === id)
  if (ready.length > 0) exporter.waiting = exporter.waiting.filter((set) => set.id !== id)
  return ready
}

/** Reads `count` field specifiers; nothing when they are cut off or too many. With `enterprise`, the first bit says that a number of an enterprise follows. */
export function fieldsAt(
  bytes: Buffer,
  at: number,
  { count, enterprise }: { readonly count: number; readonly enterprise: boolean },
): { fields: TemplateField[]; end: number } | undefined {
  if (count > mostFields) return undefined
  const fields: TemplateField[] = []
  for (let index = 0; index < count; index += 1) {
    if (at + 4 > bytes.length) return undefined
    const [number, length] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)]
    at += 4
    const isForeign = enterprise && number >= 0x8000
    if (isForeign && at + 4 > bytes.length) return undefined
    fields.push({ ...elementOf(isForeign ? number & 0x7fff : number, isForeign ? bytes.readUInt32BE(at) : 0), length })
    if (isForeign) at += 4
  }
  return { fields, end: at }
}

/** A template of these fields; nothing when its records would have no bytes. */
export function templateOf(fields: readonly TemplateField[], isOptions: boolean): Template | undefined {
  const least = fields.reduce((sum, { length }) => sum + (length === variable ? 1 : length), 0)
  return least === 0 ? undefined : { fields, isOptions, least }
}
