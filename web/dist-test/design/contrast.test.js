// Holds the tokens to WCAG AA in light and in dark, and keeps the levels apart for colour-blind eyes.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { blindness, contrast, distance, rgbOf, seenWith, tokensOf } from './contrast.js';
const file = ['web/src/design/tokens.css', 'src/design/tokens.css'].find((path) => existsSync(path)) ?? 'tokens.css';
const tokens = tokensOf(readFileSync(file, 'utf8'));
const schemes = ['light', 'dark'];
const levels = ['critical', 'high', 'medium', 'low', 'informational'];
const colour = (name, scheme) => {
    const value = tokens.get(name);
    assert.ok(value, `no token ${name} in ${file}`);
    return value[scheme];
};
function holds(text, grounds, least) {
    for (const scheme of schemes)
        for (const one of text)
            for (const ground of grounds) {
                const ratio = contrast(colour(one, scheme), colour(ground, scheme));
                assert.ok(ratio >= least, `${one} on ${ground} in ${scheme}: ${ratio.toFixed(2)} is below ${least}`);
            }
}
const grounds = ['ground', 'surface', 'raised', 'sunken', 'hover', 'selected'];
test('contrast is computed as WCAG defines it', () => {
    const [black, white] = [rgbOf('#000000'), rgbOf('#ffffff')];
    assert.ok(black && white);
    assert.equal(contrast(black, white), 21);
    assert.equal(rgbOf('red'), undefined);
});
test('text is readable on every ground (AA, 4.5)', () => holds(['ink', 'ink-2', 'ink-3', 'accent'], grounds, 4.5));
test('first text is readable with ease (AAA, 7)', () => holds(['ink', 'ink-2'], grounds, 7));
test('levels are readable as text on every ground and on their own tint', () => {
    holds(levels, grounds, 4.5);
    holds(levels.map((level) => `${level}-fill`), ['ground', 'surface', 'raised'], 3);
    for (const level of levels)
        holds([level, 'ink'], [`${level}-soft`], 4.5);
    holds(['good'], [...grounds, 'good-soft'], 4.5);
});
test('text on the accent and on marks is readable', () => {
    holds(['on-accent'], ['accent', 'accent-strong'], 4.5);
    holds(['on-mark'], ['mark'], 7);
    holds(['ink', 'accent-strong'], ['accent-soft'], 4.5);
});
test('edges of controls and the focus ring stand out (non-text, 3)', () => holds(['edge', 'focus'], ['surface', 'ground', 'raised'], 3));
test('neighbouring levels differ, as text and as shapes, also for colour-blind eyes', () => {
    const sights = [undefined, ...Object.keys(blindness)];
    for (const scheme of schemes)
        for (const sight of sights)
            for (const ending of ['', '-fill'])
                for (const [at, level] of levels.slice(0, -1).entries()) {
                    const next = levels[at + 1] ?? level;
                    const see = (name) => (sight ? seenWith(sight, colour(name, scheme)) : colour(name, scheme));
                    const apart = distance(see(`${level}${ending}`), see(`${next}${ending}`));
                    assert.ok(apart >= 0.04, `${level} and ${next}${ending} in ${scheme} (${sight ?? 'full'}): ${apart.toFixed(3)}`);
                }
});
