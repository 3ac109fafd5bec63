// What is next: a heap of groups by time, and at the same time the parts of a chain before the chain.
import type { Group } from './group.ts'

interface Wake {
  readonly time: number
  readonly depth: number
  readonly group: Group
}
const before = (a: Wake, b: Wake): boolean => a.time < b.time || (a.time === b.time && a.depth < b.depth)

export class Wakes {
  private readonly heap: Wake[] = []

  /** The time of the first, or Infinity. */
  get first(): number {
    return this.heap[0]?.time ?? Infinity
  }

  put(group: Group): void {
    const wake = { time: group.next, depth: group.correlation.depth, group }
    let at = this.heap.push(wake) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!before(wake, this.heap[above]!)) break
      this.heap[at] = this.heap[above]!
      at = above
    }
    this.heap[at] = wake
  }

  take(): Wake | undefined {
    const [first] = this.heap
    const last = this.heap.pop()
    if (!first || !last || this.heap.length === 0) return first
    let at = 0
    for (;;) {
      let below = at * 2 + 1
      if (below >= this.heap.length) break
      if (below + 1 < this.heap.length && before(this.heap[below + 1]!, this.heap[below]!)) below++
      if (!before(this.heap[below]!, last)) break
      this.heap[at] = this.heap[below]!
      at = below
    }
    this.heap[at] = last
    return first
  }
}
