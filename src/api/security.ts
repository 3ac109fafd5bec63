// What every answer carries: headers that keep a browser from doing anything the console does not need.

/** Content security policy of the console: own scripts, styles and connections only. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Headers of every answer; HSTS only where the connection is encrypted. */
export const securityHeaders = (encrypted: boolean): Readonly<Record<string, string>> => ({
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  ...(encrypted ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
})

export const sessionCookie = 'castellan_session'
export const csrfHeader = 'x-castellan-csrf'

/** Names under which a server on loopback may be called: a page elsewhere that points its own name at us (DNS rebinding) is refused. */
export function isOwnHost(header: string | undefined, configured: string): boolean {
  const name = (header ?? '').replace(/:\d+$/, '').toLowerCase()
  const loopback = ['localhost', '127.0.0.1', '[::1]']
  if (!['localhost', '127.0.0.1', '::1'].includes(configured)) return true
  return loopback.includes(name)
}
