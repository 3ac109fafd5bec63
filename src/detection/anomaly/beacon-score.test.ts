// The beacon score against RITA's published scores (ground truth beside the project), and what it promises of any connections.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { beaconScore, hoursOf } from './beacon-score.ts'
import { isOutside } from './facts.ts'

const folder = join(process.env['CASTELLAN_DATA'] ?? '../shared/data', 'network/rita-zeek')
type Row = Readonly<Record<string, string>>

/** Rows of a Zeek log of both hours. */
function rows(kind: string): Row[] {
  const logs = join(folder, 'proxy_rolling')
  const files = readdirSync(logs).filter((file) => file.startsWith(`${kind}.`))
  return files.sort().flatMap((file) => {
    const lines = gunzipSync(readFileSync(join(logs, file)))
      .toString()
      .split('\n')
    const names = lines
      .find((line) => line.startsWith('#fields'))
      ?.split('\t')
      .slice(1)
    return lines
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => Object.fromEntries(line.split('\t').map((value, at) => [names?.[at] ?? '', value])))
  })
}
const timeOf = (row: Row): number => Math.floor(Number(row['ts']))
const sizeOf = (row: Row): number => Number(row['orig_ip_bytes'])
const isOut = (row: Row): boolean => !isOutside(row['id.orig_h'] ?? '') && isOutside(row['id.resp_h'] ?? '')

test("both of RITA's published scores", (t) => {
  if (!existsSync(folder)) return t.skip(`no ground truth at ${folder}`)
  const { results, tolerance } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))
  const connections = rows('conn')
  // The time looked at runs from the first to the last connection from inside to outside.
  const leaving = connections.filter(isOut).map(timeOf)
  const [from, to] = [Math.min(...leaving), Math.max(...leaving)]
  const scoreOf = (some: readonly Row[]) => {
    const times = some.map(timeOf).sort((a, b) => a - b)
    return beaconScore({ times, sizes: some.map(sizeOf), hours: hoursOf(times, from, to), from, to })?.score ?? 0
  }
  const [direct, proxied] = results
  const pair = connections.filter((row) => row['id.orig_h'] === direct.src && row['id.resp_h'] === direct.dst)
  assert.equal(pair.length, direct.count)
  assert.ok(Math.abs(scoreOf(pair) - direct.beacon_score) <= tolerance + 1e-9, `${scoreOf(pair)}`)

  // Through a proxy the connection is the one to the proxy, and the other end the host that was asked for.
  const asked = rows('http').filter((row) => row['id.orig_h'] === proxied.src && row['host'] === proxied.fqdn)
  const byId = new Map(connections.map((row) => [row['uid'], row]))
  const carried = asked.flatMap((row) => {
    const connection = byId.get(row['uid'] ?? '')
    return connection ? [{ ...connection, ts: row['ts'] ?? '' }] : []
  })
  assert.equal(carried.length, proxied.count)
  assert.ok(Math.abs(scoreOf(carried) - proxied.beacon_score) <= tolerance + 1e-9, `${scoreOf(carried)}`)
  return undefined
})

test('a perfect beat scores 1, chance scores little', () => {
  const to = 86_400
  const perfect = Array.from({ length: 288 }, (_, at) => at * 300)
  const sizes = perfect.map(() => 512)
  const best = beaconScore({ times: perfect, sizes, hours: hoursOf(perfect, 0, to), from: 0, to })
  assert.equal(best?.score, 1)
  assert.equal(best?.interval, 300)
  const burst = [0, 1, 2, 4, 9, 700, 701, 40_000, 40_001, 40_900]
  const worst = beaconScore({ times: burst, sizes: [10, 9000, 40, 300_000], hours: hoursOf(burst, 0, to), from: 0, to })
  assert.ok((worst?.score ?? 1) < 0.4, String(worst?.score))
})

test('any connections score from 0 to 1, or not at all', () => {
  const number = fc.integer({ min: 0, max: 90_000 })
  fc.assert(
    fc.property(fc.array(number, { maxLength: 60 }), fc.array(fc.nat(), { maxLength: 60 }), (times, sizes) => {
      const sorted = [...times].sort((a, b) => a - b)
      const found = beaconScore({ times: sorted, sizes, hours: hoursOf(sorted, 0, 86_400), from: 0, to: 86_400 })
      if (!found) return
      for (const part of [found.score, found.times, found.sizes, found.hours, found.lasting])
        assert.ok(part >= 0 && part <= 1, JSON.stringify(found))
    }),
  )
})
