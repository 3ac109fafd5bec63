// Real events for the benches of the store: the lines of OTRF Security-Datasets, each with a time and a record number of its own before the rest, so that a corpus
// sent more than once does not compress as if it were the same. Also the sender: `node bench/otrf.mjs URL TOKEN FILE [perSecond]`,
// and the writer of files to send: `node bench/otrf.mjs --write FILE COUNT [milliseconds between two events]`.
import { createReadStream, createWriteStream, existsSync, openSync, readSync, statSync } from 'node:fs'
import { request, Agent } from 'node:http'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { once } from 'node:events'
import { createBrotliDecompress } from 'node:zlib'

const corpus = () => join(process.env.CASTELLAN_DATA ?? '../shared/data', 'detection/otrf-throughput/events.jsonl.br')
export const hasCorpus = () => existsSync(corpus())

/** Lines one after another, round the corpus as often as needed. `timeOf(n)` is the time of the n-th event. */
export async function* lines(count, timeOf) {
  let n = 0
  while (n < count) {
    const input = createReadStream(corpus()).pipe(createBrotliDecompress())
    for await (const text of createInterface({ input })) {
      if (n >= count) break
      yield `{"TimeCreated_SystemTime":"${new Date(timeOf(n)).toISOString()}","EventRecordID":${n},${text.slice(1).trimEnd()}\n`
      n += 1
    }
    input.destroy()
  }
}

const whole = 634_741
const run = 2_500

/** So many lines as they are, in runs that stand together as a machine wrote them, spread over the corpus so that all its data sets are among them. */
export async function sampled(most) {
  const every = Math.max(1, Math.floor(whole / most))
  const parts = []
  const ends = []
  let [line, length] = [0, 0]
  for await (const text of createInterface({ input: createReadStream(corpus()).pipe(createBrotliDecompress()) })) {
    if (Math.floor(line++ / run) % every !== 0 || ends.length >= most) continue
    const part = Buffer.from(`${text}\n`)
    parts.push(part)
    ends.push((length += part.length))
  }
  return { bytes: Buffer.concat(parts), ends }
}

/** Writes lines to a file and answers with its bytes. */
export async function writeLines(path, count, timeOf) {
  const file = createWriteStream(path)
  let piece = ''
  for await (const line of lines(count, timeOf)) {
    piece += line
    if (piece.length < 1_048_576) continue
    if (!file.write(piece)) await once(file, 'drain')
    piece = ''
  }
  file.end(piece)
  await once(file, 'finish')
  return statSync(path).size
}

const postBytes = 2 * 1_048_576
const connections = 4
const agent = new Agent({ keepAlive: true, maxSockets: connections })

/** Posts one piece; the answer of the server. */
export const post = (url, token, bytes) =>
  new Promise((done, failed) => {
    const headers = { authorization: `Bearer ${token}`, 'content-length': bytes.length, connection: 'keep-alive' }
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = ''
      response.on('data', (part) => (text += part))
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, text }))
    })
    sent.on('error', failed)
    sent.end(bytes)
  })

/** Posts until all of it is taken; 429 means later, and how much was taken already. Answers with how many lines. */
export async function postAll(url, token, bytes) {
  let accepted = 0
  for (;;) {
    const { status, headers, text } = await post(url, token, bytes)
    if (status === 200) return accepted + JSON.parse(text).accepted
    if (status !== 429 && status !== 503) throw new Error(`${status} ${text}`)
    const taken = Number(headers['x-castellan-accepted'] ?? 0)
    accepted += taken
    let at = 0
    for (let line = 0; line < taken; line += 1) at = bytes.indexOf(10, at) + 1
    bytes = bytes.subarray(at)
    await sleep(100)
  }
}

async function send(url, token, path, perSecond) {
  const file = openSync(path, 'r')
  let at = 0
  let accepted = 0
  const size = perSecond === 0 ? postBytes : Math.max(65_536, Math.min(postBytes, perSecond * 300))
  const next = () => {
    const bytes = Buffer.allocUnsafe(size)
    const read = readSync(file, bytes, 0, size, at)
    const end = read < size ? read : bytes.lastIndexOf(10, read - 1) + 1
    at += end
    return bytes.subarray(0, end)
  }
  const began = performance.now()
  const worker = async () => {
    for (let bytes = next(); bytes.length > 0; bytes = next()) {
      const taken = await postAll(url, token, bytes)
      accepted += taken
      const ahead = perSecond === 0 ? 0 : (accepted / perSecond) * 1_000 - (performance.now() - began)
      if (ahead > 0) await sleep(ahead)
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  agent.destroy()
  const { user, system } = process.cpuUsage()
  process.stdout.write(JSON.stringify({ accepted, processor: user + system }))
}

const [, script, first, token, path, perSecond = '0'] = process.argv
const called = script !== undefined && resolve(script) === import.meta.filename
if (called && first === '--write')
  await writeLines(token, Number(path), (n) => Date.UTC(2026, 2, 2) + n * Number(perSecond))
else if (called) await send(first, token, path, Number(perSecond))
