// The file of checkpoints, note by note.
import { noteLines, originStart } from './checkpoint.ts'
import { type FileLine, linesOf } from './lines.io.ts'

/** A note as it stands in the file, whole or not. */
export interface Note {
  readonly text: string
  /** Of its first line, from 1. */
  readonly line: number
  readonly offset: number
  /** Offset of what follows it. */
  readonly end: number
  /** Whether it has all its lines, ended; one that was torn by a crash has not. */
  readonly whole: boolean
}

/** The notes in the first `until` bytes of a file. A damaged one ends where the next begins. Throws Fault STORE_DOWN. */
export async function* notesOf(path: string, until: number): AsyncGenerator<Note> {
  let held: Note | undefined
  let count = 0
  for await (const lines of linesOf(path, until)) {
    for (const line of lines) {
      const text = line.bytes.toString()
      if (held && text.startsWith(originStart)) {
        yield held
        held = undefined
      }
      count = held ? count + 1 : 1
      held = extended(held, line, text, count)
      if (count < noteLines) continue
      yield held
      held = undefined
    }
  }
  if (held) yield held
}

const extended = (note: Note | undefined, line: FileLine, text: string, count: number): Note => ({
  text: (note?.text ?? '') + text + (line.ended ? '\n' : ''),
  line: note?.line ?? line.number,
  offset: note?.offset ?? line.offset,
  end: line.offset + line.bytes.length + (line.ended ? 1 : 0),
  whole: count === noteLines && line.ended,
})
