// Events of files without a server: read with the workspace's own parsers first, and counted as they pass.
import type { Issue } from '#kernel'
import { type FileEvent, readEventFiles } from '#telemetry'
import { readingLimits } from './examine.ts'
import { ownParsers } from './parsers.ts'

export interface ReadFiles {
  readonly paths: readonly string[]
  /** Workspace whose own parsers are asked first. */
  readonly workspace?: string | undefined
  readonly signal: AbortSignal
  /** Bytes done, bytes in all, and the file at work. */
  readonly progress: (done: number, total: number, text: string) => void
}

/** What has been read so far. */
export interface FileCounts {
  readonly files: number
  readonly events: number
  /** Kept as text, because no parser understood them. */
  readonly unparsed: number
}
export interface FileEvents {
  /** All events, some of one file at a time. */
  readonly batches: AsyncIterable<{
    readonly file: string
    readonly events: readonly FileEvent[]
  }>
  readonly counts: FileCounts
  /** What could not be read, of parsers and of files; it grows while events are read. */
  readonly issues: readonly Issue[]
}

/** Opens files and folders of events. What cannot be read is an Issue; everything else goes on. */
export async function fileEvents({ paths, workspace, signal, progress }: ReadFiles): Promise<FileEvents> {
  const own = await ownParsers(workspace)
  const issues: Issue[] = [...own.issues]
  const files = new Set<string>()
  let [events, unparsed] = [0, 0]
  async function* read() {
    for await (const batch of readEventFiles(paths, {
      ...readingLimits,
      parsers: own.parsers,
      signal,
      progress,
    })) {
      if (batch.events.length > 0 || batch.issues.length === 0) files.add(batch.file)
      issues.push(...batch.issues)
      events += batch.events.length
      unparsed += batch.events.filter(({ parse_error }) => parse_error !== undefined).length
      yield { file: batch.file, events: batch.events }
    }
  }
  return {
    batches: read(),
    get counts() {
      return { files: files.size, events, unparsed }
    },
    issues,
  }
}
