// A drawing as a Mermaid flowchart, for pages that draw those themselves.
import type { EstateView } from './types.ts'

/** A title between quotes; Mermaid reads character codes between # and ;. */
const quoted = (text: string): string =>
  `"${text.replace(/["#&<>;`\\[\](){}|]|[\p{Cc}\p{Zl}\p{Zp}]/gu, (sign) => `#${sign.codePointAt(0) ?? 32};`)}"`

/** The text of a Mermaid flowchart. Names are the places in the drawing's lists, so that no text of the model can mean anything there. */
export function mermaidOf({ zones, nodes, links }: EstateView): string {
  const nodeName = new Map(nodes.map(({ id }, at) => [id, `n${at}`]))
  const zoneIds = new Set(zones.map(({ id }) => id))
  const inside = (zone: string, indent: string): string[] => [
    ...zones.flatMap(({ id, title, trust, parent = '' }, at) =>
      (zoneIds.has(parent) ? parent : '') === zone
        ? [
            `${indent}subgraph z${at} [${quoted(`${title} (trust ${trust})`)}]`,
            ...inside(id, `${indent}  `),
            `${indent}end`,
          ]
        : [],
    ),
    ...nodes.flatMap(({ title, text, zone: of, group }, at) => {
      const [open, close] = group ? ['[[', ']]'] : ['[', ']']
      return (zoneIds.has(of) ? of : '') === zone
        ? [`${indent}n${at}${open}${quoted(`${title}: ${text}`)}${close}`]
        : []
    }),
  ]
  const lines = links.map(({ from, to, label, encrypted, authenticated }) => {
    const wrong = `${encrypted ? '' : ', not encrypted'}${authenticated ? '' : ', not authenticated'}`
    return `  ${nodeName.get(from) ?? ''} ${encrypted ? '-->' : '-.->'}|${quoted(label + wrong)}| ${nodeName.get(to) ?? ''}`
  })
  return `${['flowchart LR', ...inside('', '  '), ...lines].join('\n')}\n`
}
