// What the palette offers for what was typed.
import { useEffect, useMemo, useState } from 'react'
import { useRead } from '../client/queries.ts'
import { useLogout } from '../client/session.ts'
import { incidentStates, type Alert, type Asset, type Estate, type Incident, type Rule } from '../client/nouns.ts'
import { chooseTheme } from '../design/theme.ts'
import { levelTitle, standingWords } from '../format/words.ts'
import { pages } from '../pages.ts'
import { copyText } from '../parts/clipboard.ts'
import type { IconName } from '../parts/Icon.tsx'
import { ranked } from './match.ts'
import { places } from './places.ts'
import { useGo } from './url.ts'

export interface Entry {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly detail: string
  readonly icon: IconName
  readonly keys?: string | undefined
  readonly run: () => void
}
type Go = (to: string) => void

const pageEntries = (go: Go): Entry[] =>
  pages
    .filter((page) => page.group !== undefined)
    .map(({ path, title, does, icon, key }) => ({
      id: path,
      group: 'Pages',
      title,
      detail: does,
      icon,
      keys: key === undefined ? undefined : `g ${key}`,
      run: () => go(path),
    }))

const actionEntries = (go: Go, logout: () => void, onKeys: () => void): Entry[] => {
  const action = (title: string, icon: IconName, run: () => void, detail = ''): Entry => ({
    id: title,
    group: 'Actions',
    title,
    detail,
    icon,
    run,
  })
  return [
    action('Write a new rule', 'pencil', () => go(places.ruleEditor()), 'with lint and backtest beside it'),
    action('Rules that find nothing', 'rules', () => go(places.rules({ kind: 'silent' })), 'at work, but never hit'),
    action(
      'Detectors of anomalies',
      'pulse',
      () => go(places.anomalies({ view: 'detectors' })),
      'learning, parameters',
    ),
    action(
      'What is usual',
      'person',
      () => go(places.anomalies({ view: 'profiles' })),
      'profiles of accounts and machines',
    ),
    action('Light look', 'sun', () => chooseTheme('light')),
    action('Dark look', 'moon', () => chooseTheme('dark')),
    action('Look as the system says', 'auto', () => chooseTheme('auto')),
    action('Copy a link to this page', 'link', () => void copyText(window.location.href)),
    action('Show the keys', 'help', onKeys),
    action('Log out', 'out', logout),
  ]
}

const searchEntries = (typed: string, go: Go): Entry[] => [
  {
    id: 'find-events',
    group: 'Search',
    title: `Hunt for “${typed}”`,
    detail: '',
    icon: 'events',
    run: () => go(places.hunt({ q: typed })),
  },
  {
    id: 'find-alerts',
    group: 'Search',
    title: `Find alerts with “${typed}”`,
    detail: '',
    icon: 'alerts',
    run: () => go(places.alerts({ q: typed, range: '30d' })),
  },
  {
    id: 'find-rules',
    group: 'Search',
    title: `Find rules with “${typed}”`,
    detail: '',
    icon: 'rules',
    run: () => go(places.rules({ q: typed })),
  },
]

const incidentEntries = (items: readonly Incident[], go: Go): Entry[] =>
  items.map((incident) => ({
    id: incident.id,
    group: 'Incidents',
    title: incident.number > 0 ? `#${incident.number} ${incident.title}` : incident.title,
    detail: `${levelTitle[incident.level]}, ${incident.state}`,
    icon: 'incidents',
    run: () => go(places.incident(incident)),
  }))

const alertEntries = (items: readonly Alert[], go: Go): Entry[] =>
  items.map((alert) => ({
    id: alert.id,
    group: 'Alerts',
    title: alert.rule.title,
    detail: `${levelTitle[alert.rule.level]}${alert.host ? `, ${alert.host}` : ''}`,
    icon: 'alerts',
    run: () => go(places.alert(alert.id)),
  }))

const ruleEntries = (items: readonly Rule[], go: Go): Entry[] =>
  items.map((rule) => ({
    id: `rule-${rule.id}`,
    group: 'Rules',
    title: rule.title,
    detail: `${levelTitle[rule.level]}, ${standingWords[rule.standing].title.toLowerCase()}`,
    icon: 'rules',
    run: () => go(places.rule(rule.id)),
  }))

/** Assets whose title fits, or one of whose names and addresses holds what was typed. */
function estateEntries(estate: Estate | undefined, typed: string, go: Go): Entry[] {
  const text = typed.toLowerCase()
  const isNamed = (asset: Asset): boolean =>
    [asset.id, ...asset.hosts, ...asset.addresses].some((name) => name.toLowerCase().includes(text))
  const assets = estate?.assets ?? []
  const found = new Set([
    ...assets.filter(isNamed),
    ...assets.filter(({ title }) => title.toLowerCase().includes(text)),
  ])
  return [...found].slice(0, 4).map((asset) => ({
    id: asset.id,
    group: 'Estate',
    title: asset.title,
    detail: [...asset.hosts, ...asset.addresses].slice(0, 3).join(', '),
    icon: 'server',
    run: () => go(places.asset(asset.id)),
  }))
}

const settleMilliseconds = 120
/** A text once it has not changed for a moment, so that the server is not asked at every key. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMilliseconds)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

/** Entries for what was typed: pages and actions that fit, then what the server finds. */
export function usePaletteEntries(typed: string, onKeys: () => void): readonly Entry[] {
  const text = typed.trim()
  const asked = useSettled(text)
  const asks = text.length >= 2
  const go = useGo()
  const { mutate: logout } = useLogout()
  const { data: incidents } = useRead(
    'incident.list',
    { q: asked, limit: 4, state: [...incidentStates] },
    { enabled: asked.length >= 2, keep: true },
  )
  const { data: alerts } = useRead('alert.list', { q: asked, limit: 4 }, { enabled: asked.length >= 2, keep: true })
  const { data: rules } = useRead('rule.list', { q: asked, limit: 4 }, { enabled: asked.length >= 2, keep: true })
  const { data: estate } = useRead('model.show', {}, { enabled: asks })
  return useMemo(() => {
    const fixed = ranked(
      text,
      [...pageEntries(go), ...actionEntries(go, logout, onKeys)],
      ({ title, detail }) => `${title} ${detail}`,
    )
    if (!asks) return fixed
    return [
      ...fixed.slice(0, 4),
      ...incidentEntries(incidents?.items ?? [], go),
      ...estateEntries(estate, text, go),
      ...alertEntries(alerts?.items ?? [], go),
      ...ruleEntries(rules?.items ?? [], go),
      ...searchEntries(text, go),
    ]
  }, [text, asks, go, logout, onKeys, incidents, alerts, rules, estate])
}
