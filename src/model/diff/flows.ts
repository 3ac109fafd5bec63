// Differences of flows, in words.
import type { Flow } from '../types.ts'
import { fieldsSaid, listSaid, type Said } from './change.ts'
import { isOpen } from './reach.ts'

const wire = ({ protocol, port }: Flow): string =>
  port === 0 ? `by ${protocol}` : protocol === 'tcp' ? `on ${port}` : `on ${port} (${protocol})`

/** `internet-users → admin-panel on 443 (https), unauthenticated, not encrypted` */
export const flowText = (flow: Flow): string =>
  [
    `${flow.from} → ${flow.to} ${wire(flow)}`,
    ...(isOpen(flow) ? ['unauthenticated'] : []),
    ...(flow.encrypted ? [] : ['not encrypted']),
    ...(flow.data.length > 0 ? [`carrying ${flow.data.join(', ')}`] : []),
    ...(flow.back.length > 0 ? [`bringing back ${flow.back.join(', ')}`] : []),
  ].join(', ')

/** Whether it is one that an attacker likes: nobody asks who calls, anybody can read it, or strangers call. */
export const isWeakFlow = (flow: Flow, strangers: ReadonlySet<string>): boolean =>
  isOpen(flow) || !flow.encrypted || (strangers.has(flow.from) && !strangers.has(flow.to))

/** What two readings of one flow say differently. */
export function flowSaid(before: Flow, after: Flow): Said[] {
  const name = after.id.replace(' -> ', ' → ')
  const carried = (verb: string, key: 'data' | 'back') =>
    listSaid(before[key], after[key], {
      more: (words) => ({ text: `${name} now ${verb} ${words}` }),
      less: (words) => ({ text: `${name} no longer ${verb} ${words}` }),
    })
  return [
    ...(before.protocol === after.protocol && before.port === after.port
      ? []
      : [{ text: `${name} goes ${wire(after)}, before ${wire(before)}` }]),
    ...(before.encrypted === after.encrypted ? [] : [encryptedSaid(name, after)]),
    ...(before.authentication === after.authentication ? [] : [authenticationSaid(name, before, after)]),
    ...(before.authorization === 'none' || after.authorization !== 'none'
      ? fieldsSaid(name, before, after, ['authorization'])
      : [{ text: `${name} no longer asks what the caller may do`, weaker: true }]),
    ...carried('carries', 'data'),
    ...carried('brings back', 'back'),
    ...fieldsSaid(name, before, after, ['purpose', 'tags']),
  ]
}

const encryptedSaid = (name: string, { encrypted }: Flow): Said =>
  encrypted ? { text: `${name} is now encrypted` } : { text: `${name} is no longer encrypted`, weaker: true }

function authenticationSaid(name: string, before: Flow, after: Flow): Said {
  if (isOpen(after))
    return { text: `${name} is no longer authenticated, before by ${before.authentication}`, weaker: true }
  return isOpen(before)
    ? { text: `${name} is now authenticated by ${after.authentication}` }
    : { text: `${name} is authenticated by ${after.authentication}, before by ${before.authentication}` }
}
