// The sources that are polled: from their settings to the feeds that are looked at.
import { poll } from './poll.io.ts'
import { awsKeys, credential } from '../credential.io.ts'
import type { Input, InputContext } from '../input.ts'
import { cloudtrailFeed } from './cloudtrail.ts'
import { day, type Feed } from './feed.ts'
import { githubFeed } from './github.ts'
import { reportsScope, workspaceFeed } from './google.ts'
import { entraFeed, m365Feed } from './microsoft.ts'
import { assertion, serviceAccount, tokens } from './oauth.io.ts'
import { oktaFeed } from './okta.ts'

interface Polled {
  readonly name: string
  readonly everySeconds: number
  readonly firstDays: number
}
const run = ({ name, everySeconds, firstDays }: Polled, feeds: readonly Feed[], context: InputContext): Promise<void> =>
  poll({ name, everySeconds, feeds, firstMilliseconds: firstDays * day }, context)

export const okta: Input<'okta'> = (source, context) =>
  run(source, [oktaFeed(source.url, () => credential(source.credential))], context)

export const github: Input<'github'> = (source, context) =>
  run(source, [githubFeed(source, () => credential(source.credential))], context)

interface Client {
  readonly login: string
  readonly tenant: string
  readonly client: string
  readonly credential: string
}
/** Tokens for a program registered in Entra ID. */
const microsoftToken = (at: Client, scope: string, context: InputContext) =>
  tokens({
    url: `${at.login.replace(/\/$/, '')}/${encodeURIComponent(at.tenant)}/oauth2/v2.0/token`,
    now: () => context.clock.now(),
    form: async () => ({
      grant_type: 'client_credentials',
      client_id: at.client,
      client_secret: await credential(at.credential),
      scope,
    }),
  })

export const entra: Input<'entra'> = (source, context) => {
  const token = microsoftToken(source, `${source.endpoint.replace(/\/$/, '')}/.default`, context)
  return run(source, source.lists.map((list) => entraFeed(source.endpoint, list, token)), context) // prettier-ignore
}

export const m365: Input<'m365'> = (source, context) => {
  const { endpoint, tenant } = source
  const token = microsoftToken(source, `${endpoint.replace(/\/$/, '')}/.default`, context)
  return run(source, source.contents.map((content) => m365Feed({ endpoint, tenant, content }, token)), context) // prettier-ignore
}

export const googleWorkspace: Input<'google-workspace'> = async (source, context) => {
  const account = serviceAccount(await credential(source.credential))
  const claims = { subject: source.subject, scope: reportsScope }
  const token = tokens({
    url: account.token_uri,
    now: () => context.clock.now(),
    form: (now) =>
      Promise.resolve({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: assertion(account, claims, now),
      }),
  })
  const feeds = source.applications.map((application) => workspaceFeed(source.endpoint, application, token))
  await run(source, feeds, context)
}

export const cloudtrail: Input<'cloudtrail'> = (source, context) => {
  const keys = () => awsKeys(source.credential)
  return run(source, source.regions.map((region) => cloudtrailFeed(region, source.endpoint, keys)), context) // prettier-ignore
}
