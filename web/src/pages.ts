// The table of pages: navigation, go-to keys, palette and routes are read from it. A new page is one file and one line.
import type { ComponentType } from 'react'
import type { IconName } from './parts/Icon.tsx'

export interface PageEntry {
  readonly path: `/${string}`
  readonly title: string
  /** What one does there, for the palette. */
  readonly does: string
  readonly icon: IconName
  /** Key after `g`; absent for pages reached only from others. */
  readonly key?: string
  readonly group?: 'Watch' | 'Know' | 'Keep'
  /** Loads the file; it exports the component as `Page`. */
  readonly load: () => Promise<{ readonly Page: ComponentType }>
}

export const pages: readonly PageEntry[] = [
  {
    path: '/',
    title: 'Overview',
    does: 'what needs you now',
    icon: 'overview',
    key: 'o',
    group: 'Watch',
    load: () => import('./pages/overview/OverviewPage.tsx'),
  },
  {
    path: '/alerts',
    title: 'Alerts',
    does: 'every rule that matched, and why',
    icon: 'alerts',
    key: 'a',
    group: 'Watch',
    load: () => import('./pages/alerts/AlertsPage.tsx'),
  },
  {
    path: '/incidents',
    title: 'Incidents',
    does: 'alerts that belong together',
    icon: 'incidents',
    key: 'i',
    group: 'Watch',
    load: () => import('./pages/incidents/IncidentsPage.tsx'),
  },
  {
    path: '/incidents/$id',
    title: 'Incident',
    does: 'one incident and its story',
    icon: 'incidents',
    load: () => import('./pages/incidents/IncidentPage.tsx'),
  },
  {
    path: '/anomalies',
    title: 'Anomalies',
    does: 'what is unusual here, against what is usual',
    icon: 'pulse',
    key: 'n',
    group: 'Watch',
    load: () => import('./pages/anomalies/AnomaliesPage.tsx'),
  },
  {
    path: '/hunt',
    title: 'Hunt',
    does: 'search and count everything that was logged',
    icon: 'events',
    key: 'h',
    group: 'Watch',
    load: () => import('./pages/hunt/HuntPage.tsx'),
  },
  {
    path: '/dashboards',
    title: 'Dashboards',
    does: 'searches that stand side by side',
    icon: 'table',
    key: 'd',
    group: 'Watch',
    load: () => import('./pages/dashboards/DashboardsPage.tsx'),
  },
  {
    // Where the hunt was before it could count: addresses that people keep go on working.
    path: '/events',
    title: 'Hunt',
    does: 'search and count everything that was logged',
    icon: 'events',
    load: () => import('./pages/hunt/HuntPage.tsx'),
  },
  {
    path: '/processes',
    title: 'Processes',
    does: 'the processes around an event',
    icon: 'tree',
    load: () => import('./pages/processes/ProcessesPage.tsx'),
  },
  {
    path: '/entity',
    title: 'Entity',
    does: 'all that events say about a host, user, address or domain',
    icon: 'server',
    load: () => import('./pages/entity/EntityPage.tsx'),
  },
  {
    path: '/estate',
    title: 'Estate',
    does: 'zones, assets and flows of the model',
    icon: 'estate',
    key: 's',
    group: 'Know',
    load: () => import('./pages/estate/EstatePage.tsx'),
  },
  {
    path: '/threats',
    title: 'Threats',
    does: 'what can go wrong, and the fixes worth most',
    icon: 'threats',
    key: 't',
    group: 'Know',
    load: () => import('./pages/threats/ThreatsPage.tsx'),
  },
  {
    path: '/paths',
    title: 'Paths',
    does: 'how an attacker gets to the crown jewels, and where to stop it',
    icon: 'paths',
    key: 'p',
    group: 'Know',
    load: () => import('./pages/paths/PathsPage.tsx'),
  },
  {
    path: '/reality',
    title: 'Reality',
    does: 'where the model and what was seen do not agree',
    icon: 'link',
    key: 'w',
    group: 'Know',
    load: () => import('./pages/reality/RealityPage.tsx'),
  },
  {
    path: '/rules',
    title: 'Rules',
    does: 'what is detected, and what does not run',
    icon: 'rules',
    key: 'r',
    group: 'Know',
    load: () => import('./pages/rules/RulesPage.tsx'),
  },
  {
    path: '/rules/edit',
    title: 'Rule editor',
    does: 'write a rule with lint and backtest beside it',
    icon: 'rules',
    load: () => import('./pages/editor/EditorPage.tsx'),
  },
  {
    path: '/coverage',
    title: 'Coverage',
    does: 'which techniques of ATT&CK the rules see, and which they do not',
    icon: 'matrix',
    key: 'c',
    group: 'Know',
    load: () => import('./pages/coverage/CoveragePage.tsx'),
  },
  {
    path: '/sources',
    title: 'Sources',
    does: 'where logs come from and how they flow',
    icon: 'sources',
    key: 'u',
    group: 'Know',
    load: () => import('./pages/sources/SourcesPage.tsx'),
  },
  {
    path: '/ledger',
    title: 'Ledger',
    does: 'who did what, provably',
    icon: 'ledger',
    key: 'l',
    group: 'Keep',
    load: () => import('./pages/ledger/LedgerPage.tsx'),
  },
  {
    path: '/settings',
    title: 'Settings',
    does: 'look, tokens, users',
    icon: 'settings',
    key: ',',
    group: 'Keep',
    load: () => import('./pages/settings/SettingsPage.tsx'),
  },
]
