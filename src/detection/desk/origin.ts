// Where a rule comes from: the workspace's own folder, another folder of it, a pack at a commit, or Castellan itself.
import { relative, sep } from 'node:path'
import { packFolder, type Packs } from '../packs/packs.io.ts'
import type { origins } from '../types.ts'

export interface Origin {
  /** Files of `own` are written by the console; all others are left as they are. */
  readonly from: (typeof origins)[number]
  /** Name of the pack; empty elsewhere. */
  readonly pack: string
  /** The commit that the pack is pinned to. */
  readonly revision: string
  /** The file, seen from its folder. */
  readonly path: string
}
interface Places {
  readonly own: string | undefined
  readonly folders: readonly string[]
  readonly packs?: Packs | undefined
}

const within = (folder: string, file: string): string | undefined =>
  file.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`) ? relative(folder, file) : undefined

/** Where a rule's file lies. */
export function originOf(file: string, { own, folders, packs }: Places): Origin {
  const pack = packs?.all.find((one) => within(packFolder(packs.root, one, one.revision), file) !== undefined)
  if (packs && pack) {
    const path = within(packFolder(packs.root, pack, pack.revision), file) ?? file
    return { from: 'pack', pack: pack.name, revision: pack.revision, path }
  }
  const mine = own === undefined ? undefined : within(own, file)
  if (mine !== undefined) return { from: 'own', pack: '', revision: '', path: mine }
  const folder = folders.find((one) => within(one, file) !== undefined)
  if (folder === undefined) return { from: 'built-in', pack: '', revision: '', path: file }
  return { from: 'folder', pack: '', revision: '', path: within(folder, file) ?? file }
}
