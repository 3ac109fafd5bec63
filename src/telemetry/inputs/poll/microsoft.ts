// Microsoft: sign-ins and audits of Entra ID (Graph), and the unified audit log of Microsoft 365 (Office 365 Management Activity API).
import { z } from 'zod'
import { type Asking, bodyAs, day, type Feed, hour, isoOf, itemsOf, minute, sameServer } from './feed.ts'

type Token = (ask: Asking) => Promise<string>

const Page = z.looseObject({
  value: z.array(z.looseObject({ id: z.string() })),
  '@odata.nextLink': z.string().optional(),
})

/** Lists of Graph, and the time by which each is ordered. */
export const entraLists = {
  signIns: { path: 'auditLogs/signIns', time: 'createdDateTime' },
  directoryAudits: { path: 'auditLogs/directoryAudits', time: 'activityDateTime' },
  provisioning: { path: 'auditLogs/provisioning', time: 'activityDateTime' },
  riskDetections: { path: 'identityProtection/riskDetections', time: 'detectedDateTime' },
} as const
export type EntraList = keyof typeof entraLists

/** One list of Entra ID. */
export const entraFeed = (endpoint: string, list: EntraList, token: Token): Feed => ({
  name: list,
  lateMilliseconds: 20 * minute,
  windowMilliseconds: 2 * hour,
  reachMilliseconds: 7 * day,
  async *pages({ from, to }, ask) {
    const { path, time } = entraLists[list]
    const query = new URLSearchParams({
      $filter: `${time} ge ${isoOf(from)} and ${time} lt ${isoOf(to)}`,
      $orderby: time,
      $top: '500',
    })
    const base = endpoint.replace(/\/$/, '')
    let next: string | undefined = `${base}/v1.0/${path}?${query.toString()}`
    while (next !== undefined) {
      const answer = await ask(next, {
        headers: { authorization: `Bearer ${await token(ask)}`, accept: 'application/json' },
      })
      const { text, body } = await bodyAs(Page, answer)
      yield itemsOf(text, body.value, ({ id }) => id)
      const link = body['@odata.nextLink']
      next = link === undefined ? undefined : sameServer(link, base)
    }
  },
})

/** What the unified audit log is divided into. */
export const m365Contents = [
  'Audit.AzureActiveDirectory',
  'Audit.Exchange',
  'Audit.SharePoint',
  'Audit.General',
  'DLP.All',
] as const
export type M365Content = (typeof m365Contents)[number]

const Blob = z.looseObject({ contentId: z.string(), contentUri: z.string() })
const Record = z.looseObject({ Id: z.string().optional() })

export interface M365At {
  readonly endpoint: string
  readonly tenant: string
  readonly content: M365Content
}

/** Parts of the unified audit log: blobs are listed by the time at which they became available, and fetched one by one. */
export function m365Feed({ endpoint, tenant, content }: M365At, token: Token): Feed {
  const base = endpoint.replace(/\/$/, '')
  const feed = `${base}/api/v1.0/${encodeURIComponent(tenant)}/activity/feed/subscriptions`
  let isSubscribed = false
  const headersOf = async (ask: Asking) => ({ authorization: `Bearer ${await token(ask)}`, accept: 'application/json' })
  /** The API gives only what was subscribed to; a subscription that there is already is an error we look for first. */
  async function subscribe(ask: Asking): Promise<void> {
    if (isSubscribed) return
    const answer = await ask(`${feed}/list`, { headers: await headersOf(ask) })
    const { body: there } = await bodyAs(
      z.array(z.looseObject({ contentType: z.string(), status: z.string() })),
      answer,
    )
    if (!there.some(({ contentType, status }) => contentType === content && status === 'enabled'))
      await ask(`${feed}/start?contentType=${content}`, { method: 'POST', headers: await headersOf(ask), body: '' })
    isSubscribed = true
  }
  return {
    name: content,
    lateMilliseconds: 10 * minute,
    windowMilliseconds: 12 * hour,
    reachMilliseconds: 7 * day - hour,
    async *pages({ from, to }, ask) {
      await subscribe(ask)
      const [startTime, endTime] = [isoOf(from).slice(0, 19), isoOf(to).slice(0, 19)]
      let next: string | undefined =
        `${feed}/content?${new URLSearchParams({ contentType: content, startTime, endTime }).toString()}`
      while (next !== undefined) {
        const answer = await ask(next, { headers: await headersOf(ask) })
        for (const { contentId, contentUri } of (await bodyAs(z.array(Blob), answer)).body) {
          const uri = sameServer(contentUri, base)
          if (uri === undefined) continue
          const blob = await ask(uri, { headers: await headersOf(ask) })
          const { text, body: records } = await bodyAs(z.array(Record), blob)
          yield itemsOf(text, records, ({ Id }, _own, at) => Id ?? `${contentId} ${at}`)
        }
        const link = answer.headers.get('nextpageuri')
        next = link === null ? undefined : sameServer(link, base)
      }
    },
  }
}
