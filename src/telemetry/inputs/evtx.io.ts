// Windows event logs saved as files: each read once, again only when it has changed.
import { stat } from 'node:fs/promises'
import { asFault } from '#kernel'
import { pause } from '../pause.io.ts'
import { evtxRecords } from '../parsing.ts'
import { filesBelow } from './glob.io.ts'
import type { Input, InputContext } from './input.ts'
import { isDone, type OnceFile, takeOnce } from './once.io.ts'

const lookEvery = 5_000

export const evtx: Input<'evtx'> = async (source, context) => {
  /** Files that gave nothing to remember them by, such as damaged ones. */
  const tried = new Map<string, string>()
  while (!context.signal.aborted) {
    const paths = (await filesBelow(source.path)).filter((path) => path.toLowerCase().endsWith('.evtx'))
    if (paths.length === 0) context.waiting(`${source.path}: no .evtx file there yet`)
    else context.running(`${source.path}: ${paths.length} ${paths.length === 1 ? 'file' : 'files'}`)
    for (const path of paths) {
      if (context.signal.aborted) return
      await readFile(`evtx:${source.name}:${path}`, path, tried, context)
    }
    await pause(lookEvery, context.signal)
  }
}

async function readFile(key: string, path: string, tried: Map<string, string>, context: InputContext): Promise<void> {
  const about = await stat(path).catch(() => undefined)
  if (!about) return
  const file: OnceFile = { key, size: about.size, modified: Math.floor(about.mtimeMs) }
  const mark = `${file.size}:${file.modified}`
  if (tried.get(path) === mark || isDone(file, context)) return
  try {
    await takeOnce(file, textsOf(path, context), context)
  } catch (thrown) {
    if (context.signal.aborted || asFault(thrown).code === 'STORE_DOWN') throw thrown
    context.log.warn({ err: thrown, file: path }, 'an event log could not be read to its end')
  }
  tried.set(path, mark)
}

async function* textsOf(path: string, context: InputContext): AsyncGenerator<string> {
  for await (const item of evtxRecords(path, { signal: context.signal })) {
    if (!('severity' in item)) {
      if (Buffer.byteLength(item.text) <= context.recordBytes) yield item.text
      else context.reject(1)
      continue
    }
    context.log.warn({ issue: item }, 'a damaged place in an event log')
  }
}
