// What Castellan itself saw change on the machine it watches: ports, packages, accounts, addresses.
import { ocsfClass, type OcsfClass } from '#standards'
import type { ParsedEvent } from '../types.ts'
import { flatten } from './flatten.ts'
import { type JsonObject, type JsonParser, makeEvent } from './parser.ts'
import { anyTime } from './times.ts'
import { accountOf, hostOf, portOf, textOf } from './values.ts'

const name = 'host-change'

const classes: Readonly<Record<string, OcsfClass>> = {
  user: ocsfClass.accountChange,
  account: ocsfClass.accountChange,
  port: ocsfClass.networkActivity,
}

function parse(object: JsonObject, received: number): ParsedEvent {
  const fields = flatten(object)
  const kind = textOf(fields['kind']) ?? 'change'
  const who = {
    host: hostOf(fields['host']),
    user: accountOf(fields['user']),
    dst_port: portOf(fields['port']),
    process: textOf(fields['process']),
  }
  return makeEvent(name, received, who, {
    time: anyTime(fields['time']),
    logsource: { product: 'castellan', service: 'host', categories: [] },
    class_uid: classes[kind.split('-')[0] ?? ''] ?? ocsfClass.base,
    activity: kind === 'snapshot' ? 'host described' : kind.replaceAll('-', ' '),
    detail: textOf(fields['text']),
    fields,
  })
}

export const hostChange: JsonParser = {
  name,
  reads: 'json',
  does: 'reads what Castellan reports about its own machine: ports, packages, accounts, addresses',
  recognises: '`"castellan": "host-change"`',
  recognise: (object) => object['castellan'] === 'host-change',
  parse,
}
