// Where the structured log goes: standard error, or a file in the workspace's own folder.
import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createLog, type Log, type LogLevel } from '#platform'

/** A log file larger than this is put aside (castellan.log.1) at the next start. */
const mostBytes = 16 * 1_048_576

/** A log; with a folder it is written to castellan.log in there, readable by the owner only. */
export function openLog({ level, folder }: { level: LogLevel; folder: string | undefined }): Log {
  if (folder === undefined) return createLog({ level })
  const file = join(folder, 'castellan.log')
  if (existsSync(file) && statSync(file).size > mostBytes) renameSync(file, `${file}.1`)
  return createLog({ level, destination: { write: (line) => writeLine(file, line) } })
}

/** A disk that is full may cost lines of the log; it must not stop what is being logged about. */
function writeLine(file: string, line: string): void {
  try {
    appendFileSync(file, line, { mode: 0o600 })
  } catch {
    process.stderr.write(line)
  }
}
