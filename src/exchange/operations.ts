// What may be asked of the exchange: models of other tools in, our model out.
import { isAbsolute, relative, resolve } from 'node:path'
import { z } from 'zod'
import {
  type Actor,
  anyRole,
  engineers,
  Fault,
  type Issue,
  IssueView,
  operation,
  placeText,
  type RoomOperation,
} from '#kernel'
import type { Model } from '#model'
import { exporters } from './exporters/table.ts'
import { importTexts } from './import.ts'
import { importers } from './importers/table.ts'
import { readSourceFiles } from './read-files.io.ts'
import { type Draft, nouns } from './types.ts'
import { yamlTexts } from './yaml-text.ts'

/** The exchange of one workspace. */
export interface Exchange {
  readonly workspace: string
  readonly model: Model
}

const ask = operation<Exchange>()
const numbers = z.record(z.string(), z.number())
const folderName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}(\/[A-Za-z0-9][A-Za-z0-9._-]{0,59}){0,4}$/

export const operations: readonly RoomOperation<Exchange>[] = [
  ask({
    name: 'model.import',
    does: 'draft model files from what other tools say of the estate; nothing is written',
    kind: 'read',
    may: engineers,
    input: z.strictObject({
      paths: z
        .array(z.string().min(1).max(4_096))
        .min(1)
        .max(1_000)
        .meta({ description: 'files and folders, from the workspace' }),
      format: z
        .string()
        .max(60)
        .optional()
        .meta({
          description: `${importers.map(({ name }) => name).join(', ')}; found by what stands in the files when left out`,
        }),
      into: z
        .string()
        .regex(folderName)
        .optional()
        .meta({ description: 'folder below model/ for the files; the name of the format when left out' }),
    }),
    output: z.strictObject({
      format: z.string(),
      files: z.array(z.strictObject({ path: z.string(), text: z.string() })),
      counts: z.strictObject({
        seen: numbers,
        written: z.record(z.enum(nouns), z.number()),
        added: z.record(z.enum(nouns), z.number()),
        rows: z.array(z.strictObject({ noun: z.string(), seen: z.number(), became: numbers })),
      }),
      notes: z.array(z.string()),
      issues: z.array(IssueView),
    }),
    example: { paths: ['docker-compose.yml'] },
    positional: ['paths'],
    async run({ paths, format, into }, { workspace, model }, { actor }) {
      const within = actor.via === 'terminal' ? undefined : workspace
      const read = await readSourceFiles(
        paths.map((path) => allowed(path, workspace, actor)),
        within,
      )
      const imported = importTexts(
        read.texts.map(({ file, text }) => ({ file: shown(file, workspace), text })),
        format,
      )
      if (!imported.ok) throw unreadable([...read.issues, ...imported.fail])
      const { draft, issues, format: name } = imported.value
      return {
        format: name,
        files: yamlTexts(draft, `model/${into ?? name}`),
        counts: {
          seen: { ...draft.counts.seen },
          written: { ...draft.counts.written },
          added: { ...draft.counts.added },
          rows: draft.counts.rows.map((row) => ({ ...row, became: { ...row.became } })),
        },
        notes: [...draft.notes, ...already(draft, model)],
        issues: [...read.issues.map((one) => ({ ...one, severity: 'warning' as const })), ...issues],
      }
    },
  }),
  ask({
    name: 'model.export',
    does: 'print the model in the format of another tool',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      format: z
        .enum(exporters.map(({ name }) => name))
        .meta({ description: exporters.map(({ name, holds }) => `${name}: ${holds}`).join('; ') }),
    }),
    output: z.strictObject({ format: z.string(), file: z.string(), text: z.string() }),
    example: { format: 'otm' },
    positional: ['format'],
    run({ format }, { model }) {
      const exporter = exporters.find(({ name }) => name === format)
      if (!exporter) throw new Fault('NOT_FOUND', `exporter ${format}`)
      return { format, file: exporter.file, text: exporter.write(model.estate) }
    },
  }),
]

/** Who is at the terminal may read any path; others only what lies in the workspace, and not what Castellan keeps there. */
function allowed(path: string, workspace: string, actor: Actor): string {
  const whole = resolve(workspace, path)
  if (actor.via === 'terminal') return whole
  const inside = relative(workspace, whole)
  if (isAbsolute(inside) || inside.split(/[\\/]/).some((part) => part.startsWith('.')))
    throw new Fault('FORBIDDEN', `${path} is not a plain path inside the workspace; import it from the command line`)
  return whole
}

const shown = (file: string, workspace: string): string => {
  const inside = relative(workspace, file)
  return inside.startsWith('..') || isAbsolute(inside) ? file : inside
}

const mostTold = 10
const unreadable = (issues: readonly Issue[]): Fault => {
  const told = issues
    .slice(0, mostTold)
    .map(({ at, text, help }) => `${placeText(at)}: ${text}${help === undefined ? '' : `; ${help}`}`)
  return new Fault(
    'UNREADABLE',
    `what is to be imported. ${told.join('. ')}${issues.length > mostTold ? `. ${issues.length - mostTold} more` : ''}`,
  )
}

/** Ids of the draft that the model has already: writing both would give each twice. */
function already(draft: Draft, { estate }: Model): string[] {
  return nouns.flatMap((noun) => {
    const known = new Set(estate[noun].map(({ id }) => id))
    const same = [...draft[noun].keys()].filter((id) => known.has(id))
    if (same.length === 0) return []
    const some = same.slice(0, 8).join(', ')
    return [
      `${same.length} ${noun} are in the model already: ${some}${same.length > 8 ? ', …' : ''}; rename them, or put what is new under extend:`,
    ]
  })
}
