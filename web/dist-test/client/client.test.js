// How calls become requests, and answers become errors.
import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import { asTrouble, pathOf, queryOf, troubleOf } from './client.js';
test('lists are repeated keys; absent and empty values are left out', () => assert.equal(queryOf({ q: 'a b&c', state: ['open', 'closed'], limit: 5, level: undefined, host: '' }), '?q=a+b%26c&state=open&state=closed&limit=5'));
test('no input is no query', () => assert.equal(queryOf({}), ''));
test('the query survives any text', () => fc.assert(fc.property(fc.string({ minLength: 1 }), (q) => assert.equal(new URLSearchParams(queryOf({ q })).get('q'), q))));
test('a name with a hyphen is its path', () => assert.equal(pathOf('incident.set-state'), '/api/v1/incident/set-state'));
test("the server's words are kept", () => {
    const trouble = troubleOf(403, { error: { code: 'FORBIDDEN', text: 'not allowed', help: 'ask' } });
    assert.deepEqual([trouble.code, trouble.message, trouble.help, trouble.status], ['FORBIDDEN', 'not allowed', 'ask', 403]);
});
test('any answer becomes an error with text and help', () => fc.assert(fc.property(fc.integer({ min: 400, max: 599 }), fc.anything(), (status, answer) => {
    const trouble = troubleOf(status, answer);
    assert.ok(trouble.message.length > 0 && trouble.help.length > 0 && trouble.code.length > 0);
})));
test('whatever is thrown becomes a Trouble', () => assert.equal(asTrouble(new Error('x')).code, 'CONSOLE'));
