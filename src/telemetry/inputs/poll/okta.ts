// Okta: the system log (GET /api/v1/logs).
import { z } from 'zod'
import { bodyAs, day, type Feed, hour, isoOf, itemsOf, minute, nextLink } from './feed.ts'

const Event = z.looseObject({ uuid: z.string() })

/** `url` is that of the organisation: https://example.okta.com. */
export const oktaFeed = (url: string, token: () => Promise<string>): Feed => ({
  name: 'system log',
  lateMilliseconds: 5 * minute,
  windowMilliseconds: 6 * hour,
  reachMilliseconds: 90 * day,
  async *pages({ from, to }, ask) {
    const headers = { authorization: `SSWS ${await token()}`, accept: 'application/json' }
    const query = new URLSearchParams({ since: isoOf(from), until: isoOf(to), sortOrder: 'ASCENDING', limit: '1000' })
    let next: string | undefined = new URL(`/api/v1/logs?${query.toString()}`, url).href
    while (next !== undefined) {
      const answer = await ask(next, { headers })
      const { text, body: events } = await bodyAs(z.array(Event), answer)
      yield itemsOf(text, events, ({ uuid }) => uuid)
      next = events.length === 0 ? undefined : nextLink(answer, url)
    }
  },
})
