// The filter of the alerts page: as the address holds it, and as the server takes it.
import { isLevel } from '../../client/nouns.js';
import { endsOf, rangeOf } from '../../format/range.js';
export const standardRange = '24h';
export const filterOf = (params) => ({
    level: isLevel(params['level']) ? params['level'] : undefined,
    rule: params['rule'] ?? '',
    host: params['host'] ?? '',
    user: params['user'] ?? '',
    incident: params['incident'] ?? '',
    q: params['q'] ?? '',
    range: rangeOf(params, standardRange),
});
/** The filter as input of `alert.list`; empty parts are left out. */
export function inputOf(filter, now) {
    const { level, range, ...texts } = filter;
    const given = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
    return { ...given, ...endsOf(range, now), ...(level ? { level } : {}) };
}
/** Narrowing parts beside level, text and time, which have fields of their own: shown as chips that can be taken away. */
export const chipsOf = (filter) => ['rule', 'host', 'user', 'incident'].flatMap((name) => filter[name] === '' ? [] : [{ name, value: filter[name] }]);
