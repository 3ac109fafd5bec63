// Captures of network traffic: each read once through Suricata, whose EVE records are taken.
import { createReadStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asFault, Fault } from '#kernel'
import { runProcess } from '#platform'
import { createFramer } from '../../frames.ts'
import { pause } from '../../pause.io.ts'
import { filesBelow } from '../glob.io.ts'
import type { Input, InputContext, SourceOf } from '../input.ts'
import { isDone, type OnceFile, takeOnce } from '../once.io.ts'
import { suricataYaml } from './settings.ts'

const lookEvery = 5_000
/** A capture still being written is left alone until it rests. */
const restMilliseconds = 5_000
const longestRun = 3_600_000
const mostPrinted = 1_048_576
const captures = /\.(?:pcap|pcapng|cap)$/i
/** First bytes of pcap in both orders of bytes, with micro- and nanoseconds, and of pcapng. */
const marks = new Set(['a1b2c3d4', 'd4c3b2a1', 'a1b23c4d', '4d3cb2a1', '0a0d0d0a'])

export const pcap: Input<'pcap'> = async (source, context) => {
  const tried = new Map<string, string>()
  while (!context.signal.aborted) {
    const paths = (await filesBelow(source.path)).filter((path) => captures.test(path))
    if (paths.length === 0) context.waiting(`${source.path}: no capture there yet`)
    else context.running(`${source.path}: ${paths.length} ${paths.length === 1 ? 'capture' : 'captures'}`)
    for (const path of paths) {
      if (context.signal.aborted) return
      await readCapture(path, source, tried, context)
    }
    await pause(lookEvery, context.signal)
  }
}

async function readCapture(
  path: string,
  source: SourceOf<'pcap'>,
  tried: Map<string, string>,
  context: InputContext,
): Promise<void> {
  const about = await stat(path).catch(() => undefined)
  if (!about || context.clock.now() - about.mtimeMs < restMilliseconds) return
  const file: OnceFile = { key: `pcap:${source.name}:${path}`, size: about.size, modified: Math.floor(about.mtimeMs) }
  const mark = `${file.size}:${file.modified}`
  if (tried.get(path) === mark || isDone(file, context)) return
  const folder = await mkdtemp(join(tmpdir(), 'castellan-pcap-'))
  try {
    await analyse(path, folder, source, context)
    await takeOnce(file, recordsIn(join(folder, 'eve.json'), context), context)
  } catch (thrown) {
    const { code } = asFault(thrown)
    if (context.signal.aborted || code === 'STORE_DOWN' || code === 'CONFIG_INVALID') throw thrown
    context.log.warn({ err: thrown, file: path }, 'a capture could not be read')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  tried.set(path, mark)
}

/** Runs Suricata over a capture. Throws Fault CONFIG_INVALID when it cannot be started, UNREADABLE with what it said when it fails. */
async function analyse(
  path: string,
  folder: string,
  source: SourceOf<'pcap'>,
  { signal }: InputContext,
): Promise<void> {
  const head = await headOf(path)
  if (!marks.has(head)) throw new Fault('UNREADABLE', `${path}: it is no capture`)
  const [settings, rules] = [join(folder, 'suricata.yaml'), join(folder, 'all.rules')]
  await writeFile(settings, suricataYaml())
  await writeFile(rules, await rulesOf(source.rules))
  // Checksums are often wrong in captures, because network cards fill them in after the capture.
  const words = ['-c', settings, '-r', path, '-l', folder, '-S', rules, '-k', 'none', '--runmode', 'single']
  const ran = await runProcess(source.program, words, {
    timeoutMilliseconds: longestRun,
    maxBytes: mostPrinted,
    signal,
  })
  if (!ran.ok && ran.fail.includes('cannot run'))
    throw new Fault('CONFIG_INVALID', `${ran.fail}: install Suricata 6 or later, or name its program`)
  if (!ran.ok) throw new Fault('UNREADABLE', `${path}: ${ran.fail}`)
  if (ran.value.code !== 0)
    throw new Fault('UNREADABLE', `${path}: ${lastLine(`${ran.value.stdout}\n${ran.value.stderr}`)}`)
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.slice(0, 300) ?? ''

async function headOf(path: string): Promise<string> {
  const stream = createReadStream(path, { end: 3 })
  const parts: Buffer[] = []
  for await (const part of stream) if (Buffer.isBuffer(part)) parts.push(part)
  return Buffer.concat(parts).toString('hex')
}

/** The texts of all rule files, one after another. */
async function rulesOf(paths: readonly string[]): Promise<string> {
  const files = (await Promise.all(paths.map(filesBelow))).flat().filter((path) => path.endsWith('.rules'))
  return `${(await Promise.all(files.map((path) => readFile(path, 'utf8')))).join('\n')}\n`
}

async function* recordsIn(path: string, context: InputContext): AsyncGenerator<string> {
  const framer = createFramer({ limit: context.recordBytes })
  for await (const piece of createReadStream(path)) {
    if (!Buffer.isBuffer(piece)) continue
    const { texts, rejected } = framer.push(piece)
    context.reject(rejected)
    yield* texts
  }
  yield* framer.end().texts
}
