// Events that the tests of a rule say it must find: true positives that no filter may take away.
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { readEventFiles } from '#telemetry'
import type { LoadedRule } from '../load.ts'
import { eventOf, finder, pathsOf, testsBelow } from '../testing/run.ts'
import type { TruePositive } from './guard.ts'

const reading = { recordBytes: 10_000_000, batchEvents: 1_000 } as const

/** Positive events of a rule's tests: within the rule, beside it, in SigmaHQ's layout, and in `regression_data` beside a rules folder. */
export async function testedOf(folders: readonly string[], rule: LoadedRule): Promise<TruePositive[]> {
  const beside = folders.map((folder) => join(dirname(folder), 'regression_data')).filter((path) => existsSync(path))
  const find = finder([rule])
  const known: TruePositive[] = []
  for (const tests of await testsBelow([...folders, ...beside], [])) {
    if (find(tests) !== rule) continue
    for (const [at, one] of tests.cases.entries()) {
      if (!one.match) continue
      const name = `test ${one.name || at + 1} in ${basename(tests.file)}`
      if (one.file === undefined) known.push({ name, event: eventOf(one, rule.source) })
      else
        for (const path of await pathsOf(join(dirname(tests.file), one.file)))
          known.push(...(await eventsIn(path, name)))
    }
  }
  return known
}

async function eventsIn(path: string, name: string): Promise<TruePositive[]> {
  const found: TruePositive[] = []
  for await (const { events } of readEventFiles([path], reading))
    found.push(...events.map((event) => ({ name: `${name} (${basename(path)})`, event })))
  return found
}
