// GitHub: the audit log of an organisation or an enterprise (GET /orgs/ORG/audit-log, /enterprises/NAME/audit-log).
import { z } from 'zod'
import { bodyAs, day, type Feed, hour, isoOf, itemsOf, minute, nextLink } from './feed.ts'

const Entry = z.looseObject({ _document_id: z.string().optional() })

export interface GithubAt {
  readonly endpoint: string
  /** `orgs/NAME` or `enterprises/NAME`. */
  readonly of: string
}

export const githubFeed = ({ endpoint, of }: GithubAt, token: () => Promise<string>): Feed => ({
  name: 'audit log',
  lateMilliseconds: 10 * minute,
  windowMilliseconds: 12 * hour,
  reachMilliseconds: 180 * day,
  async *pages({ from, to }, ask) {
    const headers = {
      authorization: `Bearer ${await token()}`,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      'user-agent': 'castellan',
    }
    const query = new URLSearchParams({
      phrase: `created:${isoOf(from)}..${isoOf(to)}`,
      include: 'all',
      order: 'asc',
      per_page: '100',
    })
    const base = endpoint.replace(/\/$/, '')
    let next: string | undefined = `${base}/${of}/audit-log?${query.toString()}`
    while (next !== undefined) {
      const answer = await ask(next, { headers })
      const { text, body: entries } = await bodyAs(z.array(Entry), answer)
      yield itemsOf(text, entries, (entry, own) => entry._document_id ?? own)
      next = nextLink(answer, base)
    }
  },
})
