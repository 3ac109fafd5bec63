// castellan rule lint and test: rules of folders looked over and tested, without a server and without a workspace.
import { resolve } from 'node:path'
import { exitCodes, Fault, placeText } from '#kernel'
import { catalogue, lintFolders, type LintFinding, testFolders } from '#app'
import type { Command, Given, Terminal } from '../command.ts'
import { runOperationCommand } from '../operation-command.ts'
import { printable, tableText } from '../table.ts'

const many = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`
const folders = (given: Given, terminal: Terminal): string[] =>
  given.words.map((word) => resolve(terminal.folder, word))

function operationOf(name: string) {
  const found = catalogue.find((operation) => operation.name === name)
  if (!found) throw new Fault('BUG', `no operation ${name}`)
  return found
}

const findingLine = ({ severity, code, at, text, help }: LintFinding): string =>
  printable(`${placeText(at)}: ${severity}: ${text}; ${help} [${code}]`)

function countsText(findings: readonly LintFinding[], width: number): string {
  const counts = new Map<string, number>()
  for (const { severity, code } of findings)
    counts.set(`${severity} ${code}`, (counts.get(`${severity} ${code}`) ?? 0) + 1)
  const rows = [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => [String(count), ...name.split(' ')])
  return rows.length === 0 ? '' : `\n${tableText(['count', 'severity', 'code'], rows, width)}\n`
}

async function lint(given: Given, terminal: Terminal): Promise<number> {
  if (given.words.length === 0) return runOperationCommand(operationOf('rule.lint'), given, terminal)
  const { rules, findings } = await lintFolders(folders(given, terminal))
  const hints = given.flags['hints'] !== undefined
  const shown = findings.filter(({ severity }) => hints || severity !== 'hint')
  if (given.json) for (const finding of shown) terminal.print(JSON.stringify(finding))
  else {
    for (const finding of shown) terminal.print(findingLine(finding))
    const said = (['error', 'warning', 'hint'] as const).map((severity) =>
      many(findings.filter((one) => one.severity === severity).length, severity),
    )
    terminal.print(`${countsText(shown, terminal.width)}${many(rules, 'rule')}: ${said.join(', ')}`)
  }
  if (rules === 0) return exitCodes.unreadable
  return findings.some(({ severity }) => severity !== 'hint') ? exitCodes.findings : exitCodes.clean
}

async function testing(given: Given, terminal: Terminal): Promise<number> {
  if (given.words.length === 0) return runOperationCommand(operationOf('rule.test'), given, terminal)
  const run = await testFolders(folders(given, terminal), {
    signal: terminal.signal,
    progress: (done, total) => terminal.progress.update(done, total, 'tests'),
  })
  terminal.progress.end()
  const failed = run.cases.filter(({ passed }) => !passed)
  if (given.json) terminal.print(JSON.stringify({ ...run, failed: failed.length }))
  else {
    for (const issue of run.issues) terminal.note(printable(`${placeText(issue.at)}: ${issue.text}`))
    for (const { file, title, name, why } of failed) terminal.print(printable(`${file}: ${title}: ${name}: ${why}`))
    terminal.print(
      `${many(run.rules, 'rule')}, ${many(run.cases.length, 'test')}: ${run.cases.length - failed.length} passed, ${failed.length} failed; ${many(run.proven.length, 'rule')} proven`,
    )
  }
  if (run.issues.length > 0) return exitCodes.configuration
  if (run.cases.length === 0) return exitCodes.unreadable
  return failed.length > 0 ? exitCodes.findings : exitCodes.clean
}

export const ruleLint: Command = {
  name: 'rule lint',
  does: 'look Sigma rules over: what is wrong, what may not do what it says, what could be better',
  usage: 'rule lint [DIR...] [--hints] [--json]',
  flags: {
    '--hints': 'also what could be better',
    '--json': 'one line of JSON a finding',
  },
  examples: ['castellan rule lint rules/', 'castellan rule lint --severity warning'],
  run: lint,
}

export const ruleTest: Command = {
  name: 'rule test',
  does: 'run the tests of Sigma rules: beside a rule, within it, or in the layout of SigmaHQ',
  usage: 'rule test [DIR...] [--json]',
  flags: { '--json': 'the whole result as JSON' },
  examples: ['castellan rule test rules/', 'castellan rules test sigma/rules sigma/regression_data'],
  run: testing,
}
