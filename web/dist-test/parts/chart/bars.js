// Where the bars of a histogram stand, and which stretch of time a drag over them means.
/** Bars in a box of 1 × 1, the highest touching the top; small counts stay visible. */
export function barsOf(buckets, step) {
    const first = buckets[0]?.at ?? 0;
    const length = (buckets.at(-1)?.at ?? first) + step - first;
    const most = Math.max(1, ...buckets.map(({ count }) => count));
    return buckets.map((bucket) => ({
        bucket,
        x: (bucket.at - first) / length,
        width: step / length,
        height: bucket.count === 0 ? 0 : Math.max(0.03, bucket.count / most),
    }));
}
/** The whole buckets between two places (0 to 1) of a drag, in either direction. */
export function stretchOf(buckets, step, from, to) {
    const first = buckets[0]?.at;
    if (first === undefined || step <= 0)
        return undefined;
    const last = (buckets.at(-1)?.at ?? first) + step;
    const place = (part) => Math.floor((Math.max(0, Math.min(1, part)) * (last - first)) / step);
    const [low, high] = from <= to ? [from, to] : [to, from];
    const until = Math.min(last, first + (place(high) + 1) * step);
    return { since: Math.min(first + place(low) * step, until - step), until };
}
/** About how many times along the bottom, evenly spread over whole buckets. */
export const marksOf = (buckets, most = 6) => {
    const every = Math.max(1, Math.ceil(buckets.length / most));
    return buckets.filter((_, at) => at % every === 0);
};
