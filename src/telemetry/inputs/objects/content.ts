// What stands in an object, cut into records: documents with lists of events, objects of JSON one after another, or lines.
import { documentSplitter } from '../../splitting.ts'
import type { InputContext } from '../input.ts'

/** The records of an object's bytes. What cannot be cut is counted and logged; the rest goes on. */
export async function* recordsOf(
  pieces: AsyncIterable<Buffer>,
  file: string,
  context: Pick<InputContext, 'recordBytes' | 'reject' | 'log'>,
): AsyncGenerator<string> {
  const splitter = documentSplitter({ file, recordChars: context.recordBytes })
  const decoder = new TextDecoder('utf-8')
  function* kept(cut: ReturnType<typeof splitter.push>): Generator<string> {
    for (const one of cut) {
      if (typeof one === 'string') yield one
      else {
        context.reject(1)
        context.log.warn({ issue: one }, 'a part of an object was left out')
      }
    }
  }
  for await (const piece of pieces) yield* kept(splitter.push(decoder.decode(piece, { stream: true })))
  yield* kept(splitter.push(decoder.decode()))
  yield* kept(splitter.end())
}
