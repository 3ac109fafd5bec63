// Reads every import in src/ and compares it with rooms.ts. No parser needed: our imports are one per statement.
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { floors, rooms, type Room } from './rooms.ts'

/** One import: which file of which room reaches for what. */
export interface Arrow {
  readonly file: string
  readonly from: string
  /** A room, or `outside` for packages and Node's own modules. */
  readonly to: string
  readonly target: string
}

const importPath =
  /(?:^|\n)\s*(?:import\s*(?:[^;'"]*?\bfrom\s*)?|export\s[^;'"=]*?\bfrom\s*)['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g
const pureNode = new Set(['node:path', 'node:util', 'node:url', 'node:buffer', 'node:test', 'node:assert/strict'])
const testFile = /\.test\.ts$/
const edgeFile = /^(platform|testkit|app|api|cli)\/|(^|\/)(store|[\w-]+\.io|[\w-]+\.test)\.ts$/
/** Effects that need no import: the clock, randomness, the network, the process. */
const ambientEffect =
  /(?<![.\w])(Date\.now\(|Math\.random\(|fetch\(|process\.(argv|chdir|cwd|env|exit|exitCode|getuid|hrtime|kill|memoryUsage|nextTick|on|platform|stderr|stdin|umask|uptime|versions)\b|setTimeout\(|setInterval\()|new Date\(\)/

export function arrowsOf(file: string, text: string): Arrow[] {
  const from = file.split('/')[0] ?? ''
  return [...text.matchAll(importPath)].map((found) => {
    const target = found[1] ?? found[2] ?? ''
    const to = target.startsWith('#')
      ? (target.slice(1).split('/')[0] ?? '')
      : target.startsWith('.')
        ? from
        : 'outside'
    return { file, from, to, target }
  })
}

/** What the table says against itself and against the arrows; empty when the building stands. */
export function faultsOf(arrows: readonly Arrow[], table: readonly Room[] = rooms): string[] {
  const used = new Map(table.map((room) => [room.name, new Set<string>()]))
  const said = [...upward(table)]
  for (const arrow of arrows) {
    const room = table.find((candidate) => candidate.name === arrow.from)
    if (!room) said.push(`${arrow.file}: folder ${arrow.from} is not in rooms.ts`)
    else said.push(...faultsOfArrow(arrow, room, used))
  }
  for (const room of table) {
    for (const need of [...room.needs, ...room.packages]) {
      if (!used.get(room.name)?.has(need)) said.push(`rooms.ts: ${room.name} does not use ${need}; drop it`)
    }
  }
  return said
}

function upward(table: readonly Room[]): string[] {
  const rank = new Map(table.map((room, index) => [room.name, index]))
  const high = (name: string) => rank.get(name) ?? Infinity
  return table.flatMap((room) =>
    room.needs
      .filter((need) => high(need) >= high(room.name))
      .map((need) => `rooms.ts: ${room.name} needs ${need}, which is not listed above it`),
  )
}

function faultsOfArrow(arrow: Arrow, room: Room, used: Map<string, Set<string>>): string[] {
  const { file, target, to } = arrow
  if (to === arrow.from) return inside(arrow) ? [] : [`${file}: leave a room through its door (#room), not ${target}`]
  if (to === 'outside') return target.startsWith('node:') ? effectFault(arrow) : packageFault(arrow, room, used)
  if (to === 'testkit') return testFile.test(file) ? [] : [`${file}: #testkit is for tests`]
  used.get(room.name)?.add(to)
  const said: string[] = []
  if (!room.needs.includes(to)) said.push(`${file}: ${room.name} → ${to} is not in rooms.ts`)
  if (target !== `#${to}`) said.push(`${file}: enter ${to} by its door (#${to}), not ${target}`)
  return said
}

const effectFault = ({ file, target }: Arrow): string[] =>
  pureNode.has(target) || edgeFile.test(file) ? [] : [`${file}: effect ${target} inside the pure core`]

function packageFault(arrow: Arrow, room: Room, used: Map<string, Set<string>>): string[] {
  const name = arrow.target
    .split('/')
    .slice(0, arrow.target.startsWith('@') ? 2 : 1)
    .join('/')
  if (name === 'zod' || (testFile.test(arrow.file) && ['fast-check', 'ajv', 'yaml'].includes(name))) return []
  used.get(room.name)?.add(name)
  return room.packages.includes(name) ? [] : [`${arrow.file}: package ${name} is not on the list of room ${room.name}`]
}

const inside = (arrow: Arrow) => join(arrow.file, '..', arrow.target).split(sep)[0] === arrow.from

/** Clock, randomness, network and process used without an import in a file that is not an edge. */
export function ambientFaults(file: string, text: string): string[] {
  if (edgeFile.test(file) || !file.includes('/')) return []
  return text.split('\n').flatMap((line, index) => {
    const code = line.replace(/\/\/.*$|^\s*\/?\*.*$/, '')
    const found = ambientEffect.exec(code)
    return found ? [`${file}:${index + 1}: effect ${found[0]} inside the pure core; take it as an argument`] : []
  })
}

/** Files that import each other in a ring, within one room. A ring of types is still a ring to read. */
export function ringsOf(arrows: readonly Arrow[]): string[][] {
  const next = new Map<string, string[]>()
  for (const arrow of arrows) {
    if (!arrow.target.startsWith('.')) continue
    const to = join(arrow.file, '..', arrow.target).split(sep).join('/')
    next.set(arrow.file, [...(next.get(arrow.file) ?? []), to])
  }
  const rings: string[][] = []
  const done = new Set<string>()
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file)
    if (at >= 0) return void rings.push([...path.slice(at), file])
    if (done.has(file)) return
    for (const to of next.get(file) ?? []) walk(to, [...path, file])
    done.add(file)
  }
  for (const file of next.keys()) walk(file, [])
  return rings
}

/** Every TypeScript file below a folder with its text, paths with forward slashes. */
export const readSources = (src: string): { file: string; text: string }[] =>
  readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(src, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }))

/** The building as a Mermaid flowchart; arrows to `kernel` are left out, everything stands on it. */
export const drawing = (table: readonly Room[] = rooms): string =>
  [
    'flowchart TB',
    ...[...floors].reverse().map((floor) => {
      const names = table
        .filter((room) => room.floor === floor && room.name !== 'testkit')
        .map((room) => `    ${room.name}`)
      return `  subgraph ${floor}\n${names.join('\n')}\n  end`
    }),
    ...table
      .filter((room) => room.name !== 'testkit')
      .flatMap((room) => room.needs.filter((need) => need !== 'kernel').map((need) => `  ${room.name} --> ${need}`)),
  ].join('\n')
