// Package databases as text: dpkg's status file, rpm's list, apk's installed file → packages, and who owns a path.
import type { Package } from './types.ts'

const most = 50_000

/** Paragraphs of `Key: value` lines, separated by empty lines; continued lines are left out. */
function* paragraphs(text: string): Generator<ReadonlyMap<string, string>> {
  let fields = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      if (fields.size > 0) yield fields
      fields = new Map()
      continue
    }
    const colon = line.indexOf(':')
    if (colon > 0 && !/^\s/.test(line)) fields.set(line.slice(0, colon), line.slice(colon + 1).trim())
  }
  if (fields.size > 0) yield fields
}

const taken = (name = '', version = '', architecture = ''): Package[] =>
  name === '' ? [] : [{ name, version, architecture }]

/** Installed packages of /var/lib/dpkg/status; removed ones whose settings remain are left out. */
export function dpkgPackages(text: string): Package[] {
  const found: Package[] = []
  for (const fields of paragraphs(text)) {
    if (!/^\S+ \S+ installed$/.test(fields.get('Status') ?? '') || found.length >= most) continue
    found.push(...taken(fields.get('Package'), fields.get('Version'), fields.get('Architecture')))
  }
  return found.sort(byName)
}

/** The query format that `rpmPackages` reads. */
export const rpmFormat = '%{NAME}\\t%{VERSION}-%{RELEASE}\\t%{ARCH}\\n'
/** Lines of `rpm -qa` in that format. */
export const rpmPackages = (text: string): Package[] =>
  text
    .split('\n')
    .slice(0, most)
    .flatMap((line) => {
      const [name, version, architecture] = line.split('\t')
      return version === undefined ? [] : taken(name, version, architecture)
    })
    .sort(byName)

/** Installed packages of /lib/apk/db/installed (P name, V version, A architecture). */
export function apkPackages(text: string): Package[] {
  const found: Package[] = []
  for (const fields of paragraphs(text))
    if (found.length < most) found.push(...taken(fields.get('P'), fields.get('V'), fields.get('A')))
  return found.sort(byName)
}

/** Owners of the wanted paths by apk's file: F names a folder, R a file in it. */
export function apkOwners(text: string, wanted: ReadonlySet<string>): Map<string, string> {
  const owners = new Map<string, string>()
  let [name, folder] = ['', '']
  for (const line of text.split('\n')) {
    const value = line.slice(2)
    if (line.startsWith('P:')) name = value
    else if (line.startsWith('F:')) folder = value
    else if (line.startsWith('R:')) {
      const path = `/${folder}/${value}`
      for (const spelling of spellings(path)) if (wanted.has(spelling)) owners.set(spelling, name)
    }
  }
  return owners
}

/** A path and its twin: distributions moved /bin, /sbin and /lib into /usr, and package lists name either. */
export const spellings = (path: string): string[] =>
  path.startsWith('/usr/') ? [path, path.slice(4)] : [path, `/usr${path}`]

/** Which of the wanted paths stand in one of dpkg's lists (a path a line). */
export const listed = (text: string, wanted: Iterable<string>): string[] => {
  const lines = `\n${text}\n`
  return [...wanted].filter((path) => spellings(path).some((spelling) => lines.includes(`\n${spelling}\n`)))
}

/** `/var/lib/dpkg/info/libc6:amd64.list` → `libc6`. */
export const packageOfList = (file: string): string =>
  (file.split('/').at(-1) ?? '').replace(/\.list$/, '').replace(/:.*$/, '')

const byName = (a: Package, b: Package): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
