// A drawing as an SVG file: no scripts, nothing from outside, light or dark as the reader's screen is.
import { around } from './boxes.ts'
import { tenth } from './graphviz.ts'
import type { Box, EstateView } from './types.ts'

/** Colours of a drawing; `auto` follows the reader's screen. */
export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const colours: Record<'light' | 'dark', Record<string, string>> = {
  light: {
    ground: '#ffffff',
    zone: '#f4f5f7',
    inner: '#eaecef',
    line: '#b9bec7',
    box: '#ffffff',
    ink: '#1c2127',
    quiet: '#5c6570',
    cross: '#4a5360',
    bad: '#c2410c',
    critical: '#b91c1c',
    high: '#d97706',
  },
  dark: {
    ground: '#14171c',
    zone: '#1b1f26',
    inner: '#232831',
    line: '#454d59',
    box: '#262c36',
    ink: '#e8eaed',
    quiet: '#9aa3af',
    cross: '#aab3bf',
    bad: '#fb923c',
    critical: '#f87171',
    high: '#fbbf24',
  },
}

const sheet = `
.castellan-drawing { font: 13px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; background: var(--ground); }
.castellan-drawing .zone rect { fill: var(--zone); stroke: var(--line); }
.castellan-drawing .zone.inner rect { fill: var(--inner); }
.castellan-drawing .zone.untrusted rect { stroke-dasharray: 6 4; }
.castellan-drawing .zone .name { font-weight: 600; }
.castellan-drawing .box rect { fill: var(--box); stroke: var(--line); }
.castellan-drawing .box .edge { stroke: none; fill: var(--line); }
.castellan-drawing .box.high .edge { fill: var(--high); }
.castellan-drawing .box.critical .edge { fill: var(--critical); }
.castellan-drawing text { fill: var(--ink); }
.castellan-drawing .quiet { fill: var(--quiet); font-size: 11px; }
.castellan-drawing .end { text-anchor: end; }
.castellan-drawing .link path { fill: none; stroke: var(--line); stroke-width: 1.2; }
.castellan-drawing .link.crosses path { stroke: var(--cross); stroke-width: 1.7; }
.castellan-drawing .link.open path { stroke: var(--bad); }
.castellan-drawing .link.plain path { stroke: var(--bad); stroke-dasharray: 6 4; }
.castellan-drawing marker path { fill: var(--cross); }
.castellan-drawing marker.bad path { fill: var(--bad); }
`

const variables = (of: 'light' | 'dark'): string =>
  `.castellan-drawing { ${Object.entries(colours[of])
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ')} }`

const styles: Record<Theme, string> = {
  light: `${variables('light')}${sheet}`,
  dark: `${variables('dark')}${sheet}`,
  auto: `${variables('light')}\n@media (prefers-color-scheme: dark) { ${variables('dark')} }${sheet}`,
}

/** Characters that may not stand in XML at all. */
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand in XML, between tags and in quotes. */
export const escaped = (text: string): string =>
  text.replace(forbidden, '\ufffd').replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

/** Text that fits into so many characters. */
const cut = (text: string, most: number): string => {
  const signs = text.match(/./gsu) ?? []
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : text
}

/** Least trusted zones are marked, so that one sees where the outside begins. */
const trustText = (trust: number): string => (trust <= 10 ? 'untrusted' : `trust ${trust}`)

type Zone = EstateView['zones'][number]
type Node = EstateView['nodes'][number]
type Link = EstateView['links'][number]

const rectangle = ({ x, y, width, height }: Zone | Node, round: number): string =>
  `<rect x="${tenth(x)}" y="${tenth(y)}" width="${tenth(width)}" height="${tenth(height)}" rx="${round}"/>`

const words = (x: number, y: number, name: string, text: string): string =>
  `<text x="${tenth(x)}" y="${tenth(y)}" class="${name}">${escaped(text)}</text>`

const zoneText = (zone: Zone): string => {
  const { x, y, width, title, trust, depth } = zone
  const look = `zone${depth % 2 === 1 ? ' inner' : ''}${trust <= 10 ? ' untrusted' : ''}`
  const name = words(x + 12, y + 22, 'name', cut(title, Math.max(8, Math.floor((width - 90) / 7.2))))
  return `<g class="${look}">${rectangle(zone, 10)}${name}${words(x + width - 12, y + 22, 'quiet end', trustText(trust))}</g>`
}

