// Reads Graphviz's answer: where boxes and zones stand and how lines run, in pixels from the upper left.
const isJson = (value) => typeof value === 'object' && value !== null;
const listOf = (value) => (Array.isArray(value) ? value.filter(isJson) : []);
const textOf = (value) => (typeof value === 'string' ? value : '');
const numbersOf = (text) => text.split(',').map(Number).filter(Number.isFinite);
/** A spline `x,y x,y …` (Graphviz: one start, then three points for each Bézier piece) as an SVG path. */
export function pathOf(pos, height) {
    const points = pos
        .split(' ')
        .filter((part) => !part.startsWith('e,') && !part.startsWith('s,'))
        .map(numbersOf)
        .flatMap(([x, y]) => (x === undefined || y === undefined ? [] : [[x, height - y]]));
    const [start, ...rest] = points;
    if (!start || rest.length < 3)
        return '';
    const at = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`;
    const curves = Array.from({ length: Math.floor(rest.length / 3) }, (_, piece) => rest
        .slice(piece * 3, piece * 3 + 3)
        .map(at)
        .join(' '));
    return `M${at(start)} ${curves.map((curve) => `C${curve}`).join(' ')}`;
}
/** Graphviz's answer in its `json` format. What is missing or strange is left out; it never throws. */
export function layoutOf(answer) {
    const graph = isJson(answer) ? answer : {};
    const [, , width = 0, height = 0] = numbersOf(textOf(graph['bb']));
    const zones = new Map();
    const assets = new Map();
    const links = new Map();
    for (const object of listOf(graph['objects'])) {
        const name = textOf(object['name']);
        const [left, low, right, high] = numbersOf(textOf(object['bb']));
        if (name.startsWith('cluster_z') &&
            left !== undefined &&
            low !== undefined &&
            right !== undefined &&
            high !== undefined)
            zones.set(Number(name.slice(9)), { x: left, y: height - high, width: right - left, height: high - low });
        const [x, y] = numbersOf(textOf(object['pos']));
        const [w, h] = [Number(object['width']) * 72, Number(object['height']) * 72];
        if (/^a\d+$/.test(name) && x !== undefined && y !== undefined)
            assets.set(Number(name.slice(1)), { x: x - w / 2, y: height - y - h / 2, width: w, height: h });
    }
    for (const edge of listOf(graph['edges'])) {
        const id = textOf(edge['id']);
        if (/^l\d+$/.test(id))
            links.set(Number(id.slice(1)), pathOf(textOf(edge['pos']), height));
    }
    return { width, height, zones, assets, links };
}
/** Good drawings are a little wider than high. */
const idealAspect = 1.7;
const longest = 3.4;
const strain = ({ width, height }) => width > 0 && height > 0 ? Math.abs(Math.log(width / height / idealAspect)) : Number.POSITIVE_INFINITY;
/** The best of several layouts by its form; `fits` says whether it is no thread. */
export function bestOf(layouts) {
    const [layout] = [...layouts].sort((a, b) => strain(a) - strain(b));
    return { layout, fits: layout !== undefined && strain(layout) <= Math.log(longest / idealAspect) };
}
