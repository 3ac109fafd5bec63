// What of the drawing is lit.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { boxOf, found, lookOf, near, risks, type ViewLink, type ViewNode } from './near.ts'

const node = (id: string, assets: string[] = [id]): ViewNode => ({
  id,
  title: `Title of ${id}`,
  text: 'nginx',
  kind: 'nginx',
  zone: '',
  criticality: 'low',
  internetFacing: false,
  group: assets.length > 1,
  assets,
  x: 0,
  y: 0,
  width: 184,
  height: 52,
})
const link = (from: string, to: string): ViewLink => ({
  id: `${from} → ${to}`,
  from,
  to,
  flows: [],
  label: '',
  crosses: false,
  encrypted: true,
  authenticated: true,
  path: '',
})
const words = (id: string, more: Partial<{ owner: string; hosts: string[] }> = {}) => ({
  id,
  title: id,
  kind: 'nginx',
  owner: '',
  hosts: [],
  addresses: [],
  ...more,
})
const nodes = [node('a'), node('b'), node('group kind z k', ['c', 'd'])]

test('an asset in a group is chosen with its group', () => {
  assert.equal(boxOf(nodes, 'd')?.id, 'group kind z k')
  assert.equal(boxOf(nodes, 'group kind z k')?.assets.length, 2)
  assert.equal(boxOf(nodes, 'nobody'), undefined)
  assert.equal(boxOf(nodes, undefined), undefined)
})
test('neighbours are one line away in either direction', () => {
  const links = [link('a', 'b'), link('c', 'a'), link('b', 'd')]
  assert.deepEqual([...(near({ links }, 'a') ?? [])].sort(), ['a', 'b', 'c'])
  assert.equal(near({ links }, undefined), undefined)
})
test('a text finds boxes by their words and by those of their assets', () => {
  const assets = [words('a'), words('b', { owner: 'Payments team' }), words('d', { hosts: ['WEB-*'] })]
  assert.deepEqual([...(found(nodes, assets, 'payments') ?? [])], ['b'])
  assert.deepEqual([...(found(nodes, assets, ' web-') ?? [])], ['group kind z k'])
  assert.equal(found(nodes, assets, ' '), undefined)
  fc.assert(fc.property(fc.string(), (text) => assert.ok((found(nodes, assets, text)?.size ?? 0) <= nodes.length)))
})
test('a group falls as likely as its likeliest asset', () =>
  assert.deepEqual(
    [
      ...risks(nodes, [
        { asset: 'c', probability: 0.2 },
        { asset: 'd', probability: 0.6 },
        { asset: 'x', probability: 1 },
      ]),
    ],
    [['group kind z k', 0.6]],
  ))
test('lines of what is chosen are lit, the others step back', () => {
  const look = (chosen: string | undefined, boxes: string[] | undefined, links = 3) =>
    lookOf(link('a', 'b'), { chosen, boxes: boxes && new Set(boxes) }, links)
  assert.deepEqual(
    [
      look('a', ['a', 'b']),
      look('c', ['c']),
      look(undefined, ['a']),
      look(undefined, ['a', 'b']),
      look(undefined, undefined),
      look(undefined, undefined, 900),
    ],
    ['lit', 'faded', 'faded', 'plain', 'plain', 'quiet'],
  )
})
