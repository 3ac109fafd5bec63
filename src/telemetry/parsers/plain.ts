// Text that no parser knows: kept whole, searchable by its words.
import { ocsfClass } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { makeEvent, type TextParser } from './parser.ts'
import { isoTime } from './times.ts'

const name = 'plain'

/** The event of a text; `why` says what went wrong when it should have been more than text. */
export function plainEvent(text: string, received: number, why?: string): ParsedEvent {
  const event = makeEvent(
    name,
    received,
    {},
    {
      time: isoTime(text.slice(0, 35)),
      logsource: { categories: [] },
      class_uid: ocsfClass.base,
      activity: 'text',
      said: text,
      fields: { message: text },
    },
  )
  return { ...event, ...(why === undefined ? {} : { parse_error: why }) }
}

export const plain: TextParser = {
  name,
  reads: 'text',
  does: 'keeps the text whole under `message`, with the ISO time it begins with, if any',
  recognises: 'any text that nothing else recognises',
  recognise: () => true,
  parse: (text, received) => plainEvent(text, received),
}
