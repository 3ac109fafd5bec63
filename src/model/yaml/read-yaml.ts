// YAML of the model as a document: plain text by the quick way, everything else by the whole parser.
import { type Issue, ok, type Place, type Result } from '#kernel'
import { parseYaml, type YamlDocument, yamlLimits } from '#platform'
import { type PlainNode, plainYaml } from './plain-yaml.ts'

/** As parseYaml of #platform, several times as fast for what models are usually written in. */
export function readYaml(text: string, file: string): Result<YamlDocument, Issue[]> {
  const root = Buffer.byteLength(text) > yamlLimits.bytes ? undefined : plainYaml(text)
  if (!root) return parseYaml(text, file)
  const at = placer(text, file)
  return ok({ file, value: root.value, place: (path, of = 'value') => at(offsetOf(root, path, of === 'key')) })
}

/** Where the value at a path begins, or its nearest existing parent; with `ofKey`, where its key does. */
function offsetOf(root: PlainNode, path: readonly PropertyKey[], ofKey: boolean): number {
  let node: PlainNode | undefined = root
  let offset = root.at
  for (const [index, part] of path.entries()) {
    if (node?.entries) {
      const entry = node.entries.get(String(part))
      if (!entry) break
      node = entry.node
      offset = ofKey && index === path.length - 1 ? entry.keyAt : node.at
    } else if (node?.items) {
      node = node.items[Number(part)]
      offset = node?.at ?? offset
    } else break
  }
  return offset
}

/** Offsets as lines and columns. Lines are counted when a place is first asked for. */
function placer(text: string, file: string): (offset: number) => Place {
  let starts: number[] | undefined
  return (offset) => {
    starts ??= lineStarts(text)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { file, line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
