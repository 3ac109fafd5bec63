// Searches written into files to be fetched once: the file lies in the workspace's folder until then, at most for ten minutes.
import { createReadStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, newIdText, type Random } from '#kernel'
import type { EventEngine, FileFormat } from '#platform'
import { chartStep, type HuntFilter, planHunt } from './hunt.ts'
import { exportSql } from './query/export.ts'

export interface ExportAsk extends Omit<HuntFilter, 'limit' | 'before'> {
  readonly format: FileFormat
}
/** A file that waits to be fetched. */
export interface Exported {
  readonly id: string
  /** As it may be called where it is kept. */
  readonly name: string
  readonly bytes: number
  readonly took: number
}
/** What is fetched: read it to its end or end it; the file is gone afterwards. */
export interface Fetched {
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly body: NodeJS.ReadableStream
}

const types: Readonly<Record<FileFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
}
const keptMilliseconds = 600_000
const mostWaiting = 20
const longestMilliseconds = 600_000

interface Deps {
  readonly events: EventEngine
  readonly folder: string
  readonly now: () => number
  readonly random: Random
}

/** Exports of one house. What an earlier process left is removed. */
export function exports({ events, folder, now, random }: Deps) {
  const waiting = new Map<
    string,
    Exported & { readonly at: number; readonly format: FileFormat; readonly path: string }
  >()
  let ready: Promise<unknown> | undefined
  const prepare = () =>
    (ready ??= rm(folder, { recursive: true, force: true }).then(() => mkdir(folder, { recursive: true, mode: 0o700 })))

  async function forget(): Promise<void> {
    for (const [id, { at, path }] of waiting) {
      if (now() - at < keptMilliseconds && waiting.size <= mostWaiting) continue
      waiting.delete(id)
      await rm(path, { force: true })
    }
  }
  return {
    /** Writes all that a search finds into a file. Throws Fault INPUT_INVALID with the place, TOO_LARGE, CANCELLED, STORE_DOWN. */
    async export(asked: ExportAsk): Promise<Exported> {
      const began = performance.now()
      await prepare()
      await forget()
      const plan = await planHunt(events, asked, now())
      const step = plan.chart ? await chartStep(events, plan, asked) : 1
      const sql = exportSql(plan, { csv: asked.format === 'csv', step })
      const id = newIdText('exp', now(), random)
      const path = join(folder, `${id}.${asked.format}`)
      const limits = { milliseconds: longestMilliseconds, signal: asked.signal }
      await events.save(sql, plan.making.params, { path, format: asked.format }, limits)
      const name = `castellan-${new Date(now()).toISOString().slice(0, 19).replaceAll(':', '')}.${asked.format}`
      const { size: bytes } = await stat(path)
      const one = { id, name, bytes, took: Math.round(performance.now() - began) }
      waiting.set(id, { ...one, at: now(), format: asked.format, path })
      return one
    },
    /** A file, once. Throws Fault NOT_FOUND when there is none of this id, or no longer. */
    fetch(id: string): Fetched {
      const one = waiting.get(id)
      if (!one) throw new Fault('NOT_FOUND', `export ${id}; it can be fetched once, within ten minutes`)
      waiting.delete(id)
      const body = createReadStream(one.path)
      body.once('close', () => void rm(one.path, { force: true }))
      return { name: one.name, type: types[one.format], bytes: one.bytes, body }
    },
    async close(): Promise<void> {
      waiting.clear()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
export type Exports = ReturnType<typeof exports>
