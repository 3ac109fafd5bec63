/** Pauses shorter than this are part of the flow, in milliseconds. */
const worthSaying = 10 * 60_000;
/** Lines in order of time, cut where the scene changes to another host. Notes and changes of state stay in the chapter they fall into. */
export function chaptersOf(timeline, sameDay) {
    const chapters = [];
    let before;
    for (const entry of [...timeline].sort((a, b) => a.at - b.at)) {
        const pause = before ? entry.at - before.until : 0;
        const line = { entry, pause: pause >= worthSaying ? pause : 0, newDay: !before || !sameDay(before.at, entry.at) };
        const current = chapters.at(-1);
        if (current && (entry.kind !== 'alert' || entry.host === current.host)) {
            current.lines.push(line);
            if (current.asset === '')
                current.asset = entry.asset;
        }
        else
            chapters.push({ host: entry.host, asset: entry.asset, lines: [line] });
        before = { ...entry, until: Math.max(entry.until, before?.until ?? 0) };
    }
    return chapters.map((chapter) => ({
        ...chapter,
        at: chapter.lines[0]?.entry.at ?? 0,
        until: Math.max(...chapter.lines.map(({ entry }) => entry.until)),
    }));
}
/** `×14 over 3 min`: how often a line's happening repeated. */
export const repeats = (entry) => entry.count > 1 ? { count: entry.count, over: entry.until - entry.at } : undefined;
