// Where boxes stood in each drawing, kept in a file of the workspace's own folder so that a drawing looks the same after the next edit.
import { join } from 'node:path'
import { z } from 'zod'
import { makeFolder, readTextFile, writeFileAtomic } from '#platform'
import type { Spot } from './grown.ts'
import type { Kept } from './layout.ts'

const largest = 16 * 1024 * 1024
const Spots = z.record(z.string(), z.tuple([z.number(), z.number(), z.string()]))
const File = z.object({
  version: z.literal(1),
  drawings: z.record(z.string(), z.object({ nodes: Spots, zones: Spots })),
})

const pathOf = (folder: string): string => join(folder, 'layout.json')

/** The places of all drawings by their names. A file that is missing or not as we write it holds none. */
export async function readKept(folder: string): Promise<Map<string, Kept>> {
  const read = await readTextFile(pathOf(folder), { maxBytes: largest })
  const file = read.ok ? File.safeParse(jsonOf(read.value)) : undefined
  const drawings = Object.entries(file?.data?.drawings ?? {})
  return new Map(drawings.map(([name, { nodes, zones }]) => [name, { nodes: spotsOf(nodes), zones: spotsOf(zones) }]))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const spotsOf = (written: z.output<typeof Spots>): Map<string, Spot> =>
  new Map(Object.entries(written).map(([id, [x, y, zone]]) => [id, { x, y, in: zone }]))

/** Writes the places of all drawings. Throws Fault STORE_DOWN. */
export async function writeKept(folder: string, drawings: ReadonlyMap<string, Kept>): Promise<void> {
  const spots = (of: Kept['nodes']) => Object.fromEntries([...of].map(([id, { x, y, in: zone }]) => [id, [x, y, zone]]))
  const all = [...drawings].map(
    ([name, { nodes, zones }]) => [name, { nodes: spots(nodes), zones: spots(zones) }] as const,
  )
  await makeFolder(folder)
  await writeFileAtomic(pathOf(folder), `${JSON.stringify({ version: 1, drawings: Object.fromEntries(all) })}\n`)
}
