// A line of the drawing, along the way that the server found for it.
import { EdgeLabelRenderer, useStore, type Edge, type EdgeProps } from '@xyflow/react'
import { useMemo } from 'react'
import type { LinkData } from './near.ts'

const zoomForLabels = 0.75

/** The middle of a path `M x y C …`: the end of its middle curve, or the middle of its only one. */
function middleOf(path: string): readonly [number, number] {
  const points = [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
  if (points.length === 4) {
    const [a, b, c, d] = points.map(([x, y]) => [x, y] as const)
    if (a && b && c && d) return [(a[0] + 3 * b[0] + 3 * c[0] + d[0]) / 8, (a[1] + 3 * b[1] + 3 * c[1] + d[1]) / 8]
  }
  return points[Math.floor((points.length - 1) / 6) * 3] ?? [0, 0]
}

/** The arrow head of a line; none while lines step back. */
function headOf({ encrypted, authenticated }: LinkData['link'], look: LinkData['look']): string | undefined {
  if (look === 'quiet') return undefined
  if (!encrypted || !authenticated) return 'url(#arrow-plaintext)'
  return look === 'lit' ? 'url(#arrow-lit)' : 'url(#arrow)'
}

export function LinkEdge({ data }: EdgeProps<Edge<LinkData>>) {
  const close = useStore((state) => state.transform[2] >= zoomForLabels)
  const middle = useMemo(() => middleOf(data?.path ?? ''), [data?.path])
  if (!data || data.path === '') return null
  const { link, look, path } = data
  const labelled = look === 'lit' || (close && look !== 'faded' && link.crosses)
  return (
    <>
      <path
        className="link"
        data-look={look}
        d={path}
        data-crosses={link.crosses || undefined}
        data-plaintext={!link.encrypted || undefined}
        data-open={!link.authenticated || undefined}
        markerEnd={headOf(link, look)}
      />
      {labelled ? (
        <EdgeLabelRenderer>
          <span
            className="link-label number"
            data-plaintext={!link.encrypted || undefined}
            style={{ transform: `translate(-50%, -50%) translate(${middle[0]}px, ${middle[1]}px)` }}
          >
            {link.label}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </>
  )
}
