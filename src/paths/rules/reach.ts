// Connections: what can be talked to from where. Certain, so never shown as a step of its own.
import type { Facts } from '../facts.ts'
import type { Space } from '../space.ts'
import { exposed, isFirewall, passesOn } from '../nodes.ts'
import type { Emit, Rule } from './rule.ts'

export const reach: Rule = {
  id: 'reach',
  title: 'Connects to {on}',
  technique: 'T1071',
  tactic: 'command-and-control',
  skill: 'movement',
  does: 'Whoever runs commands somewhere can open the connections that flows allow from there; what faces the internet can be talked to by anybody; a proxy passes requests on.',
  seenBy: {},
  less: {},
  connects: true,
  ground(facts, space, step) {
    overFlows(facts, space, step)
    withinZones(facts, space, step)
    onTheMove(facts, space, step)
    for (const { index: on, asset } of facts.nodes) {
      const [code, admin, user] = [space.fact('code', on), space.fact('admin', on), space.fact('user', on)]
      step(code, [admin], { on, base: 1, why: 'who controls it can run commands' })
      step(user, [admin], { on, base: 1, why: 'who controls it can use it' })
      if (['server', 'endpoint', 'container', 'build'].includes(asset.category))
        step(code, [user], { on, base: 1, why: 'who is logged in can run commands' })
    }
  },
}

/** People carry one device from place to place: where it is lost once, it is lost everywhere. */
function onTheMove({ nodes, byAsset }: Facts, space: Space, step: Emit): void {
  for (const { index, asset } of nodes) {
    if (asset.category !== 'endpoint' && asset.category !== 'mobile') continue
    for (const on of byAsset.get(asset.id) ?? []) {
      if (on === index) continue
      for (const kind of ['code', 'admin', 'locked'] as const)
        step(space.fact(kind, on), [space.fact(kind, index)], { on, base: 1, why: 'the same device in another place' })
    }
  }
}

function overFlows(facts: Facts, space: Space, step: Emit): void {
  const outside = space.fact('outside')
  for (const link of facts.links) {
    const { from, to: on, flow, service, shell } = link
    const sender = facts.nodes[from]
    const here = sender?.foreign === true ? outside : space.fact('code', from)
    const [base, via, change] = [1, flow.id, `without ${flow.id}`]
    if (service) step(space.fact('service', on), [here], { on, base, why: 'the flow allows it', via, change })
    if (shell) step(space.fact('shell', on), [here], { on, base, why: 'the flow allows it', via, change })
    if (!service || !sender || !passesOn(sender, link)) continue
    const before = space.fact('service', from)
    step(space.fact('service', on), [before], { on, base, why: 'the proxy passes requests on', via, change })
  }
  for (const node of facts.nodes) {
    if (!exposed(node)) continue
    const way = { on: node.index, base: 1, why: 'it faces the internet' }
    step(space.fact('service', node.index), [outside], way)
    if (node.asset.internetFacing && node.is('remote-access')) step(space.fact('shell', node.index), [outside], way)
  }
}

/** Inside a zone only what speaks old protocols or offers remote access answers neighbours; everything, once its firewall is opened. */
function withinZones(facts: Facts, space: Space, step: Emit): void {
  const walled = facts.nodes.some(isFirewall)
  for (const node of facts.nodes) {
    const { index: on, zone } = node
    if (zone < 0 || node.foreign) continue
    step(space.fact('inside', zone), [space.fact('code', on)], { on, base: 1, why: 'it stands there' })
    const inside = [space.fact('inside', zone)]
    if (node.is('legacy-protocols'))
      step(space.fact('service', on), inside, { on, base: 1, why: 'it answers old protocols from neighbours' })
    if (node.is('legacy-protocols') || node.is('remote-access'))
      step(space.fact('shell', on), inside, { on, base: 1, why: 'it answers remote access from neighbours' })
    if (!walled) continue
    const opened = { on, base: 1, why: 'the firewall no longer stops it' }
    step(space.fact('service', on), [space.fact('open', zone)], opened)
    step(space.fact('shell', on), [space.fact('open', zone)], opened)
  }
}
