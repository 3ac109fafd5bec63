// Names in a sender's certificate, and which are let in (RFC 5425 section 5.2: a star stands for one whole label).

interface Certificate {
  readonly subject?: { readonly CN?: string | string[] }
  readonly subjectaltname?: string | undefined
}

/** DNS names and addresses of the certificate; the common name only when there are none. */
export function namesOf({ subject, subjectaltname = '' }: Certificate): string[] {
  const alternative = subjectaltname
    .split(', ')
    .flatMap((one) => (/^(?:DNS|IP Address):/.test(one) ? [one.slice(one.indexOf(':') + 1)] : []))
  const common = subject?.CN
  const names = alternative.length > 0 ? alternative : Array.isArray(common) ? common : common ? [common] : []
  return names.map((name) => name.toLowerCase())
}

const fits = (name: string, allowed: string): boolean => {
  if (!allowed.startsWith('*.')) return name === allowed
  const dot = name.indexOf('.')
  return dot > 0 && name.slice(dot) === allowed.slice(1)
}

/** Whether one of the names is allowed. */
export const oneMatches = (names: readonly string[], allowed: readonly string[]): boolean =>
  names.some((name) => allowed.some((one) => fits(name, one.toLowerCase())))
