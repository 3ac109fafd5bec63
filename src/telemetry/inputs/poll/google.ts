// Google Workspace: activities of the Reports API (GET /admin/reports/v1/activity/users/all/applications/APPLICATION).
import { z } from 'zod'
import { type Asking, bodyAs, day, type Feed, hour, isoOf, itemsOf } from './feed.ts'

const Activity = z.looseObject({
  id: z.looseObject({ time: z.string(), uniqueQualifier: z.string(), applicationName: z.string() }),
})
const Page = z.looseObject({ items: z.array(Activity).default([]), nextPageToken: z.string().optional() })

export const workspaceApplications = [
  'login', 'admin', 'drive', 'token', 'groups', 'groups_enterprise', 'user_accounts', 'rules', 'saml', 'mobile', 'calendar', 'chat', 'gcp', 'meet',
  'context_aware_access', 'access_transparency', 'chrome', 'data_studio', 'keep', 'vault',
] as const // prettier-ignore
export type WorkspaceApplication = (typeof workspaceApplications)[number]
export const reportsScope = 'https://www.googleapis.com/auth/admin.reports.audit.readonly'

/** One application. The API gives the newest first, and some activities hours late. */
export const workspaceFeed = (
  endpoint: string,
  application: WorkspaceApplication,
  token: (ask: Asking) => Promise<string>,
): Feed => ({
  name: application,
  lateMilliseconds: 3 * hour,
  windowMilliseconds: 12 * hour,
  reachMilliseconds: 180 * day,
  async *pages({ from, to }, ask) {
    const base = `${endpoint.replace(/\/$/, '')}/admin/reports/v1/activity/users/all/applications/${application}`
    const query = new URLSearchParams({ startTime: isoOf(from), endTime: isoOf(to), maxResults: '1000' })
    for (;;) {
      const answer = await ask(`${base}?${query.toString()}`, {
        headers: { authorization: `Bearer ${await token(ask)}`, accept: 'application/json' },
      })
      const { text, body } = await bodyAs(Page, answer)
      yield itemsOf(text, body.items, ({ id }) => `${id.time} ${id.uniqueQualifier} ${id.applicationName}`)
      if (body.nextPageToken === undefined) return
      query.set('pageToken', body.nextPageToken)
    }
  },
})
