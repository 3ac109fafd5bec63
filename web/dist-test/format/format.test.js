// Times, numbers and ranges in words.
import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import { bytesText, countText, listText, plural, shortText } from './number.js';
import { endsOf, last, lastText, lengthOf, paramsOfRange, rangeOf, ranges } from './range.js';
import { agoText, clockText, durationText, longDayText, sameDay, tableTimeText, utcText } from './time.js';
import { tactics, tacticTitle, techniqueLink } from './words.js';
const at = Date.UTC(2026, 0, 31, 23, 3, 7, 123);
test("a time is shown in the viewer's zone and cited in UTC", () => {
    assert.equal(tableTimeText(at, 'Europe/Dublin'), '31 Jan 23:03:07');
    assert.equal(tableTimeText(at, 'Asia/Tokyo'), '1 Feb 08:03:07');
    assert.equal(utcText(at), '2026-01-31 23:03:07.123 UTC');
    assert.equal(longDayText(at, 'UTC'), 'Saturday 31 January 2026');
});
test('midnight is 00, not 24', () => assert.equal(clockText(Date.UTC(2026, 0, 1), 'UTC'), '00:00:00'));
test('the day turns in the zone of the viewer', () => {
    assert.equal(sameDay(at, at + 3_600_000, 'UTC'), false);
    assert.equal(sameDay(at, at + 3_600_000, 'America/New_York'), true);
});
test('durations and ages', () => {
    assert.deepEqual([850, 45_000, 720_000, 11_400_000, 7_200_000, 187_200_000, 172_800_000].map(durationText), [
        '850 ms',
        '45 s',
        '12 min',
        '3 h 10 min',
        '2 h',
        '2 d 4 h',
        '2 d',
    ]);
    assert.deepEqual([0, 59_000, 60_000, 7_300_000, -120_000, 3e8].map((ago) => agoText(at - ago, at)), ['now', '59 s ago', '1 min ago', '2 h ago', 'in 2 min', '3 d ago']);
});
test('no number makes a time throw', () => fc.assert(fc.property(fc.double(), fc.double(), (a, b) => {
    for (const text of [tableTimeText(a), utcText(a), longDayText(a), durationText(a), agoText(a, b)])
        assert.equal(typeof text, 'string');
})));
test('counts are grouped, short ones have at most three digits', () => {
    assert.equal(countText(1_234_567), '1,234,567');
    assert.deepEqual([0, 3.14159, 999, 1000, 12_480, 999_600, 3_210_000, 2.5e9].map(shortText), [
        '0',
        '3.14',
        '999',
        '1k',
        '12.5k',
        '1M',
        '3.21M',
        '2.5B',
    ]);
    assert.deepEqual([0, 812, 4_100_000, 999_600].map(bytesText), ['0 B', '812 B', '4.1 MB', '1 MB']);
});
test('words in number', () => {
    assert.deepEqual([plural(1, 'alert'), plural(2, 'alert'), plural(0, 'entry', 'entries')], ['1 alert', '2 alerts', '0 entries']);
    assert.equal(listText(['a', 'b', 'c', 'd', 'e']), 'a, b, c and 2 more');
});
test('a range survives the address bar', () => fc.assert(fc.property(fc.oneof(fc.constantFrom(...ranges).map(last), fc
    .tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 1e9 }))
    .map(([since, length]) => ({ kind: 'between', since, until: since + length }))), (range) => assert.deepEqual(rangeOf(paramsOfRange(range, '24h'), '24h'), range))));
test('what cannot be read is the standard range', () => {
    for (const params of [
        { range: '0h' },
        { range: '24x' },
        { since: 'x', until: 'y' },
        { since: '2026-02-01', until: '2026-01-01' },
        {},
    ])
        assert.deepEqual(rangeOf(params, '24h'), last('24h'));
});
test('a range up to now has no end', () => {
    assert.deepEqual(endsOf(last('1h'), at), { since: at - 3_600_000 });
    assert.equal(lengthOf('2w'), 1_209_600_000);
    assert.deepEqual([lastText('1h'), lastText('24h'), lastText('7d')], ['last hour', 'last 24 hours', 'last 7 days']);
});
test('tactics are those of the matrix, in order', () => {
    assert.equal(tactics.length, 14);
    assert.equal(tactics.findIndex(({ name }) => name === 'initial-access') <
        tactics.findIndex(({ name }) => name === 'exfiltration'), true);
    assert.equal(tacticTitle('command-and-control'), 'Command and Control');
    assert.equal(tacticTitle('odd'), 'odd');
});
test('a technique leads to its page, other text leads nowhere', () => {
    assert.equal(techniqueLink('T1059.001'), 'https://attack.mitre.org/techniques/T1059/001/');
    assert.equal(techniqueLink('T1078'), 'https://attack.mitre.org/techniques/T1078/');
    assert.equal(techniqueLink('javascript:alert(1)'), undefined);
});
