// A server that can be sent to fetch things.
import { among, anyAtLeast, has } from '../facts.ts'
import { onReached } from '../finders.ts'
import { passesOn } from '../looks.ts'
import type { ThreatRule } from '../rule.ts'

export const luredRequests: ThreatRule = {
  id: 'lured-requests',
  title: 'A server that can be sent to fetch things',
  stride: ['I', 'E'],
  linddun: [],
  cwe: ['CWE-918'],
  attack: ['T1190', 'T1552.005'],
  meaning:
    'An application that strangers speak to may itself speak to anywhere, in a place where addresses mean trust.',
  consequence:
    'By naming an address a stranger makes it read what only insiders may: metadata, administration, other services.',
  fix: 'Let it speak only to named addresses through an egress proxy, and ask the metadata service for a token.',
  seenBy:
    'zeek/conn and cloud flow logs: the application to addresses it never spoke to; aws/cloudtrail use of its role elsewhere',
  falsePositives: 'The application never fetches an address that it was given.',
  remedy: 'filter-egress',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality'],
  slowedBy: ['waf', 'input-validation'],
  find: (facts) =>
    onReached(facts, { from: ['internet'], within: 1 }, (asset) => {
      const out = facts.outOf(asset.id)
      const away = out.find(({ to }) => facts.isOutside(to) || facts.isPartner(to))
      const inner = out.find(
        ({ to }) =>
          !facts.isOutside(to) && !facts.isPartner(to) && anyAtLeast(facts.held(to), 'confidentiality', 'high'),
      )
      if (
        !among(asset, 'web', 'application', 'container') ||
        passesOn(facts, asset) ||
        has(asset, 'egress-filter') ||
        !away ||
        !inner
      )
        return undefined
      return {
        text: `${asset.title} may speak to ${facts.asset(away.to)?.title ?? away.to} and stands next to ${facts.asset(inner.to)?.title ?? inner.to}`,
        data: facts.held(inner.to),
      }
    }),
}
