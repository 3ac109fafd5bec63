// GELF over HTTP: one message a request, or several one a line. Answered with 202 and nothing.
import { gelfRecord } from './gelf-message.ts'
import { valuesIn } from './json-spans.ts'
import { jsonAnswer, type PushProtocol, refusalStatus } from './protocol.ts'

export const gelf: PushProtocol = {
  name: 'gelf',
  does: 'Graylog Extended Log Format (GELF)',
  routes: [['POST', '/gelf']],
  decode({ body }) {
    const text = body.toString('utf8')
    const { spans, rest } = valuesIn(text)
    const texts = spans.map(({ from, to }) => text.slice(from, to))
    // What cannot be told apart is one record, as it came.
    const records = (rest >= 0 ? [text] : texts).map(gelfRecord)
    if (records.length === 0 || text.trim() === '') return jsonAnswer(400, { error: 'no message' })
    return {
      records,
      answer: ({ tooLong }) =>
        tooLong.size > 0
          ? jsonAnswer(413, { error: `${tooLong.size} messages are longer than a record may be` })
          : { status: 202, body: '' },
    }
  },
  refuse: (why, text) =>
    jsonAnswer(refusalStatus[why], { error: text }, why === 'busy' ? { 'retry-after': '2' } : undefined),
}
