// The drawing: laid out by Graphviz in a worker, shown by React Flow for panning, zooming and choosing.
import '@xyflow/react/dist/base.css'
import { useQuery } from '@tanstack/react-query'
import {
  Background,
  Controls,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type Edge,
  type Node,
} from '@xyflow/react'
import { useEffect, useMemo, useRef, type RefObject } from 'react'
import { asTrouble } from '../../client/client.ts'
import type { Estate } from '../../client/nouns.ts'
import { useScheme } from '../../design/theme.ts'
import { Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { AssetNode } from './AssetNode.tsx'
import { graphOf, plansOf, type Graph } from './graph.ts'
import { layOut } from './askLayout.ts'
import type { Layout } from './layout.ts'
import { Legend } from './Legend.tsx'
import { LinkEdge } from './LinkEdge.tsx'
import { near, type LinkData } from './near.ts'
import { ZoneNode } from './ZoneNode.tsx'

interface DrawingProps {
  readonly estate: Estate
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}

/** More lines than this would hide what they join, so they step back until an asset is chosen. */
const manyLinks = 150
const nodeTypes = { zone: ZoneNode, asset: AssetNode }
const edgeTypes = { link: LinkEdge }
const fit = { padding: { top: '20px', right: '20px', bottom: '60px', left: '60px' }, maxZoom: 1.1 } as const

export function Drawing(props: DrawingProps) {
  const graph = useMemo(() => graphOf(props.estate), [props.estate])
  const plans = useMemo(() => plansOf(graph), [graph])
  const {
    data: layout,
    error,
    refetch,
  } = useQuery({ queryKey: ['layout', plans], queryFn: () => layOut(plans), staleTime: Infinity, retry: false })
  if (error) return <TroubleNote trouble={asTrouble(error)} again={() => void refetch()} />
  if (!layout) return <Skeleton lines={12} height={28} />
  return (
    <ReactFlowProvider>
      <Canvas {...props} graph={graph} layout={layout} />
    </ReactFlowProvider>
  )
}

function Canvas({
  graph,
  layout,
  chosen,
  onChoose,
}: DrawingProps & { readonly graph: Graph; readonly layout: Layout }) {
  const scheme = useScheme()
  const nodes = useMemo(() => nodesOf(graph, layout, chosen), [graph, layout, chosen])
  const edges = useMemo(() => edgesOf(graph, layout, chosen), [graph, layout, chosen])
  const box = useRef<HTMLDivElement>(null)
  useShow(graph, chosen)
  return (
    <div ref={box} className="drawing">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={scheme}
        fitView
        fitViewOptions={fit}
        minZoom={0.05}
        maxZoom={2.5}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        elevateNodesOnSelect={false}
        onlyRenderVisibleElements
        onNodeClick={(_, node) => (node.type === 'asset' ? onChoose(node.id) : undefined)}
        onPaneClick={() => onChoose('')}
        aria-label="Drawing of the estate"
      >
        <Background gap={24} size={1} />
        <Controls showInteractive={false} position="top-left" />
        <Overview layout={layout} box={box} />
      </ReactFlow>
      <Legend undrawn={graph.undrawn} />
    </div>
  )
}

/** A small map, while some of the drawing is out of sight; and larger names of zones when all is far away. */
function Overview({ layout, box }: { readonly layout: Layout; readonly box: RefObject<HTMLDivElement | null> }) {
  const far = useStore(({ transform }) => transform[2] < 0.4)
  const lost = useStore(({ transform: [x, y, zoom], width, height }) => {
    const [right, bottom] = [x + layout.width * zoom, y + layout.height * zoom]
    return x < -8 || y < -8 || right > width + 8 || bottom > height + 8
  })
  useEffect(() => {
    if (box.current) box.current.dataset['far'] = String(far)
  }, [far, box])
  return lost ? (
    <MiniMap pannable zoomable nodeClassName={(node) => `mini-${node.type ?? ''}`} nodeBorderRadius={6} />
  ) : null
}

/** Brings an asset chosen elsewhere (a link, a table) into sight with its neighbours; one chosen here is in sight already. */
function useShow(graph: Graph, chosen: string | undefined): void {
  const { fitView } = useReactFlow()
  const first = useRef(true)
  useEffect(() => {
    const isNew = first.current
    first.current = false
    const around = near(graph, chosen)
    if (!around || !isNew) return undefined
    const nodes = [...around].map((id) => ({ id }))
    const timer = setTimeout(() => void fitView({ nodes, maxZoom: 1, minZoom: 0.4, padding: 0.1 }), 120)
    return () => clearTimeout(timer)
  }, [graph, chosen, fitView])
}

function nodesOf(graph: Graph, layout: Layout, chosen: string | undefined): Node[] {
  const lit = near(graph, chosen)
  const zones = graph.zones.flatMap((zone, at): Node[] => {
    const place = layout.zones.get(at)
    if (!place) return []
    const { x, y, width, height } = place
    const depth = graph.depth.get(zone.id) ?? 0
    return [
      {
        id: `zone ${zone.id}`,
        type: 'zone',
        position: { x, y },
        width,
        height,
        zIndex: depth,
        selectable: false,
        focusable: false,
        data: { zone, depth },
      },
    ]
  })
  const assets = graph.assets.flatMap((asset, at): Node[] => {
    const place = layout.assets.get(at)
    if (!place) return []
    const { x, y, width, height } = place
    return [
      {
        id: asset.id,
        type: 'asset',
        position: { x, y },
        width,
        height,
        zIndex: 20,
        selected: asset.id === chosen,
        data: { asset, faded: lit !== undefined && !lit.has(asset.id) },
      },
    ]
  })
  return [...zones, ...assets]
}

const edgesOf = (graph: Graph, layout: Layout, chosen: string | undefined): Edge<LinkData>[] =>
  graph.links.map((link, at) => ({
    id: link.id,
    type: 'link',
    source: link.from,
    target: link.to,
    zIndex: 10,
    focusable: false,
    selectable: false,
    data: {
      path: layout.links.get(at) ?? '',
      link,
      look:
        chosen === undefined
          ? graph.links.length > manyLinks
            ? 'quiet'
            : 'plain'
          : link.from === chosen || link.to === chosen
            ? 'lit'
            : 'faded',
    },
  }))
