// Keys: sequences, shadowing, and silence while typing.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { createKeyboard, keysText, type Press } from './keys.ts'

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  mod: false,
  alt: false,
  inField: false,
  at: 0,
  ...more,
})
function pressed() {
  const done: string[] = []
  const keyboard = createKeyboard()
  const bind = (keys: string, always = false) =>
    keyboard.add([{ keys, does: keys, group: 'test', always, run: () => void done.push(keys) }])
  return { done, keyboard, bind }
}

test('g then o goes, g then nothing in time does not', () => {
  const { done, keyboard, bind } = pressed()
  bind('g o')
  keyboard.press(press('g', { at: 0 }))
  keyboard.press(press('o', { at: 500 }))
  keyboard.press(press('g', { at: 1000 }))
  keyboard.press(press('o', { at: 9000 }))
  assert.deepEqual(done, ['g o'])
})
test('typing in a field runs nothing but what always works', () => {
  const { done, keyboard, bind } = pressed()
  bind('j')
  bind('mod+k', true)
  assert.equal(keyboard.press(press('j', { inField: true })), false)
  assert.equal(keyboard.press(press('k', { mod: true, inField: true })), true)
  assert.deepEqual(done, ['mod+k'])
})
test('the latest binding shadows the earlier until it goes', () => {
  const { done, keyboard } = pressed()
  keyboard.add([{ keys: 'x', does: '', group: '', run: () => void done.push('page') }])
  const close = keyboard.add([{ keys: 'x', does: '', group: '', run: () => void done.push('panel') }])
  keyboard.press(press('x'))
  close()
  keyboard.press(press('x'))
  assert.deepEqual(done, ['panel', 'page'])
})
test('keys pressed with Alt belong to the browser', () => {
  const { keyboard, bind } = pressed()
  bind('j')
  assert.equal(keyboard.press(press('j', { alt: true })), false)
})
test('no sequence of presses throws', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ key: fc.string(), mod: fc.boolean(), alt: fc.boolean(), inField: fc.boolean(), at: fc.double() }),
      ),
      (presses) => {
        const { keyboard, bind } = pressed()
        bind('g o')
        for (const each of presses) assert.equal(typeof keyboard.press(each), 'boolean')
      },
    ),
  ))
test('keys are shown as they stand on the keyboard', () => {
  assert.deepEqual(keysText('mod+k', true), ['⌘', 'K'])
  assert.deepEqual(keysText('mod+k', false), ['Ctrl', 'K'])
  assert.deepEqual(keysText('g o', false), ['g', 'o'])
})
