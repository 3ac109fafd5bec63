// The alerts filter, from the address to the server.
import assert from 'node:assert/strict';
import test from 'node:test';
import { chipsOf, filterOf, inputOf } from './filter.js';
test('an address without parameters is the last day of everything', () => {
    const filter = filterOf({});
    assert.deepEqual(inputOf(filter, 86_400_000), { since: 0 });
    assert.deepEqual(chipsOf(filter), []);
});
test('what is in the address reaches the server', () => {
    const filter = filterOf({
        level: 'high',
        host: 'db01',
        q: 'dump',
        since: '1970-01-01T00:00:01.000Z',
        until: '1970-01-01T00:00:02.000Z',
    });
    assert.deepEqual(inputOf(filter, 0), { level: 'high', host: 'db01', q: 'dump', since: 1000, until: 2000 });
    assert.deepEqual(chipsOf(filter), [{ name: 'host', value: 'db01' }]);
});
test('an unknown level is no level', () => assert.equal(filterOf({ level: 'awful' }).level, undefined));
