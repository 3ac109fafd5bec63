// Log sources: which of those that would show a step exist on the asset it happens on.
import type { Asset } from '#model'
import type { Platform, Rule } from './rules/rule.ts'

const windows = /windows|active-directory|exchange|mssql|sharepoint/

/** What an asset is to its logs, the most telling first. */
export function platformsOf({ category, kind, technology, patchFamily }: Asset): Platform[] {
  const system: Platform = windows.test(`${kind} ${technology} ${patchFamily}`) ? 'windows' : 'linux'
  if (category === 'saas' || category === 'identity') return system === 'windows' ? ['windows'] : ['saas']
  if (category === 'cloud' || category === 'storage') return ['cloud']
  if (['web', 'proxy', 'application', 'container'].includes(category)) return ['web', system]
  if (category === 'database' || category === 'cache' || category === 'queue') return ['database', system]
  if (category === 'network' || category === 'security') return ['network', 'linux']
  if (['device', 'industrial', 'mobile', 'browser', 'person'].includes(category)) return ['any']
  return [system]
}

/** Sources of the rule that fit the asset; those for anything last. */
export const sourcesFor = (asset: Asset, rule: Rule): string[] => [
  ...new Set([...platformsOf(asset), 'any' as const].flatMap((platform) => rule.seenBy[platform] ?? [])),
]

/** Products that stand for others in the model's words: a database's own log is `postgresql` there. */
const alike: Readonly<Record<string, RegExp>> = {
  database: /postgres|mysql|mssql|oracle|mongo|db/,
  application: /application|nodejs|python|jvm|django|spring/,
  webserver: /webserver|nginx|apache|iis/,
  'windows/process_creation': /windows\/(sysmon|security)/,
  'windows/process_access': /windows\/sysmon/,
  'windows/file_event': /windows\/sysmon/,
  'windows/network_connection': /windows\/sysmon/,
  'linux/process_creation': /linux\/(auditd|sysmon)/,
  'linux/network_connection': /linux\/(auditd|sysmon)/,
}

/** Whether the asset writes one of these sources, by what its kind or the model says. */
export const logs = ({ logs: written }: Asset, sources: readonly string[]): boolean =>
  sources.some((source) => written.some((log) => log === source || alike[source]?.test(log) === true))
