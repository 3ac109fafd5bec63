// One entry of `ports` or `expose` of a compose file, in its short and its long form.
import { type Fields, portOf, textOf } from '../values.ts'

export interface ComposePort {
  readonly target: number
  readonly transport: 'tcp' | 'udp'
  /** Undefined when only other containers reach it. */
  readonly published: number | undefined
  /** Address of the machine on which it is published; empty means all of them. */
  readonly address: string
}

/** `[address:][published:]target[/udp]`, or the long form. Of a range every port counts, at most 100. */
export function composePort(entry: Fields | string): ComposePort[] {
  if (typeof entry !== 'string') {
    const target = portOf(entry['target'])
    const published = portOf(textOf(entry['published']).split('-')[0])
    const transport = entry['protocol'] === 'udp' ? 'udp' : 'tcp'
    return target === undefined
      ? []
      : [{ target, transport, published: published ?? target, address: textOf(entry['host_ip']) }]
  }
  const [ports = '', protocol] = entry.split('/')
  const parts = /^(?:(\[[^\]]*\]|[^:]*):)?(?:([^:]*):)?([^:]+)$/.exec(ports) ?? []
  const [, first = '', second, last = ''] = parts
  // With one colon the part before it is the published port; with two it is the address.
  const [address, outer] = second === undefined ? ['', first] : [first.replace(/^\[|\]$/g, ''), second]
  const targets = range(last)
  const outers = range(outer)
  return targets.map((target, index) => ({
    target,
    transport: protocol === 'udp' ? 'udp' : 'tcp',
    published: outers[index] ?? (outer === '' ? target : outers[0]),
    address,
  }))
}

function range(text: string): number[] {
  const [first, last] = text.split('-').map(portOf)
  if (first === undefined) return []
  return Array.from({ length: Math.min(Math.max((last ?? first) - first + 1, 1), 100) }, (_, index) => first + index)
}
