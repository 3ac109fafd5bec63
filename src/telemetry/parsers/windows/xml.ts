// Windows events as XML (wevtutil /f:xml, forwarded events, Sysmon for Linux), brought to the JSON form of evtx_dump.
import type { ParsedEvent } from '../../types.ts'
import type { TextParser } from '../parser.ts'
import { put, type Json } from '../../evtx/bytes.ts'
import { windowsEvent, windowsOcsf } from './windows.ts'

type Tree = { [name: string]: Json }
interface Open {
  readonly name: string
  readonly tree: Tree
  readonly attributes: Tree | undefined
  text: string
}

const tagAt =
  /<(?:\?[^>]*\?|!--[\s\S]*?--|(\/?)([\w:.-]{1,128})((?:\s+[\w:.-]{1,128}\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?))>/y
const attribute = /([\w:.-]{1,128})\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const entity = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const maxDepth = 64

const decode = (text: string): string =>
  text.includes('&')
    ? text.replace(entity, (all, name: string | undefined, decimal: string | undefined, hex: string | undefined) => {
        if (name !== undefined) return named[name] ?? all
        const code = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal)
        return code < 0x11_0000 ? String.fromCodePoint(code) : '\ufffd'
      })
    : text

function attributesOf(text: string): Tree | undefined {
  if (text === '') return undefined
  const tree: Tree = {}
  for (const [, name = '', double, single] of text.matchAll(attribute)) put(tree, name, decode(double ?? single ?? ''))
  return tree
}

/** Adds under a name; the second of a name makes a list. */
function add(tree: Tree, name: string, value: Json): void {
  const before = Object.hasOwn(tree, name) ? tree[name] : undefined
  if (before === undefined) put(tree, name, value)
  else if (Array.isArray(before)) before.push(value)
  else put(tree, name, [before, value])
}

/** A closed element goes into the one around it: `<Data Name="x">` under its own name. */
function close(parent: Tree, { name, tree, attributes, text }: Open): void {
  const label = attributes?.['Name']
  const holds = Object.keys(tree).length > 0
  const said = decode(text.trim() === '' && holds ? '' : text)
  if (name === 'Data' && typeof label === 'string') return add(parent, label, said)
  if (attributes) tree['#attributes'] = attributes
  if (!holds && !attributes) return add(parent, name, said === '' ? null : said)
  if (said !== '') tree['#text'] = said
  add(parent, name, tree)
}

/** Opens or closes what a tag says; false when it closes another element than the last opened. */
function turn(root: Tree, stack: Open[], tag: RegExpExecArray): boolean {
  const [, closing, full, attributes = '', selfClosing] = tag
  const name = full?.slice(full.lastIndexOf(':') + 1)
  if (name === undefined) return true // a comment or an instruction
  const open: Open = { name, tree: {}, attributes: attributesOf(attributes), text: '' }
  if (closing !== '/' && selfClosing !== '/') return stack.push(open) <= maxDepth
  const done = closing === '/' ? stack.pop() : open
  if (done?.name !== name) return false
  close(stack.at(-1)?.tree ?? root, done)
  return true
}

/** The tree of an XML text; undefined when tags do not close or nest deeper than 64. */
function treeOf(text: string): Tree | undefined {
  const root: Tree = {}
  const stack: Open[] = []
  for (let at = 0; at < text.length; at = tagAt.lastIndex) {
    const next = text.indexOf('<', at)
    const top = stack.at(-1)
    if (top) top.text += text.slice(at, next < 0 ? text.length : next)
    if (next < 0) break
    tagAt.lastIndex = next
    const tag = tagAt.exec(text)
    if (!tag || !turn(root, stack, tag)) return undefined
  }
  return stack.length === 0 ? root : undefined
}

/** The event of a Windows record in XML; undefined when it is not well formed. */
export function xmlEvent(text: string, received: number): ParsedEvent | undefined {
  const tree = treeOf(text.trim())
  return tree && 'Event' in tree ? windowsEvent(tree, received) : undefined
}

/** With the declaration of XML before it, or a prefix of the namespace. */
const begin = /^\s{0,16}<(?:\?xml[^>]{0,100}\?>\s{0,16}<)?(?:\w{1,16}:)?Event[\s>]/

export const windowsXml: TextParser = {
  name: 'windows-xml',
  reads: 'text',
  ocsf: () => windowsOcsf,
  does: 'reads Windows events written as XML, Sysmon for Linux included, like the parser `windows`',
  recognises: '`<Event` at the start of the record',
  recognise: (text) => text.startsWith('<Event') || begin.test(text.slice(0, 200)),
  parse: xmlEvent,
}