const nodeText = (node: Node): string => {
  const { x, y, width, height, title, text, criticality, internetFacing, group } = node
  const said = `${title}: ${text}, ${criticality} criticality${internetFacing ? ', reached from the internet' : ''}`
  const behind = group ? rectangle({ ...node, x: x + 4, y: y + 4 }, 6) : ''
  const edge = `<rect class="edge" x="${tenth(x)}" y="${tenth(y + 6)}" width="4" height="${tenth(height - 12)}" rx="2"/>`
  const second = internetFacing ? `${cut(text, 18)} · internet` : cut(text, 28)
  const lines =
    words(x + 14, y + 23, 'name', cut(title, Math.floor((width - 24) / 7))) + words(x + 14, y + 40, 'quiet', second)
  return `<g class="box ${criticality}"><title>${escaped(said)}</title>${behind}${rectangle(node, 6)}${edge}${lines}</g>`
}

const linkText = (link: Link, titleOf: (id: string) => string): string => {
  const { path, crosses, encrypted, authenticated, label } = link
  const wrong = [encrypted ? '' : ', not encrypted', authenticated ? '' : ', not authenticated'].join('')
  const said = `${titleOf(link.from)} to ${titleOf(link.to)}: ${label}${crosses ? ', crosses a boundary' : ''}${wrong}`
  const look = ['link', crosses ? 'crosses' : '', encrypted ? '' : 'plain', authenticated ? '' : 'open']
    .filter(Boolean)
    .join(' ')
  const head = encrypted && authenticated ? 'castellan-arrow' : 'castellan-arrow-bad'
  return `<g class="${look}"><title>${escaped(said)}</title><path d="${escaped(path)}" marker-end="url(#${head})"/></g>`
}

const arrow = (id: string, look: string): string =>
  `<marker id="${id}" class="${look}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8Z"/></marker>`

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** The drawing in words, for those who cannot see it. */
export function descriptionOf({ zones, nodes, links, hidden }: EstateView): string {
  const count = (is: (link: Link) => boolean): number => links.filter(is).length
  return [
    `${plural(nodes.length, 'box')} in ${plural(zones.length, 'zone')}, ${plural(links.length, 'link')} between them:`.replace(
      'boxs',
      'boxes',
    ),
    `${count(({ crosses }) => crosses)} cross a boundary,`,
    `${count(({ encrypted }) => !encrypted)} are not encrypted, ${count(({ authenticated }) => !authenticated)} not authenticated.`,
    hidden.assets > 0 ? `${plural(hidden.assets, 'asset')} not shown.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ')
}

/** What the file shows: all boxes, and lines that run around them. */
function frameOf({ width, height, links }: EstateView): Box {
  const points = links.flatMap(({ path }) =>
    [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({
      x: Number(x),
      y: Number(y),
      width: 0,
      height: 0,
    })),
  )
  const {
    x,
    y,
    width: w,
    height: h,
  } = around([{ x: 0, y: 0, width, height }, ...points]) ?? { x: 0, y: 0, width, height }
  return { x: x - edge, y: y - edge, width: w + 2 * edge, height: h + 2 * edge }
}
const edge = 16

/** A drawing as the text of an SVG file. */
export function svgOf(view: EstateView, { theme = 'auto' }: { readonly theme?: Theme } = {}): string {
  const { x, y, width, height } = frameOf(view)
  const frame = [x, y, width, height].map(tenth)
  const titles = new Map(view.nodes.map(({ id, title }) => [id, title]))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="castellan-drawing" role="img" aria-labelledby="castellan-title castellan-desc" width="${frame[2]}" height="${frame[3]}" viewBox="${frame.join(' ')}">`,
    `<title id="castellan-title">${escaped(view.title)}</title>`,
    `<desc id="castellan-desc">${escaped(descriptionOf(view))}</desc>`,
    `<style>${styles[theme]}</style>`,
    `<defs>${arrow('castellan-arrow', '')}${arrow('castellan-arrow-bad', 'bad')}</defs>`,
    ...view.zones.toSorted((a, b) => a.depth - b.depth).map(zoneText),
    ...view.links.map((link) => linkText(link, (id) => titles.get(id) ?? id)),
    ...view.nodes.map(nodeText),
    '</svg>',
    '',
  ].join('\n')
}
