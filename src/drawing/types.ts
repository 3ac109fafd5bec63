// The nouns of a drawing: what is shown, where it stands, what is not shown.
import { z } from 'zod'
import { Criticality } from '#model'

/** How assets are drawn as groups. `none` draws each by itself. */
export const groupings = ['zone', 'kind', 'owner', 'none'] as const
export const Grouping = z.enum(groupings)
export type Grouping = z.output<typeof Grouping>

/** Size of an asset's box in pixels. */
export const box = { width: 184, height: 52 } as const

/** Most boxes in a drawing whose grouping was not asked for: more cannot be taken in. */
export const mostBoxes = 60
/** Most boxes in any drawing. */
export const mostUngrouped = 2_000

const place = {
  x: z.number().meta({ description: 'pixels from the left' }),
  y: z.number().meta({ description: 'pixels from above' }),
  width: z.number(),
  height: z.number(),
}

/** A rectangle in pixels from the upper left. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const zone = {
  id: z.string(),
  title: z.string(),
  trust: z.number(),
  parent: z.string().optional().meta({ description: 'the zone that it is drawn in' }),
  depth: z.number().meta({ description: '0 outermost' }),
}
const node = {
  id: z.string().meta({ description: 'id of the asset, or of the group' }),
  title: z.string(),
  text: z.string().meta({ description: 'second line: the kind of an asset, the number of assets in a group' }),
  kind: z.string().meta({ description: 'kind of all assets in it; empty when they are of several' }),
  zone: z.string().meta({ description: 'the zone that it is drawn in; empty outside all' }),
  criticality: Criticality.meta({ description: 'the highest of its assets' }),
  internetFacing: z.boolean(),
  group: z.boolean(),
  assets: z.array(z.string()).meta({ description: 'ids of its assets' }),
}
const link = {
  id: z.string(),
  from: z.string(),
  to: z.string(),
  flows: z.array(z.string()).meta({ description: 'ids of its flows' }),
  label: z.string().meta({ description: 'protocol and port of the first, and how many more there are' }),
  crosses: z.boolean().meta({ description: 'a flow in it joins two zones' }),
  encrypted: z.boolean().meta({ description: 'every flow in it is' }),
  authenticated: z.boolean().meta({ description: 'every flow in it is' }),
}
export const Hidden = z.strictObject({
  assets: z.number().meta({ description: 'assets that are not in the drawing' }),
  flows: z.number().meta({ description: 'flows that lead from what is drawn to what is not' }),
  inside: z.number().meta({ description: 'flows within one box' }),
})

export const ShownZone = z.strictObject(zone)
export type ShownZone = z.output<typeof ShownZone>
export const ShownNode = z.strictObject(node)
export type ShownNode = z.output<typeof ShownNode>
export const ShownLink = z.strictObject(link)
export type ShownLink = z.output<typeof ShownLink>

/** What a drawing shows, before anything has a place. */
export interface Scope {
  readonly zones: readonly ShownZone[]
  readonly nodes: readonly ShownNode[]
  readonly links: readonly ShownLink[]
  readonly hidden: z.output<typeof Hidden>
}

/** A drawing: everything with its place. */
export const EstateView = z.strictObject({
  view: z.string().meta({ description: 'id of the view; empty for the whole estate' }),
  title: z.string(),
  group: z.enum(['', ...groupings]),
  views: z.array(z.strictObject({ id: z.string(), title: z.string() })).meta({ description: 'all views of the model' }),
  width: z.number(),
  height: z.number(),
  zones: z.array(z.strictObject({ ...zone, ...place })),
  nodes: z.array(z.strictObject({ ...node, ...place })),
  links: z.array(z.strictObject({ ...link, path: z.string().meta({ description: 'SVG path' }) })),
  hidden: Hidden,
})
export type EstateView = z.output<typeof EstateView>
