// Tokens of OAuth 2.0 for programs: by a client's secret (RFC 6749, 4.4) or by a signed assertion (RFC 7523), kept until shortly before they end.
import { createSign } from 'node:crypto'
import { z } from 'zod'
import { Fault } from '#kernel'
import { type Asking, bodyAs } from './feed.ts'

const Token = z.looseObject({ access_token: z.string().min(1), expires_in: z.coerce.number().default(3_600) })
const early = 120_000

/** How a token is asked for: the form to post, made anew each time. */
export interface TokenAt {
  readonly url: string
  readonly form: (now: number) => Promise<Readonly<Record<string, string>>>
  readonly now: () => number
}

/** Gives a token that still counts. */
export function tokens({ url, form, now }: TokenAt): (ask: Asking) => Promise<string> {
  let known: { readonly text: string; readonly until: number } | undefined
  return async (ask) => {
    if (known && known.until > now()) return known.text
    const answer = await ask(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(await form(now())).toString(),
    })
    const { body } = await bodyAs(Token, answer)
    known = { text: body.access_token, until: now() + body.expires_in * 1000 - early }
    return known.text
  }
}

/** The key file of a service account, as Google gives it. */
const ServiceAccount = z.looseObject({ client_email: z.string(), private_key: z.string(), token_uri: z.url() })
export type ServiceAccount = z.output<typeof ServiceAccount>

/** Reads a key file. Throws Fault CONFIG_INVALID without showing it. */
export function serviceAccount(text: string): ServiceAccount {
  try {
    return ServiceAccount.parse(JSON.parse(text))
  } catch (thrown) {
    throw new Fault('CONFIG_INVALID', 'the credential is no key file of a service account', { cause: thrown })
  }
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A signed assertion (RS256): who we are, for whom we speak, and what we want to read. */
export function assertion(
  account: ServiceAccount,
  claims: { readonly subject: string; readonly scope: string },
  now: number,
): string {
  const issued = Math.floor(now / 1000)
  const { client_email: iss, token_uri: aud, private_key } = account
  const head = part({ alg: 'RS256', typ: 'JWT' })
  const body = part({ iss, aud, sub: claims.subject, scope: claims.scope, iat: issued, exp: issued + 3_600 })
  const signature = createSign('RSA-SHA256').update(`${head}.${body}`).sign(private_key, 'base64url')
  return `${head}.${body}.${signature}`
}
