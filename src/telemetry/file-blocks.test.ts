// Files read in blocks give what they give when read from one end to the other, whatever is in them.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { gzipSync } from 'node:zlib'
import { temporaryFolder } from '#testkit'
import { blockReader, fileBlocks, type FileBlock, isBlock } from './file-blocks.io.ts'
import { readEventFiles } from './files.io.ts'

const limits = { recordBytes: 1_000_000, batchEvents: 100 }
const event = (n: number, more = '') =>
  JSON.stringify({
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    RecordNumber: n,
    CommandLine: `"${more}"}`,
  })

async function inBlocks(folder: string) {
  const [texts, issues, blocks]: [string[], string[], FileBlock[]] = [[], [], []]
  const read = blockReader(limits)
  for await (const item of fileBlocks([folder], limits)) {
    if (!isBlock(item)) issues.push(item.code)
    else {
      blocks.push(item)
      for await (const batch of read(item)) {
        for (const glance of batch.events) {
          texts.push(glance.raw)
          assert.equal(glance.whole().fields, glance.fields)
        }
        issues.push(...batch.issues.map(({ code }) => code))
      }
    }
  }
  return { texts, issues, blocks }
}

async function inOne(folder: string) {
  const [texts, issues]: [string[], string[]] = [[], []]
  for await (const batch of readEventFiles([folder], limits)) {
    texts.push(...batch.events.map(({ raw }) => raw))
    issues.push(...batch.issues.map(({ code }) => code))
  }
  return { texts, issues }
}

test('lines of JSON, long and short, with either line end, and every other kind of file', async (t) => {
  const folder = temporaryFolder(t)
  mkdirSync(folder, { recursive: true })
  const put = (name: string, bytes: string | Buffer) => writeFileSync(join(folder, name), bytes)
  const many = Array.from({ length: 20_000 }, (_, n) => event(n, 'ä'.repeat(n % 300)))
  put('a.ndjson', `${many.join('\n')}\n`)
  put('b.ndjson', many.slice(0, 3_000).join('\r\n'))
  put('c.ndjson', `${event(1)}\n${event(2, 'x'.repeat(900_000))}\n${event(3, 'y'.repeat(2_000_000))}\n${event(4)}`)
  put('d.json', JSON.stringify({ Records: many.slice(0, 10).map((text) => JSON.parse(text) as unknown) }))
  put('e.json', many.slice(0, 5).map((text) => JSON.stringify(JSON.parse(text), undefined, 2)).join('\n')) // prettier-ignore
  put('f.log', 'Mar  2 14:01:02 web sshd[1]: Failed password for root from 192.0.2.7 port 4 ssh2\n')
  put('g.ndjson.gz', gzipSync(`${many.slice(0, 100).join('\n')}\n`))
  put('h.ndjson', `${event(1)}\nnot JSON\n${event(2)}\n`)
  put('i.ndjson', '')
  put('j.zip', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0]))
  const [blocks, one] = [await inBlocks(folder), await inOne(folder)]
  assert.equal(blocks.texts.length, one.texts.length)
  assert.deepEqual(blocks.texts, one.texts)
  assert.deepEqual(blocks.issues, one.issues)
  assert.ok(blocks.blocks.filter(({ file }) => file.endsWith('a.ndjson')).length > 3)
  for (const [index, block] of blocks.blocks.entries()) {
    const next = blocks.blocks[index + 1]
    if (next?.file === block.file) assert.equal(next.from, block.to)
  }
})

test('what is not there is an Issue', async (t) => {
  const { issues } = await inBlocks(join(temporaryFolder(t), 'nowhere.json'))
  assert.deepEqual(issues, ['file-unreadable'])
})
