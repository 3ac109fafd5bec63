// What attack paths are told of detection: only rules that can find something as things stand.
import assert from 'node:assert/strict'
import test from 'node:test'
import { coverageOf } from './coverage.ts'

type Given = Parameters<typeof coverageOf>
const model = {
  estate: {
    assets: [
      { id: 'web', logs: ['webserver', 'linux/auditd'] },
      { id: 'db', logs: [] },
    ],
  },
}
const rule = (techniques: readonly string[], source: Readonly<Record<string, string>>) => ({ techniques, source })

test('a technique is covered where a rule at work reads a log that the asset writes', () => {
  let working: readonly unknown[] = []
  const covers = coverageOf(model as unknown as Given[0], { working: () => working } as unknown as Given[1])
  assert.equal(covers('web', 'T1190'), false)
  working = [rule(['T1190'], { category: 'webserver' }), rule(['T1059'], { product: 'linux', service: 'auditd' })]
  assert.equal(covers('web', 'T1190'), true)
  assert.equal(covers('web', 'T1059.004'), true)
  assert.equal(covers('db', 'T1190'), false)
  assert.equal(covers('web', 'T1486'), false)
  working = [rule(['T1059.001'], { product: 'linux', service: 'auditd' })]
  assert.equal(covers('web', 'T1059'), false)
  assert.equal(covers('nowhere', 'T1190'), false)
})
