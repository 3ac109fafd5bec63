// Stretches of time as the address bar holds them: `range=24h`, or `since=…&until=…`.
const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const lastPattern = /^([1-9]\d{0,4})([smhdw])$/;
/** Offered as buttons, from short to long. */
export const ranges = ['15m', '1h', '6h', '24h', '7d', '30d'];
export const last = (text) => ({ kind: 'last', text });
/** Milliseconds of `15m`, `24h`, `7d`; undefined for anything else. */
export function lengthOf(text) {
    const found = lastPattern.exec(text);
    return found ? Number(found[1]) * (units[found[2] ?? ''] ?? 0) : undefined;
}
const timeOf = (text) => {
    const at = text === undefined || text === '' ? Number.NaN : /^\d+$/.test(text) ? Number(text) : Date.parse(text);
    return Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? at : undefined;
};
/** The range of an address; what cannot be read is the standard one. */
export function rangeOf(params, standard) {
    const [since, until] = [timeOf(params['since']), timeOf(params['until'])];
    if (since !== undefined && until !== undefined && since < until)
        return { kind: 'between', since, until };
    const text = params['range'] ?? '';
    return last(lengthOf(text) === undefined ? standard : text);
}
/** What to put in the address; the standard range leaves it clean. */
export const paramsOfRange = (range, standard) => range.kind === 'last'
    ? { range: range.text === standard ? '' : range.text, since: '', until: '' }
    : { range: '', since: new Date(range.since).toISOString(), until: new Date(range.until).toISOString() };
/** The two ends in milliseconds; a range that reaches to now has no end, so that later arrivals are in it. */
export function endsOf(range, now) {
    if (range.kind === 'between')
        return { since: range.since, until: range.until };
    return { since: now - (lengthOf(range.text) ?? 0) };
}
const words = {
    s: ['second', 'seconds'],
    m: ['minute', 'minutes'],
    h: ['hour', 'hours'],
    d: ['day', 'days'],
    w: ['week', 'weeks'],
};
/** `last 24 hours`, `last hour` */
export function lastText(text) {
    const found = lastPattern.exec(text);
    const [one, many] = words[found?.[2] ?? ''] ?? ['', ''];
    return found?.[1] === '1' ? `last ${one}` : `last ${found?.[1] ?? ''} ${many}`;
}
