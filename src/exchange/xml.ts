// XML as far as tools write it: elements, attributes, text. No document type is read and no entity is expanded but the five of XML itself.
import { type Issue, no, ok, type Result } from '#kernel'
import { entryOf } from './values.ts'

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
}

const mostElements = 2_000_000
const deepest = 100

/** `<!DOCTYPE …>`, comments, processing instructions and CDATA are passed over; then a tag. */
const token =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<!DOCTYPE[^>[]*>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|</g
const attribute = /([\w.:-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g

const known: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The five entities of XML and numbers of letters; every other stays as it is written. */
const unescaped = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g,
        (whole, hex?: string, decimal?: string, name?: string) => {
          const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
          if (name !== undefined) return entryOf(known, name) ?? whole
          return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
        },
      )
    : text

interface Open extends XmlElement {
  readonly children: XmlElement[]
}

/** The root element. Fails with the place of the first thing that does not fit. Never throws. */
export function parseXml(text: string, file: string): Result<XmlElement, Issue[]> {
  const top: Open = { name: '', attributes: {}, children: [] }
  const open: Open[] = [top]
  let elements = 0
  const wrong = (offset: number, what: string) => no([syntaxIssue(file, text.slice(0, offset), what)])
  for (const { 0: whole, 1: closing, 2: name, 3: attributes = '', 4: empty, index } of text.matchAll(token)) {
    const here = open.at(-1) ?? top
    if (whole === '<') return wrong(index, 'this is not valid XML, or a document type that is not read')
    if (name === undefined) continue
    if (closing === '/') {
      if (here.name !== name) return wrong(index, `</${name}> closes nothing that is open`)
      open.pop()
      continue
    }
    elements += 1
    if (elements > mostElements || open.length > deepest)
      return wrong(index, 'this is larger or deeper than what is read')
    const element: Open = { name, attributes: attributesOf(attributes), children: [] }
    here.children.push(element)
    if (empty !== '/') open.push(element)
  }
  const [root] = top.children
  if (open.length > 1) return wrong(text.length, `<${open.at(-1)?.name ?? ''}> is never closed`)
  return root ? ok(root) : wrong(0, 'there is no element in it')
}

const syntaxIssue = (file: string, before: string, text: string): Issue => ({
  code: 'xml-syntax',
  severity: 'error',
  at: { file, line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') },
  text,
  help: 'export it again; a scan that was stopped leaves its file unfinished',
})

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(attribute)].map(([, name = '', double, single]) => [name, unescaped(double ?? single ?? '')]),
  )

/** The elements of a name right below this one. */
export const childrenOf = ({ children }: XmlElement, name: string): XmlElement[] =>
  children.filter((child) => child.name === name)
