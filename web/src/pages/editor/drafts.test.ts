// Drafts kept in the browser's storage.
import assert from 'node:assert/strict'
import test from 'node:test'
import { allDrafts, derivedText, draftOf, dropDraft, idIn, keepDraft, startText, titleIn, uuidFrom } from './drafts.ts'

function storage(): Storage {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    key: (at) => [...items.keys()][at] ?? null,
    clear: () => items.clear(),
    get length() {
      return items.size
    },
  }
}

test('a draft is kept and found again, the newest first', () => {
  const kept = storage()
  kept.setItem('castellan.theme', 'dark')
  kept.setItem('castellan.rule.broken', '{')
  assert.ok(keepDraft(kept, { name: 'new', text: 'title: A', was: '', at: 1 }))
  assert.ok(keepDraft(kept, { name: 'r1', text: 'title: B', was: 'title: C', at: 2 }))
  assert.deepEqual(
    allDrafts(kept).map(({ name }) => name),
    ['r1', 'new'],
  )
  assert.equal(draftOf(kept, 'r1')?.text, 'title: B')
  dropDraft(kept, 'r1')
  assert.equal(draftOf(kept, 'r1'), undefined)
})
test('what is as it was needs no draft', () => {
  const kept = storage()
  keepDraft(kept, { name: 'r1', text: 'b', was: 'a', at: 1 })
  keepDraft(kept, { name: 'r1', text: 'a', was: 'a', at: 2 })
  assert.deepEqual(allDrafts(kept), [])
})
test('a browser without storage, or without room, is told', () => {
  const full = { ...storage(), setItem: () => assert.fail('full') }
  assert.equal(keepDraft(undefined, { name: 'new', text: 'a', was: '', at: 1 }), false)
  assert.equal(keepDraft(full, { name: 'new', text: 'a', was: '', at: 1 }), false)
  assert.deepEqual(allDrafts(undefined), [])
})
test('a copy has an id of its own and says what it was derived from', () => {
  const id = uuidFrom(Uint8Array.from({ length: 16 }, (_, at) => at))
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const copy = derivedText('title: A\nid: old-1\nlevel: low\n', id)
  assert.equal(copy, `title: A\nid: ${id}\nrelated:\n  - id: old-1\n    type: derived\nlevel: low\n`)
  const again = derivedText('id: b\nrelated:\n  - id: x\n    type: obsolete\n', 'c')
  assert.equal(again, 'id: c\nrelated:\n  - id: b\n    type: derived\n  - id: x\n    type: obsolete\n')
})
test('title and id are read off the text', () => {
  const text = startText({ id: '00000000-0000-4000-8000-000000000000', day: '2026-01-31', author: 'ada' })
  assert.equal(titleIn(text), '')
  assert.equal(titleIn("title: 'Whoami as SYSTEM'\n"), 'Whoami as SYSTEM')
  assert.equal(idIn(text), '00000000-0000-4000-8000-000000000000')
})
