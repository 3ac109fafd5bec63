// The served description of the API: valid OpenAPI 3.1, complete, and true to what the server does.
import assert from 'node:assert/strict'
import test from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import Ajv from 'ajv/dist/2020.js'
import { startServer, workspaceOf } from './server.mjs'

const { catalogue } = await import('../dist/app/index.js')
const { folder, remove } = workspaceOf({ 'castellan.yaml': 'name: described\nwatchHost: false\n' })
const server = await startServer(folder)
test.after(async () => {
  await server.stop()
  remove()
})
const headers = { authorization: `Bearer ${server.token}` }
const description = await (await fetch(new URL('/api/v1/openapi.json', server.url), { headers })).json()

test('it is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(description))
  assert.deepEqual(errors ?? [], [])
  assert.ok(valid)
  assert.equal(description.openapi, '3.1.0')
})

test('every operation is described, under its method', () => {
  for (const { name, kind } of catalogue) {
    const item = description.paths[`/api/v1/${name.replace('.', '/')}`]
    assert.ok(item?.[kind === 'read' ? 'get' : 'post'], name)
  }
})

test('answers of reads fit their described schemas', async () => {
  const ajv = new Ajv({ strict: false })
  for (const operation of catalogue.filter(({ kind }) => kind === 'read')) {
    const path = `/api/v1/${operation.name.replace('.', '/')}`
    const url = new URL(path, server.url)
    for (const [key, value] of Object.entries(operation.example)) url.searchParams.append(key, String(value))
    const answer = await fetch(url, { headers })
    const body = await answer.json()
    const { schema } = description.paths[path].get.responses[answer.ok ? 200 : 400].content['application/json']
    const check = ajv.compile({ ...schema, components: description.components })
    assert.ok(check(body), `${operation.name}: ${ajv.errorsText(check.errors)}`)
  }
})

test('input that does not fit is refused with what is wrong', async () => {
  const answer = await fetch(new URL('/api/v1/incident/list?limit=many', server.url), { headers })
  assert.equal(answer.status, 400)
  const { error } = await answer.json()
  assert.equal(error.code, 'INPUT_INVALID')
  assert.match(error.text, /limit/)
})
