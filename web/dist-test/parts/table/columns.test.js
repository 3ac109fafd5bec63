// Sorting, widths and steps of tables.
import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import { columnsFor, gridTemplate, leastWidth, sortRows, stepTo } from './columns.js';
const columns = [
    { id: 'name', title: 'Name', width: 100, grow: 1, cell: (row) => row.name, sort: (row) => row.name },
    { id: 'count', title: 'Count', width: 60, from: 500, cell: (row) => row.count, sort: (row) => row.count },
];
const rows = [
    { name: 'web10', count: 2 },
    { name: 'web9', count: 10 },
    { name: 'DB', count: 10 },
];
test('names sort as people count, numbers by size, equals keep their order', () => {
    const names = (column, down) => sortRows(rows, columns, { column, down }).map((row) => row.name);
    assert.deepEqual(names('name', false), ['DB', 'web9', 'web10']);
    assert.deepEqual(names('count', true), ['web9', 'DB', 'web10']);
});
test('an unknown column changes nothing', () => assert.equal(sortRows(rows, columns, { column: 'no', down: true }), rows));
test('sorting loses nothing', () => fc.assert(fc.property(fc.array(fc.record({ name: fc.string(), count: fc.double() })), fc.boolean(), (some, down) => {
    const sorted = sortRows(some, columns, { column: 'name', down });
    assert.equal(new Set(sorted).size, new Set(some).size);
})));
test('a column that was dragged keeps its size, the others as declared', () => {
    assert.equal(gridTemplate(columns, {}), 'minmax(100px, 1fr) 60px');
    assert.equal(gridTemplate(columns, { name: 240 }), '240px 60px');
    assert.equal(leastWidth(columns, { name: 240 }), 300);
});
test('narrow tables leave out what can be missed', () => {
    assert.deepEqual(columnsFor(columns, 400).map((column) => column.id), ['name']);
    assert.equal(columnsFor(columns, 500).length, 2);
});
test('steps stay within the rows', () => {
    assert.deepEqual([stepTo(-1, 1, 5), stepTo(-1, -1, 5), stepTo(4, 1, 5), stepTo(2, -1, 5), stepTo(0, 1, 0)], [0, 4, 4, 1, -1]);
});
