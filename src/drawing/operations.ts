// What may be asked of drawings.
import { z } from 'zod'
import { anyRole, operation, type RoomOperation } from '#kernel'
import { type Drawing, formats } from './drawing.ts'
import { themes } from './svg.ts'
import { EstateView, Grouping } from './types.ts'

const ask = operation<Drawing>()

const asked = {
  view: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'id of a view of the model; the whole estate when not given' }),
  group: Grouping.optional().meta({
    description: 'draw assets as groups; when not given as the view says, or so that there are at most 60 boxes',
  }),
  query: z.string().max(1_000).optional().meta({ description: 'only assets that fit: zone:dmz and not kind:nginx' }),
  fresh: z.boolean().default(false).meta({ description: 'lay out anew, forgetting where boxes stood' }),
}

export const operations: readonly RoomOperation<Drawing>[] = [
  ask({
    name: 'model.view',
    does: 'lay out a drawing of the estate: zones, assets or groups of them, links, and their places',
    kind: 'read',
    may: anyRole,
    input: z.strictObject(asked),
    output: EstateView,
    example: {},
    positional: ['view'],
    run: (input, drawing) => drawing.view(input),
  }),
  ask({
    name: 'model.draw',
    does: 'draw the estate as a data-flow diagram: SVG, JSON or Mermaid',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      ...asked,
      format: z.enum(formats).default('svg'),
      theme: z.enum(themes).default('auto').meta({ description: 'colours of an SVG file' }),
    }),
    output: z.strictObject({ text: z.string() }),
    example: { format: 'mermaid' },
    positional: ['view'],
    run: async (input, drawing) => ({ text: await drawing.draw(input) }),
  }),
]
