// A tree of processes as lines: parents before their children, each with its depth.
import type { Output } from '../../client/nouns.ts'

export type ProcessTree = Output<'event.processes'>
export type Process = ProcessTree['nodes'][number]
export interface Line {
  readonly process: Process
  readonly depth: number
  /** For each step of its depth: whether a line goes on downwards there, to a later child. */
  readonly rails: readonly boolean[]
}

/** The lines from the top down. What hangs on nothing stands at the top; nothing is shown twice. */
export function linesOf(nodes: readonly Process[]): Line[] {
  const known = new Set(nodes.map(({ key }) => key))
  const children = new Map<string, Process[]>()
  for (const node of nodes) {
    const parent = known.has(node.parent) && node.parent !== node.key ? node.parent : ''
    children.set(parent, [...(children.get(parent) ?? []), node])
  }
  const lines: Line[] = []
  const seen = new Set<string>()
  const walk = (parent: string, above: readonly boolean[], isTop: boolean): void => {
    const all = children.get(parent) ?? []
    all.forEach((process, at) => {
      if (seen.has(process.key)) return
      seen.add(process.key)
      const rails = isTop ? [] : [...above, at < all.length - 1]
      lines.push({ process, depth: rails.length, rails })
      walk(process.key, rails, false)
    })
  }
  walk('', [], true)
  return lines
}

/** `cmd.exe` of `C:\Windows\System32\cmd.exe`. */
export function programOf(path: string): string {
  const at = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'))
  return at >= 0 && at < path.length - 1 ? path.slice(at + 1) : path
}
