// Threat intelligence as an enricher: the surest indicator that an event shows, unless an allow-list knows it as good.
import type { AllowLists } from '../allow.ts'
import type { Enricher } from '../enricher.ts'
import type { Indicators } from './indicators.ts'
import { Observer } from './observed.ts'

/** The tables of the moment. */
export interface IntelligenceTables {
  readonly indicators: Indicators
  readonly allow: AllowLists
}

export function intelligenceEnricher(tables: () => IntelligenceTables): Enricher {
  let read: Indicators | undefined
  let observer: Observer | undefined
  return {
    name: 'intelligence',
    gives: [
      { name: 'intel.indicator', does: 'the value that threat intelligence names' },
      { name: 'intel.type', does: 'address, network, domain, url, hash or email' },
      { name: 'intel.feed', does: 'the feed that names it' },
      { name: 'intel.label', does: 'what the feed calls it: malware, campaign' },
      { name: 'intel.confidence', does: 'how sure the feed is, 0 to 100' },
      { name: 'intel.allowed', does: 'the allow-list because of which an indicator was not matched' },
    ],
    add(event, _asset, facts) {
      const { indicators, allow } = tables()
      if (indicators.size === 0) return
      if (observer === undefined || read !== indicators) {
        read = indicators
        observer = new Observer(indicators)
      }
      for (const hit of observer.hits(event)) {
        const allowed = allow.size === 0 ? undefined : allow.allows(hit)
        if (allowed !== undefined) {
          facts['intel.allowed'] = allowed
          continue
        }
        if (Number(facts['intel.confidence'] ?? -1) >= hit.confidence) continue
        facts['intel.indicator'] = hit.value
        facts['intel.type'] = hit.type
        facts['intel.feed'] = hit.feed
        facts['intel.confidence'] = String(hit.confidence)
        if (hit.label === '') delete facts['intel.label']
        else facts['intel.label'] = hit.label
      }
    },
  }
}
