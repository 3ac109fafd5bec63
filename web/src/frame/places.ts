// Addresses within the console, made in one place so that a page can move without its visitors getting lost.

export type Params = Readonly<Record<string, string>>

/** A path with a query; empty values are left out, so that a clean page has a clean address. */
export function href(path: string, params: Params = {}): string {
  const query = searchText(params)
  return `${path}${query}`
}

/** `?a=1&b=2`, or nothing. Colons, commas, slashes and stars stay readable. */
export function searchText(params: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'string' && value !== '') query.append(name, value)
  }
  const text = query.toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%2F', '/')
  return text === '' ? '' : `?${text}`
}

/** The query of an address; of repeated names the last one counts. */
export const paramsOf = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search))

export const places = {
  overview: '/',
  alerts: (params?: Params) => href('/alerts', params),
  alert: (id: string) => href('/alerts', { alert: id, range: '30d' }),
  incidents: (params?: Params) => href('/incidents', params),
  /** By short number where it has one. */
  incident: (incident: { id: string; number: number }) =>
    `/incidents/${incident.number > 0 ? incident.number : encodeURIComponent(incident.id)}`,
  incidentById: (id: string) => `/incidents/${encodeURIComponent(id)}`,
  hunt: (params?: Params) => href('/hunt', params),
  event: (id: string) => href('/hunt', { event: id }),
  processes: (event: string) => href('/processes', { event }),
  entity: (kind: string, name: string) => href('/entity', { kind, name }),
  dashboards: (params?: Params) => href('/dashboards', params),
  estate: (params?: Params) => href('/estate', params),
  asset: (id: string) => href('/estate', { asset: id }),
  threats: (params?: Params) => href('/threats', params),
  /** By the id of the threat, or of its root cause. */
  threat: (id: string) => href('/threats', { threat: id }),
  paths: (params?: Params) => href('/paths', params),
  reality: (params?: Params) => href('/reality', params),
  rules: (params?: Params) => href('/rules', params),
  rule: (id: string) => href('/rules', { rule: id }),
  /** The editor, on a rule, or on a new one. */
  ruleEditor: (params?: Params) => href('/rules/edit', params),
  coverage: (params?: Params) => href('/coverage', params),
  anomalies: (params?: Params) => href('/anomalies', params),
  profile: (kind: string, name: string) => href('/anomalies', { view: 'profiles', kind, name }),
  sources: '/sources',
  ledger: (params?: Params) => href('/ledger', params),
  settings: '/settings',
} as const
