// Elasticsearch's `_bulk`, and what its clients ask before they send: product, version, licence, templates. Documents stay letter by letter.
import { envelopeOf } from '../../envelope.ts'
import { isObject } from '../../parsers/values.ts'
import { elasticAsks, productHeaders } from './elastic-asks.ts'
import {
  type Decoded,
  jsonAnswer,
  linesOf,
  type PushAnswer,
  type PushProtocol,
  type PushRecord,
  type PushRequest,
  type PushTaken,
  type Refusal,
  refusalStatus,
} from './protocol.ts'

const verbs = ['index', 'create', 'update', 'delete'] as const
type Verb = (typeof verbs)[number]

/** One line of a bulk request. `record` is its place among the records; none for what is refused. */
interface Item {
  readonly verb: Verb
  readonly index: string
  readonly id: string | undefined
  readonly record: number | undefined
}

const fault = (status: number, type: string, reason: string): PushAnswer =>
  jsonAnswer(
    status,
    { error: { root_cause: [{ type, reason }], type, reason }, status },
    { ...productHeaders, ...(status === 429 ? { 'retry-after': '2' } : {}) },
  )

interface Action {
  readonly verb: Verb
  readonly index: string | undefined
  readonly id: string | undefined
  readonly pipeline: string | undefined
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function actionOf(line: string): Action | undefined {
  try {
    const said: unknown = JSON.parse(line)
    if (!isObject(said)) return undefined
    const verb = verbs.find((one) => said[one] !== undefined)
    const meta = verb === undefined ? undefined : said[verb]
    if (verb === undefined || !isObject(meta)) return undefined
    return { verb, index: textIn(meta['_index']), id: textIn(meta['_id']), pipeline: textIn(meta['pipeline']) }
  } catch {
    return undefined
  }
}

/** What a document's place says about it: the name of the index is a hint at the format. */
const envelopeFor = (index: string, id: string | undefined, pipeline: string | undefined) =>
  envelopeOf({
    format: index,
    fields: { 'elastic.index': index, 'elastic.id': id, 'elastic.pipeline': pipeline },
  })

/** What a bulk request asks, or why it cannot be read. */
interface Bulk {
  readonly items: Item[]
  readonly records: PushRecord[]
}

function bulkOf(request: PushRequest): Bulk | PushAnswer {
  const lines = linesOf(request.body)
  const asked: Bulk = { items: [], records: [] }
  for (let at = 0; at < lines.length; at += 1) {
    const action = actionOf(lines[at] ?? '')
    const index = action?.index ?? request.params['index']
    if (!action || index === undefined)
      return fault(400, 'illegal_argument_exception', `Malformed action/metadata line [${asked.items.length + 1}]`)
    const document = action.verb === 'delete' ? undefined : lines[(at += 1)]
    if (action.verb !== 'delete' && document === undefined)
      return fault(400, 'illegal_argument_exception', 'The bulk request must be terminated by a newline [\\n]')
    addItem(asked, { ...action, index, pipeline: action.pipeline ?? request.query['pipeline'] }, document)
  }
  return asked
}

type Placed = Omit<Action, 'index'> & { readonly index: string }

function addItem({ items, records }: Bulk, { verb, index, id, pipeline }: Placed, document: string | undefined): void {
  const isNew = (verb === 'index' || verb === 'create') && document !== undefined
  items.push({ verb, index, id, record: isNew ? records.length : undefined })
  if (isNew) records.push({ text: document, envelope: envelopeFor(index, id, pipeline) })
}

function bulk(request: PushRequest): Decoded {
  const asked = bulkOf(request)
  if ('status' in asked) return asked
  const { items, records } = asked
  if (items.length === 0) return fault(400, 'parse_exception', 'request body is required')
  return { records, answer: (taken) => bulkAnswer(items, taken) }
}

const reasons: Readonly<Record<Verb, string>> = {
  index: 'the document is longer than a record may be',
  create: 'the document is longer than a record may be',
  update: 'events are never changed',
  delete: 'events are never deleted one by one',
}

function itemAnswer(item: Item, seq: number | undefined) {
  const { verb, index, id } = item
  const known = { _index: index, _id: id ?? (seq === undefined ? null : String(seq)) }
  if (seq === undefined) {
    const error = { type: 'illegal_argument_exception', reason: reasons[verb] }
    return { [verb]: { ...known, status: 400, error } }
  }
  const shards = { total: 1, successful: 1, failed: 0 }
  return {
    [verb]: { ...known, _version: 1, result: 'created', _shards: shards, _seq_no: seq, _primary_term: 1, status: 201 },
  }
}

/** The sequence number of each record, none for those that were too long. */
function numbering({ first, tooLong }: PushTaken): (record: number) => number | undefined {
  const left = [...tooLong].sort((a, b) => a - b)
  let [skipped, next] = [0, 0]
  return (record) => {
    while (next < left.length && (left[next] ?? 0) < record) {
      next += 1
      skipped += 1
    }
    return tooLong.has(record) ? undefined : first + record - skipped
  }
}

function bulkAnswer(items: readonly Item[], taken: PushTaken): PushAnswer {
  const seqOf = numbering(taken)
  let errors = false
  const answers = items.map((item) => {
    const seq = item.record === undefined ? undefined : seqOf(item.record)
    errors ||= seq === undefined
    return itemAnswer(item, seq)
  })
  return jsonAnswer(200, { took: 0, errors, items: answers }, productHeaders)
}

/** One document by itself. */
function single(request: PushRequest): Decoded {
  const text = request.body.toString('utf8').trim()
  const { index = '', id } = request.params
  if (text === '') return fault(400, 'parse_exception', 'request body is required')
  const item: Item = { verb: 'create', index, id, record: 0 }
  return {
    records: [{ text, envelope: envelopeFor(index, id, request.query['pipeline']) }],
    answer(taken) {
      const seq = numbering(taken)(0)
      if (seq === undefined) return fault(400, 'illegal_argument_exception', reasons.create)
      return jsonAnswer(201, itemAnswer(item, seq)['create'], productHeaders)
    },
  }
}

const kinds: Readonly<Record<Refusal, string>> = {
  'no-sender': 'security_exception',
  'unknown-sender': 'security_exception',
  forbidden: 'security_exception',
  'too-large': 'content_too_large_exception',
  unreadable: 'parse_exception',
  busy: 'es_rejected_execution_exception',
  down: 'unavailable_shards_exception',
}

export const elastic: PushProtocol = {
  name: 'elastic',
  does: "Elasticsearch's `_bulk`",
  routes: [
    ['POST', '/_bulk'],
    ['PUT', '/_bulk'],
    ['POST', '/:index/_bulk'],
    ['PUT', '/:index/_bulk'],
    ['POST', '/:index/_doc'],
    ['POST', '/:index/_doc/:id'],
    ['PUT', '/:index/_doc/:id'],
    ['POST', '/:index/_create/:id'],
    ['PUT', '/:index/_create/:id'],
    ...elasticAsks.map(({ method, path }) => [method, path] as const),
  ],
  decode(request) {
    if (request.route.endsWith('/_bulk')) return bulk(request)
    if (request.route.startsWith('/:index/')) return single(request)
    const ask = elasticAsks.find(({ method, path }) => method === request.method && path === request.route)
    return ask ? ask.answer(request) : fault(404, 'resource_not_found_exception', 'not here')
  },
  refuse: (why, text) => fault(refusalStatus[why], kinds[why], text),
}
