// The search language read plainly, without an engine: what tests hold the engine's answers against. A test file without tests of its own.
import assert from 'node:assert/strict'
import { BlockList, isIP } from 'node:net'
import { seqOf } from '../columns.ts'
import type { EventView } from '../types.ts'
import type { Checked, Test } from './check.ts'
import type { Target } from './resolve.ts'
import { inJson } from './sql.ts'

/** Whether a filter holds for an event as the doors show it. */
export function holds(node: Checked, event: EventView): boolean {
  if (node.kind === 'not') return !holds(node.part, event)
  if ('parts' in node) {
    const part = (one: Checked) => holds(one, event)
    return node.kind === 'and' ? node.parts.every(part) : node.parts.some(part)
  }
  return passes(node.target, node.test, event)
}

function passes(target: Target, one: Test, event: EventView): boolean {
  if (target.kind === 'result') throw new Error('no pipe here')
  if (target.kind === 'values') return Object.values(event[target.of]).some((value) => textPasses(value, one, false))
  if (target.kind !== 'column')
    return textPasses((target.kind === 'field' ? event.fields : event.enriched)[target.name] ?? '', one, false)
  if (target.name === 'seq') return numberPasses(seqOf(event.id), one)
  const value = event[target.name]
  if (Array.isArray(value)) {
    if (one.is === 'there') return value.length > 0
    if (one.is === 'text' && one.text === '') return value.length === 0
    return value.some((item) => textPasses(item, one, false))
  }
  if (typeof value === 'number') return numberPasses(value, one)
  return textPasses(value, one, target.name === 'raw')
}

export function numberPasses(value: number, one: Test): boolean {
  if (one.is === 'there') return value !== 0
  assert.ok(one.is === 'number' || one.is === 'time')
  switch (one.compare) {
    case '=':
      return value === one.value
    case '>':
      return value > one.value
    case '>=':
      return value >= one.value
    case '<':
      return value < one.value
    case '<=':
      return value <= one.value
  }
}

export function textPasses(value: string, one: Test, isRaw: boolean): boolean {
  if (one.is === 'there') return value !== ''
  if (one.is === 'network') return inNetwork(value, one.network)
  if (one.is === 'pattern') return new RegExp(one.pattern, 'is').test(value)
  if (one.is !== 'text') return /^-?\d+(\.\d+)?$/.test(value) && numberPasses(Number(value), one)
  return [one.text, ...(isRaw ? inJson(one.text) : [])].some((text) => {
    if (text === '') return one.whole ? value === '' : true
    const body = Array.from(text, (letter) => {
      if (one.wild && letter === '*') return '[\\s\\S]*'
      if (one.wild && letter === '?') return '[\\s\\S]'
      return letter.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    })
    return new RegExp(one.whole ? `^${body.join('')}$` : body.join(''), 'iu').test(value)
  })
}

function inNetwork(value: string, network: string): boolean {
  const [address = '', length = ''] = network.split('/')
  const list = new BlockList()
  list.addSubnet(address, Number(length), isIP(address) === 4 ? 'ipv4' : 'ipv6')
  return isIP(value) > 0 && list.check(value, isIP(value) === 4 ? 'ipv4' : 'ipv6')
}
