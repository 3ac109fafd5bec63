// Addresses within the console, made in one place so that a page can move without its visitors getting lost.
/** A path with a query; empty values are left out, so that a clean page has a clean address. */
export function href(path, params = {}) {
    const query = searchText(params);
    return `${path}${query}`;
}
/** `?a=1&b=2`, or nothing. Colons, commas, slashes and stars stay readable. */
export function searchText(params) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(params)) {
        if (typeof value === 'string' && value !== '')
            query.append(name, value);
    }
    const text = query.toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%2F', '/');
    return text === '' ? '' : `?${text}`;
}
/** The query of an address; of repeated names the last one counts. */
export const paramsOf = (search) => Object.fromEntries(new URLSearchParams(search));
export const places = {
    overview: '/',
    alerts: (params) => href('/alerts', params),
    alert: (id) => href('/alerts', { alert: id, range: '30d' }),
    incidents: (params) => href('/incidents', params),
    /** By short number where it has one. */
    incident: (incident) => `/incidents/${incident.number > 0 ? incident.number : encodeURIComponent(incident.id)}`,
    incidentById: (id) => `/incidents/${encodeURIComponent(id)}`,
    events: (params) => href('/events', params),
    event: (id) => href('/events', { event: id }),
    estate: (params) => href('/estate', params),
    asset: (id) => href('/estate', { asset: id }),
    rules: (params) => href('/rules', params),
    rule: (id) => href('/rules', { rule: id }),
    sources: '/sources',
    ledger: (params) => href('/ledger', params),
    settings: '/settings',
};
