// castellan detect: Sigma rules over event files, without a server in a workspace with its own parsers.
import { resolve } from 'node:path'
import { exitCodes, Fault, placeText, type Issue } from '#kernel'
import { detectFiles, type OfflineSummary, ruleCachePath } from '#app'
import type { Command, Given, Terminal } from '../command.ts'
import { printable, tableText } from '../table.ts'

const number = (n: number): string => n.toLocaleString('en')

function alertRows(summary: OfflineSummary, most: number): string[][] {
  return summary.alerts.slice(0, most).map((alert) => {
    const why = alert.matched
      .map(({ field, value, pattern }) => (field === '' ? `“${pattern}”` : `${field}=${value}`))
      .join(' ')
    return [
      new Date(alert.time).toISOString().slice(0, 19),
      alert.rule.level,
      alert.rule.title,
      alert.rule.techniques.join(' '),
      alert.host,
      why,
    ]
  })
}

function summaryText(summary: OfflineSummary, width: number, mostAlerts: number): string {
  const { counts } = summary
  const lines: string[] = []
  if (summary.alerts.length > 0) {
    lines.push(
      tableText(['time', 'level', 'rule', 'technique', 'host', 'matched'], alertRows(summary, mostAlerts), width),
    )
    if (summary.alertCount > mostAlerts)
      lines.push(
        `… and ${number(summary.alertCount - Math.min(mostAlerts, summary.alerts.length))} more; --json prints them all, --most N shows N`,
      )
    const rules = summary.byRule.map((rule) => [number(rule.count), rule.level, rule.title, rule.id])
    lines.push('', tableText(['alerts', 'level', 'rule', 'id'], rules.slice(0, 40), width))
  }
  const levels = Object.entries(summary.byLevel).filter(([, count]) => count > 0)
  const rate = Math.round(counts.events / Math.max(summary.seconds, 0.001))
  lines.push(
    '',
    `${number(counts.events)} events of ${number(counts.files)} files in ${summary.seconds.toFixed(1)} s (${number(rate)} a second); ${number(counts.unparsed)} kept without a parser`,
    `${number(summary.alertCount)} alerts${levels.length > 0 ? `: ${levels.map(([level, count]) => `${number(count)} ${level}`).join(', ')}` : ''}`,
    `${number(summary.rules.running)} rules ran, loaded in ${summary.rules.seconds.toFixed(1)} s`,
    ...summary.rules.notRunning.map(({ why, count }) => `${number(count)} rules did not run: ${why}`),
  )
  return lines.join('\n')
}

const issueLine = (issue: Issue): string =>
  printable(`${issue.severity}: ${placeText(issue.at)}: ${issue.text}${issue.help ? `; ${issue.help}` : ''}`)

const mostWorkers = 64
function workersOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const workers = Number(text)
  if (Number.isInteger(workers) && workers >= 1 && workers <= mostWorkers) return workers
  throw new Fault('INPUT_INVALID', `--workers ${text}: give a number from 1 to ${mostWorkers}`)
}

async function run(given: Given, terminal: Terminal): Promise<number> {
  const rules = (given.flags['rules'] ?? []).filter((folder) => folder !== '')
  if (given.words.length === 0) throw new Fault('INPUT_INVALID', 'name at least one file or folder of events')
  if (rules.length === 0) throw new Fault('INPUT_INVALID', '--rules DIR is missing: the folder of Sigma rules')
  const most = Number(given.flags['most']?.at(-1) ?? '50')
  const workers = workersOf(given.flags['workers']?.at(-1))
  const folders = rules.map((folder) => resolve(terminal.folder, folder))
  const summary = await detectFiles({
    paths: given.words.map((path) => resolve(terminal.folder, path)),
    rules: folders,
    workspace: given.workspace,
    workers,
    cache: given.flags['no-cache'] === undefined ? ruleCachePath(folders, terminal.env) : undefined,
    signal: terminal.signal,
    progress: (done, total, text) => terminal.progress.update(done, total, text),
    onAlert: given.json ? (alert) => terminal.print(JSON.stringify({ alert })) : undefined,
  })
  terminal.progress.end()
  for (const issue of summary.issues.slice(0, 20)) terminal.note(issueLine(issue))
  if (summary.issues.length > 20)
    terminal.note(`… and ${number(summary.issues.length - 20)} more problems; --json lists them`)
  if (given.json) terminal.print(JSON.stringify({ summary: { ...summary, alerts: undefined } }))
  else terminal.print(summaryText(summary, terminal.width, Number.isFinite(most) ? most : 50))
  if (summary.counts.files === 0) return exitCodes.unreadable
  return summary.alertCount > 0 ? exitCodes.findings : exitCodes.clean
}

export const detect: Command = {
  name: 'detect',
  does: 'run Sigma rules over event files (EVTX, NDJSON, JSON, syslog; folders, .gz and .zst too)',
  usage: 'detect PATH... --rules DIR [--rules DIR] [--workers N] [--no-cache] [--most N] [--json]',
  flags: {
    '--rules DIR': 'folder of Sigma rules; may be repeated',
    '--workers N': 'processes at work; as many as there are processors and work for when not given',
    '--no-cache': 'read every rule anew instead of only those that changed since the last run',
    '--most N': 'alerts to print, 50 when not given',
    '--json': 'one line of JSON an alert, and a last line with the summary',
  },
  notes: [
    'Files are recognised by what is in them. In a workspace its own parsers are asked first. --workspace names one.',
  ],
  examples: [
    'castellan detect Security.evtx --rules sigma/rules',
    'castellan detect logs/ --rules rules --json | jq .alert.rule.title',
  ],
  run,
}
