const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const compare = (a, b) => typeof a === 'number' && typeof b === 'number' ? a - b : order.compare(String(a), String(b));
/** Rows in the order asked for; equal rows keep their order. An unknown column leaves all as it is. */
export function sortRows(rows, columns, sorting) {
    const by = sorting && columns.find((column) => column.id === sorting.column)?.sort;
    if (!sorting || !by)
        return rows;
    const sign = sorting.down ? -1 : 1;
    return rows
        .map((row) => ({ row, value: by(row) }))
        .sort((a, b) => sign * compare(a.value, b.value))
        .map(({ row }) => row);
}
/** Sizes that a person dragged win; then columns that grow share what is left, the others keep their width. */
export const gridTemplate = (columns, dragged) => columns
    .map(({ id, width, grow }) => {
    const size = dragged[id];
    if (size !== undefined)
        return `${size}px`;
    return grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`;
})
    .join(' ');
/** The least width at which nothing is squeezed, in pixels. */
export const leastWidth = (columns, dragged) => columns.reduce((sum, { id, width }) => sum + (dragged[id] ?? width), 0);
/** Columns that a table of this width has room for. */
export const columnsFor = (columns, width) => columns.filter((column) => width === 0 || (column.from ?? 0) <= width);
/** Where a step from a row leads: kept within the rows; from nowhere, down is the first and up the last. */
export function stepTo(at, step, count) {
    if (count === 0)
        return -1;
    if (at < 0)
        return step > 0 ? 0 : count - 1;
    return Math.max(0, Math.min(count - 1, at + step));
}
