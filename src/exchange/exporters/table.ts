// Every exporter. Adding one: its file, and its line here.
import type { Exporter } from './exporter.ts'
import { json } from './json.ts'
import { mermaid } from './mermaid.ts'
import { otm } from './otm.ts'
import { threatDragon } from './threat-dragon.ts'

export const exporters: readonly Exporter[] = [otm, threatDragon, mermaid, json]

/** The exporters as the reference shows them. */
export const exporterDocs: readonly Pick<Exporter, 'name' | 'title' | 'file' | 'holds'>[] = exporters.map(
  ({ name, title, file, holds }) => ({
    name,
    title,
    file,
    holds,
  }),
)
