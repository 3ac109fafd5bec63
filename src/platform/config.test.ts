// Settings: file, then environment, then flags; every problem at once, each with its place and remedy.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { placeText } from '#kernel'
import { Config, configDocs, configJsonSchema, loadConfig } from '#platform'
import { temporaryFolder } from '#testkit'

interface Given {
  readonly yaml?: string
  readonly env?: Readonly<Record<string, string>>
  readonly flags?: Readonly<Record<string, string>>
}
function load(t: TestContext, { yaml, env = {}, flags = {} }: Given) {
  const workspace = temporaryFolder(t)
  if (yaml !== undefined) writeFileSync(join(workspace, 'castellan.yaml'), yaml)
  return loadConfig({ workspace, env, flags })
}
const issuesOf = async (t: TestContext, given: Given): Promise<string[]> => {
  const loaded = await load(t, given)
  return loaded.ok ? [] : loaded.fail.map(({ at, text, help }) => `${placeText(at)} ${text}; ${help ?? ''}`)
}

test('without a file the defaults hold', async (t) => {
  const loaded = await load(t, {})
  assert.ok(loaded.ok)
  assert.equal(loaded.value.server.host, '127.0.0.1')
  assert.equal(loaded.value.server.port, 7600)
  assert.deepEqual(loaded.value.rules, ['rules'])
})
test('the environment goes over the file, a flag over both', async (t) => {
  const yaml = 'server: { port: 1000, host: "127.0.0.2" }\nlimits: { recordBytes: 2 MiB }\n'
  const env = { CASTELLAN_SERVER_PORT: '2000', CASTELLAN_LIMITS_QUERY_ROWS: '500', CASTELLAN_WATCH_HOST: 'no' }
  const loaded = await load(t, { yaml, env, flags: { 'server.port': '3000' } })
  assert.ok(loaded.ok)
  const { server, limits, watchHost } = loaded.value
  assert.deepEqual(
    [server.port, server.host, limits.queryRows, limits.recordBytes, watchHost],
    [3000, '127.0.0.2', 500, 2_097_152, false],
  )
})
test('every problem is named at once, with its place and what was probably meant', async (t) => {
  const found = await issuesOf(t, {
    yaml: 'name: 7\nserver:\n  prot: 80\ncurrency: GOLD\nsources:\n  - { name: a, kind: syslgo }\n',
    env: { CASTELLAN_SERVER_PORT: 'many' },
    flags: { 'server.hots': 'x' },
  })
  const flagged = await issuesOf(t, {
    yaml: 'name: 7\nserver:\n  prot: 80\ncurrency: GOLD\n',
    env: { CASTELLAN_SERVER_PORT: 'many' },
  })
  assert.match(found.join('\n'), /--server\.hots.*server\.host/)
  for (const part of [
    /castellan\.yaml:1:7/,
    /castellan\.yaml:3:3 unknown key prot/,
    /castellan\.yaml:4:11/,
    /CASTELLAN_SERVER_PORT/,
  ])
    assert.match(flagged.join('\n'), part)
})
test('a secret setting may name a file that holds it', async (t) => {
  const workspace = temporaryFolder(t)
  writeFileSync(join(workspace, 'url.txt'), 'postgres://u:p@db/x\n')
  const loaded = await loadConfig({ workspace, env: { CASTELLAN_STATE_URL: 'file:url.txt' }, flags: {} })
  assert.ok(loaded.ok)
  assert.equal(loaded.value.state.url, 'postgres://u:p@db/x')
  const missing = await loadConfig({ workspace, env: { CASTELLAN_STATE_URL: 'file:none.txt' }, flags: {} })
  assert.ok(!missing.ok)
})
test('two sources of one name, a port that is none and an unknown time zone are refused', async (t) => {
  const twice = '[{ name: a, kind: http }, { name: a, kind: journald }]'
  for (const yaml of [
    `sources: ${twice}`,
    'sources: [{ name: a, kind: syslog-udp, listen: "127.0.0.1:70000" }]',
    'timeZone: Mars/Base',
  ])
    assert.equal((await issuesOf(t, { yaml })).length, 1, yaml)
})
test('lists are kept by name, and only the file can hold them', async (t) => {
  const loaded = await load(t, { yaml: 'lists: { Servers: [dc01, dc02] }\n' })
  assert.ok(loaded.ok)
  assert.deepEqual(loaded.value.lists, { Servers: ['dc01', 'dc02'] })
  assert.match((await issuesOf(t, { flags: { lists: 'x' } })).join(), /flags hold single values/)
})
test('every setting is documented; each but lists has an environment name of its own', () => {
  const docs = configDocs()
  assert.ok(docs.length > 15 && docs.every(({ key, type }) => key !== '' && type !== ''))
  assert.deepEqual(
    docs.filter(({ description }) => description === '').map(({ key }) => key),
    [],
  )
  const names = docs.map(({ env }) => env).filter((env) => env !== '')
  assert.equal(new Set(names).size, names.length)
})
test('the JSON Schema takes what the program takes, and refuses an unknown key', () => {
  const validate = new Ajv2020({ strict: false }).compile(configJsonSchema())
  assert.ok(
    validate({ name: 'x', server: { port: 8080 }, sources: [{ name: 'a', kind: 'http' }] }),
    JSON.stringify(validate.errors),
  )
  assert.ok(!validate({ nmae: 'x' }))
})
test('loading never throws, whatever the file holds', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (yaml) => {
      const loaded = await load(t, { yaml })
      assert.ok(!loaded.ok || Config.safeParse(loaded.value).success)
    }),
    { numRuns: 60 },
  )
})
