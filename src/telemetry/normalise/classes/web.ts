// Web requests: the address in its parts.
import type { Draft } from '../draft.ts'
import type { Normalisable } from '../event.ts'
import type { ClassRule } from './rule.ts'

function parts(draft: Draft, at: string, url: string): void {
  if (/^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(url) && URL.canParse(url)) {
    const { protocol, hostname, port, pathname, search } = new URL(url)
    draft.place(`${at}.scheme`, protocol.slice(0, -1))
    draft.place(`${at}.hostname`, hostname)
    draft.place(`${at}.port`, port)
    draft.place(`${at}.path`, pathname)
    draft.place(`${at}.query_string`, search.slice(1))
    return
  }
  if (!url.startsWith('/')) return
  const mark = url.indexOf('?')
  draft.place(`${at}.path`, mark < 0 ? url : url.slice(0, mark))
  if (mark >= 0) draft.place(`${at}.query_string`, url.slice(mark + 1))
}

/** The path and query of a request; `url` may be whole or begin with the path. */
export const web: ClassRule = ({ draft, event }) => {
  const url = event.url ?? requestOf(event)
  if (url === undefined) return
  draft.place('http_request.url.url_string', url)
  parts(draft, 'http_request.url', url)
}
const requestOf = ({ fields }: Normalisable): string | undefined => {
  const query = fields['cs-uri-query']
  return typeof query === 'string' && query.startsWith('/') ? query : undefined
}

const codes: Readonly<Record<string, string>> = { '2': 'success', '3': 'success', '4': 'failure', '5': 'failure' }
/** Whether a web request came about, by the first digit of the answer's code. */
export const outcomeOfCode = (code: unknown): string | undefined => codes[String(code).charAt(0)]
