// Texts of other tools → a draft: which format they are, and what became of everything in them.
import { type Issue, no, ok, type Result } from '#kernel'
import { didYouMean } from '#platform'
import type { Importer } from './importers/importer.ts'
import { importers } from './importers/table.ts'
import { readSource, type Source, type SourceText } from './sources.ts'
import type { Draft } from './types.ts'
import { grouped } from './values.ts'

export interface Imported {
  /** Name of the importer. */
  readonly format: string
  readonly draft: Draft
  /** Files that were left out, and why. */
  readonly issues: readonly Issue[]
}

const issue = (code: string, file: string, text: string, help: string): Issue => ({
  code,
  severity: 'error',
  at: { file },
  text,
  help,
})

const formats = importers.map(({ name }) => name)

/**
 * The texts as one draft. The format is found by what stands in them unless it is given. Files of no known format and files that cannot be read are
 * left out with an Issue each; when nothing is left, or files are of several formats, it fails. Never throws.
 */
export function importTexts(texts: readonly SourceText[], format?: string): Result<Imported, Issue[]> {
  const chosen = format === undefined ? undefined : importers.find(({ name }) => name === format)
  if (format !== undefined && !chosen)
    return no([issue('import-format', format, `there is no importer called ${format}`, didYouMean(format, formats))])
  const read = texts.map((text) => readSource(text))
  const unread = read.flatMap((one) => (one.ok ? [] : one.fail))
  const sources = read.flatMap((one) => (one.ok ? [one.value] : []))
  const known = sources.map((source) => ({ source, importer: chosen ?? importerOf(source) }))
  const unknown = known.flatMap(({ source, importer }) => (importer ? [] : [unknownFormat(source.file)]))
  const found = [...grouped(known, ({ importer }) => importer)].filter(
    (one): one is [Importer, typeof known] => one[0] !== undefined,
  )
  const [first, second] = found
  if (!first)
    return no([
      ...unread,
      ...unknown,
      ...(texts.length === 0 ? [issue('import-empty', '', 'there are no files', 'give files or folders')] : []),
    ])
  if (second) {
    const listed = found.map(([importer, some]) => `${importer.name} (${some[0]?.source.file ?? ''})`).join(', ')
    return no([
      issue(
        'import-several-formats',
        second[1][0]?.source.file ?? '',
        `these files are of several formats: ${listed}`,
        'import one at a time, or say which with --format',
      ),
    ])
  }
  const [importer, some] = first
  const drafted = importer.read(some.map(({ source }) => source))
  if (!drafted.ok) return no([...unread, ...drafted.fail])
  return ok({
    format: importer.name,
    draft: drafted.value,
    issues: [...unread, ...unknown].map((one) => ({ ...one, severity: 'warning' as const })),
  })
}

/** The importer that knows the form of a file, if any does. */
export const importerOf = (source: Source): Importer | undefined =>
  importers.find((importer) => importer.recognises(source))

const unknownFormat = (file: string): Issue =>
  issue('import-unknown', file, 'this is of no format that can be imported', `known are ${formats.join(', ')}`)
