// Which packages are installed, and which of them owns a program: from dpkg's and apk's files, or by asking rpm.
import { runProcess } from '#platform'
import {
  apkOwners,
  apkPackages,
  dpkgPackages,
  listed,
  packageOfList,
  rpmFormat,
  rpmPackages,
  spellings,
} from './packages.ts'
import { each, type Root } from './root.io.ts'
import type { HostFacts, Package } from './types.ts'

/** The packages of a machine, and a way to ask who owns a program's path. */
export interface Packages {
  readonly manager: HostFacts['packages']['manager']
  readonly items: readonly Package[]
  /** Why they are not known, or empty. */
  readonly why: string
  readonly owners: (paths: ReadonlySet<string>) => Promise<ReadonlyMap<string, string>>
}

const dpkgStatus = '/var/lib/dpkg/status'
const apkInstalled = '/lib/apk/db/installed'
const rpmFolders = ['/usr/lib/sysimage/rpm', '/var/lib/rpm']
const limits = { timeoutMilliseconds: 20_000, maxBytes: 33_554_432 }
const nobody: Packages['owners'] = () => Promise.resolve(new Map<string, string>())

/** Looks for dpkg, then apk, then rpm; the first that has a database answers. */
export async function packagesOf(root: Root): Promise<Packages> {
  const dpkg = await root.text(dpkgStatus)
  if (!dpkg.missing)
    return {
      manager: 'dpkg',
      items: dpkgPackages(dpkg.text),
      why: dpkg.why,
      owners: (paths) => dpkgOwners(root, paths),
    }
  const apk = await root.text(apkInstalled)
  if (!apk.missing) {
    const owners: Packages['owners'] = (paths) => Promise.resolve(apkOwners(apk.text, paths))
    return { manager: 'apk', items: apkPackages(apk.text), why: apk.why, owners }
  }
  const folders = await each(rpmFolders, (folder) => root.names(folder))
  if (folders.some((names) => names.length > 0)) return rpm(root)
  return { manager: 'unknown', items: [], why: 'no database of dpkg, rpm or apk is here', owners: nobody }
}

async function rpm(root: Root): Promise<Packages> {
  const none = (why: string): Packages => ({ manager: 'rpm', items: [], why, owners: nobody })
  if (!root.running) return none('an rpm database is read only on the machine that runs')
  const answer = await runProcess('rpm', ['-qa', '--queryformat', rpmFormat], limits)
  if (!answer.ok) return none(answer.fail)
  if (answer.value.code !== 0) return none(`rpm ended with ${answer.value.code}`)
  return { manager: 'rpm', items: rpmPackages(answer.value.stdout), why: '', owners: rpmOwners }
}

async function rpmOwners(paths: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const found = await each([...paths], async (path) => {
    const answer = await runProcess('rpm', ['-qf', '--queryformat', '%{NAME}\\n', path], limits)
    const name = answer.ok && answer.value.code === 0 ? (answer.value.stdout.split('\n')[0] ?? '') : ''
    return [path, name] as const
  })
  return new Map(found.filter(([, name]) => name !== ''))
}

/** Folders in which no distribution's package keeps programs (Filesystem Hierarchy Standard 3.0, sections 3 and 4.9). */
const unpackaged = /^\/(usr\/local|home|root|tmp|run|mnt|media|srv|snap)\//

/** Looks through dpkg's lists, those first whose name is like the program's; ends when every path is found. */
async function dpkgOwners(root: Root, paths: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const folder = '/var/lib/dpkg/info'
  const left = new Set([...paths].filter((path) => path.startsWith('/') && !unpackaged.test(path)))
  const owners = new Map<string, string>()
  if (left.size === 0) return owners
  const lists = (await root.names(folder)).filter((name) => name.endsWith('.list')).sort()
  const ranked = lists
    .map((name) => ({ name, rank: likeness(packageOfList(name), left) }))
    .sort((a, b) => b.rank - a.rank)
  for (let from = 0; from < ranked.length && left.size > 0; from += 32) {
    const texts = await each(ranked.slice(from, from + 32), async ({ name }) => ({
      name,
      text: (await root.text(`${folder}/${name}`)).text,
    }))
    for (const { name, text } of texts)
      for (const path of listed(text, left)) {
        owners.set(path, packageOfList(name))
        left.delete(path)
      }
  }
  return owners
}

/** How many letters at the beginning a package's name shares with a word of a wanted path. */
function likeness(name: string, paths: ReadonlySet<string>): number {
  let best = 0
  for (const path of paths)
    for (const word of spellings(path)[0]?.split('/') ?? []) {
      let same = 0
      while (same < name.length && same < word.length && name[same] === word[same]) same += 1
      best = Math.max(best, same >= 3 ? same : 0)
    }
  return best
}
