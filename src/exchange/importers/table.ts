// Every importer. Adding one: its file, and its line here. Order is the order of asking.
import { compose } from './compose.ts'
import type { Importer } from './importer.ts'
import { kubernetes } from './kubernetes.ts'
import { likec4 } from './likec4.ts'
import { nftables } from './nftables.ts'
import { nmap } from './nmap.ts'
import { otm } from './otm.ts'
import { pytm } from './pytm.ts'
import { terraform } from './terraform.ts'
import { threagile } from './threagile.ts'
import { threatDragon } from './threat-dragon.ts'

export const importers: readonly Importer[] = [
  compose,
  kubernetes,
  terraform,
  nmap,
  nftables,
  threagile,
  threatDragon,
  otm,
  likec4,
  pytm,
]

/** The importers as the reference shows them. */
export const importerDocs: readonly Pick<Importer, 'name' | 'title' | 'reads' | 'becomes'>[] = importers.map(
  ({ name, title, reads, becomes }) => ({ name, title, reads, becomes }),
)
