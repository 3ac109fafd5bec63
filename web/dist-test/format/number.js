// Numbers and counts as people read them.
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
/** `12,480` */
export const countText = (n) => grouped.format(n);
/** `940`, `12.5k`, `3.2M`, `1.1B`: three digits at most. */
export function shortText(n) {
    const size = Math.abs(n);
    if (size < 1000)
        return fine.format(n);
    for (const [unit, letter] of [
        [1e9, 'B'],
        [1e6, 'M'],
        [1e3, 'k'],
    ]) {
        if (size >= unit * 0.9995)
            return `${fine.format(n / unit)}${letter}`;
    }
    return fine.format(n);
}
/** `812 B`, `4.1 MB`, `2.2 GB` (powers of 1000). */
export function bytesText(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let [size, at] = [bytes, 0];
    while (Math.abs(size) >= 999.5 && at < units.length - 1)
        [size, at] = [size / 1000, at + 1];
    return `${fine.format(size)} ${units[at] ?? 'B'}`;
}
/** `1 alert`, `2 alerts`; a plural of its own where adding an s is wrong. */
export const plural = (n, one, many = `${one}s`) => `${countText(n)} ${n === 1 ? one : many}`;
/** `a, b and 3 more` */
export function listText(items, most = 3) {
    const shown = items.slice(0, most).join(', ');
    return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}
