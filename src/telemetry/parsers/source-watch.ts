// What this program says of its own sources: one fell silent, sends less or more than usual, or as usual again.
import { ocsfClass } from '#standards'
import { flatten } from './flatten.ts'
import { type JsonObject, type JsonParser, makeEvent } from './parser.ts'
import { anyTime } from './times.ts'
import { textOf } from './values.ts'

const name = 'source-watch'
const activities: Readonly<Record<string, string>> = {
  silent: 'source fell silent',
  low: 'source sends less than usual',
  high: 'source sends more than usual',
  usual: 'source sends as usual again',
}

export const sourceWatch: JsonParser = {
  name,
  reads: 'json',
  does: 'tells that a source of events fell silent, changed its rate, or sends as usual again',
  recognises: 'what Castellan says about its own sources',
  recognise: ({ castellan, change }) => castellan === name && typeof change === 'string',
  parse(object: JsonObject, received: number) {
    const fields = flatten(object)
    const change = textOf(fields['change']) ?? ''
    const isUsual = change === 'usual'
    return makeEvent(
      name,
      received,
      {},
      {
        time: anyTime(fields['time']),
        logsource: { product: 'castellan', service: name, categories: [] },
        class_uid: ocsfClass.base,
        activity: activities[change] ?? 'source changed',
        severity_id: isUsual ? 1 : 3,
        detail: `${textOf(fields['source']) ?? ''}: ${textOf(fields['text']) ?? ''}`,
        fields,
      },
    )
  },
}
