// Which program holds a socket: the links of /proc/PID/fd, as far as this account may read them.
import { each, type Root } from './root.io.ts'
import type { Holder } from './sockets.ts'

export interface Holders {
  readonly holders: ReadonlyMap<string, Holder>
  /** How many wanted sockets have a holder that this account may not see. */
  readonly unseen: number
}

/** The programs behind these sockets, by inode. Of several processes that share one, the oldest (lowest pid) counts. */
export async function holdersOf(root: Root, inodes: ReadonlySet<string>): Promise<Holders> {
  const names = inodes.size === 0 ? [] : await root.names('/proc')
  const pids = names.filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(a) - Number(b))
  const holders = new Map<string, Holder>()
  const left = new Set(inodes)
  for (let from = 0; from < pids.length && left.size > 0; from += 64) {
    const held = await each(pids.slice(from, from + 64), async (pid) => ({
      pid,
      inodes: await heldBy(root, pid, left),
    }))
    for (const { pid, inodes: found } of held) {
      const mine = found.filter((inode) => left.delete(inode))
      if (mine.length === 0) continue
      const holder = await holderOf(root, pid)
      for (const inode of mine) holders.set(inode, holder)
    }
  }
  return { holders, unseen: left.size }
}

async function heldBy(root: Root, pid: string, wanted: ReadonlySet<string>): Promise<string[]> {
  const folder = `/proc/${pid}/fd`
  const found: string[] = []
  for (const name of await root.names(folder)) {
    const inode = /^socket:\[(\d+)\]$/.exec((await root.link(`${folder}/${name}`)) ?? '')?.[1]
    if (inode !== undefined && wanted.has(inode)) found.push(inode)
  }
  return found
}

async function holderOf(root: Root, pid: string): Promise<Holder> {
  const [name, path] = await Promise.all([root.text(`/proc/${pid}/comm`), root.link(`/proc/${pid}/exe`)])
  const exe = (path ?? '').replace(/ \(deleted\)$/, '')
  return { pid: Number(pid), process: name.text.trim() || (exe.split('/').at(-1) ?? ''), path: exe }
}
