// The drawing: laid out by the server, shown by React Flow for panning, zooming and choosing.
import '@xyflow/react/dist/base.css'
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
import { useScheme } from '../../design/theme.ts'
import { AssetNode } from './AssetNode.tsx'
import { Legend } from './Legend.tsx'
import { LinkEdge } from './LinkEdge.tsx'
import { type EstateView, type LinkData, type Lit, lookOf, near } from './near.ts'
import { ZoneNode } from './ZoneNode.tsx'

interface DrawingProps {
  readonly view: EstateView
  /** Id of the chosen box. */
  readonly chosen: string | undefined
  /** Boxes that a text found. */
  readonly found: ReadonlySet<string> | undefined
  /** How likely boxes fall with the chosen asset, while that is asked. */
  readonly risk: ReadonlyMap<string, number> | undefined
  readonly onChoose: (id: string) => void
}

const nodeTypes = { zone: ZoneNode, asset: AssetNode }
const edgeTypes = { link: LinkEdge }
const fit = { padding: { top: '20px', right: '20px', bottom: '60px', left: '60px' }, maxZoom: 1.1 } as const

export const Drawing = (props: DrawingProps) => (
  <ReactFlowProvider key={`${props.view.view} ${props.view.group}`}>
    <Canvas {...props} />
  </ReactFlowProvider>
)

/** What stands out: what is at risk, else the chosen box and its neighbours, else what was found. */
const litOf = ({ view, chosen, found, risk }: DrawingProps): Lit => ({
  chosen: risk ? undefined : chosen,
  boxes: risk ? new Set([...risk.keys(), ...(chosen === undefined ? [] : [chosen])]) : (near(view, chosen) ?? found),
})

function Canvas(props: DrawingProps) {
  const { view, chosen, found, risk, onChoose } = props
  const scheme = useScheme()
  const lit = useMemo(() => litOf({ view, chosen, found, risk, onChoose }), [view, chosen, found, risk, onChoose])
  const nodes = useMemo(() => nodesOf(view, lit, chosen, risk), [view, lit, chosen, risk])
  const edges = useMemo(() => edgesOf(view, lit), [view, lit])
  const box = useRef<HTMLDivElement>(null)
  useShow(view, chosen)
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
        <Overview view={view} box={box} />
      </ReactFlow>
      <Legend hidden={view.hidden} />
    </div>
  )
}

/** A small map, while some of the drawing is out of sight; and larger names of zones when all is far away. */
function Overview({ view, box }: { readonly view: EstateView; readonly box: RefObject<HTMLDivElement | null> }) {
  const far = useStore(({ transform }) => transform[2] < 0.4)
  const lost = useStore(({ transform: [x, y, zoom], width, height }) => {
    const [right, bottom] = [x + view.width * zoom, y + view.height * zoom]
    return x < -8 || y < -8 || right > width + 8 || bottom > height + 8
  })
  useEffect(() => {
    if (box.current) box.current.dataset['far'] = String(far)
  }, [far, box])
  return lost ? (
    <MiniMap pannable zoomable nodeClassName={(node) => `mini-${node.type ?? ''}`} nodeBorderRadius={6} />
  ) : null
}

/** Brings a box chosen elsewhere (a link, a table) into sight with its neighbours; one chosen here is in sight already. */
function useShow(view: EstateView, chosen: string | undefined): void {
  const { fitView } = useReactFlow()
  const first = useRef(true)
  useEffect(() => {
    const isNew = first.current
    first.current = false
    const around = near(view, chosen)
    if (!around || !isNew) return undefined
    const nodes = [...around].map((id) => ({ id }))
    const timer = setTimeout(() => void fitView({ nodes, maxZoom: 1, minZoom: 0.4, padding: 0.1 }), 120)
    return () => clearTimeout(timer)
  }, [view, chosen, fitView])
}

function nodesOf(
  { zones, nodes }: EstateView,
  { boxes }: Lit,
  chosen: string | undefined,
  risk: ReadonlyMap<string, number> | undefined,
): Node[] {
  return [
    ...zones.map((zone) => ({
      id: `zone ${zone.id}`,
      type: 'zone',
      position: { x: zone.x, y: zone.y },
      width: zone.width,
      height: zone.height,
      zIndex: zone.depth,
      selectable: false,
      focusable: false,
      data: { zone },
    })),
    ...nodes.map((node) => ({
      id: node.id,
      type: 'asset',
      position: { x: node.x, y: node.y },
      width: node.width,
      height: node.height,
      zIndex: 20,
      selected: node.id === chosen,
      data: { node, faded: boxes !== undefined && !boxes.has(node.id), risk: risk?.get(node.id) },
    })),
  ]
}

const edgesOf = ({ links }: EstateView, lit: Lit): Edge<LinkData>[] =>
  links.map((link) => ({
    id: link.id,
    type: 'link',
    source: link.from,
    target: link.to,
    zIndex: 10,
    focusable: false,
    selectable: false,
    data: { path: link.path, link, look: lookOf(link, lit, links.length) },
  }))
