// castellan model import: what the operation of the same name drafts, written into the workspace when asked for.
import { z } from 'zod'
import { Fault, type Issue, IssueView, systemActor } from '#kernel'
import { writeImport } from '#exchange'
import { systemClock } from '#platform'
import { standalone } from './offers.ts'

const Drafted = z.object({
  format: z.string(),
  files: z.array(z.object({ path: z.string(), text: z.string() })),
  counts: z.object({
    rows: z.array(z.object({ noun: z.string(), seen: z.number(), became: z.record(z.string(), z.number()) })),
  }),
  notes: z.array(z.string()),
  issues: z.array(z.custom<Issue>((given) => IssueView.safeParse(given).success)),
})

/** What was drafted, and the paths of the files written. */
export type ImportedModel = z.output<typeof Drafted> & { readonly written: readonly string[] }

/** Drafts model files from other tools' files. Throws Fault UNREADABLE, and CONFLICT when a file to write is there already. */
export async function importModel(asked: {
  readonly workspace: string
  readonly paths: readonly string[]
  readonly format: string | undefined
  readonly into: string | undefined
  readonly write: boolean
}): Promise<ImportedModel> {
  const { workspace, paths, format, into } = asked
  const operation = await standalone('model.import', workspace)
  if (!operation) throw new Fault('BUG', 'model.import is gone')
  const input = operation.input.parse({ paths, ...(format ? { format } : {}), ...(into ? { into } : {}) })
  const call = {
    actor: { ...systemActor, via: 'terminal' as const },
    at: systemClock.now(),
    signal: new AbortController().signal,
    progress: () => undefined,
  }
  const drafted = Drafted.parse(await operation.run(input, call))
  return { ...drafted, written: asked.write ? await writeImport(workspace, drafted.files) : [] }
}
