// Contrast of colours (WCAG 2.2) and how they look to colour-blind people; used by the tests that hold the tokens to AA.
/** `#rrggbb` (an alpha behind it is left out) as numbers; undefined for anything else. */
export function rgbOf(hex) {
    const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})?$/i.exec(hex.trim());
    if (!found)
        return undefined;
    const part = (at) => Number.parseInt(found[at] ?? '0', 16) / 255;
    return [part(1), part(2), part(3)];
}
const linear = (channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
const encoded = (channel) => channel <= 0.0031308 ? channel * 12.92 : 1.055 * Math.min(1, channel) ** (1 / 2.4) - 0.055;
const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
/** Contrast ratio, 1 to 21 (WCAG 2.2, relative luminance). */
export function contrast(a, b) {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}
/** Full dichromacy, linear RGB: Machado, Oliveira, Fernandes 2009, severity 1.0. */
export const blindness = {
    protanopia: [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    deuteranopia: [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    tritanopia: [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
    ],
};
const times = (matrix, v) => {
    const row = ([a, b, c]) => a * v[0] + b * v[1] + c * v[2];
    return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
};
const within = (v) => Math.max(0, Math.min(1, v));
/** A colour as somebody with this kind of colour-blindness sees it. */
export function seenWith(kind, [r, g, b]) {
    const [x, y, z] = times(blindness[kind], [linear(r), linear(g), linear(b)]);
    return [encoded(within(x)), encoded(within(y)), encoded(within(z))];
}
/** Distance of two colours as eyes judge it (Oklab, Ottosson 2020): 0 the same, about 0.02 just noticeable side by side. */
export function distance(a, b) {
    const [p, q] = [oklab(a), oklab(b)];
    return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}
function oklab([r, g, b]) {
    const lms = times([
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ], [linear(r), linear(g), linear(b)]);
    return times([
        [0.2104542553, 0.793617785, -0.0040720468],
        [1.9779984951, -2.428592205, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.808675766],
    ], [Math.cbrt(lms[0]), Math.cbrt(lms[1]), Math.cbrt(lms[2])]);
}
/** The colours of a tokens file: name without dashes → value in light and in dark. `var(--other)` is followed. */
export function tokensOf(css) {
    const found = new Map();
    const line = /--([\w-]+):\s*(?:light-dark\((#\w+),\s*(#\w+)\)|var\(--([\w-]+)\));/g;
    for (const [, name = '', lightText = '', darkText = '', other = ''] of css.matchAll(line)) {
        const [light, dark] = [rgbOf(lightText), rgbOf(darkText)];
        const value = light && dark ? { light, dark } : found.get(other);
        if (value)
            found.set(name, value);
    }
    return found;
}
