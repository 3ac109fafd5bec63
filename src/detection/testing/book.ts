// What the tests of rules came to, as long as the rules stay as they were when they were tested.
import type { LoadedRule } from '../load.ts'
import type { testStates } from '../types.ts'
import type { TestRun } from './run.ts'

export type TestState = (typeof testStates)[number]
type Tested = Pick<LoadedRule, 'id' | 'text'>

/** Remembers results. */
export function testBook() {
  const results = new Map<string, { readonly text: string; readonly state: TestState }>()
  return {
    /** Takes the results for the rules that were meant, those without a test too. */
    learn(run: Pick<TestRun, 'cases'>, rules: readonly Tested[]): void {
      const passes = new Map<string, boolean>()
      for (const { rule, passed } of run.cases) passes.set(rule, passed && passes.get(rule) !== false)
      for (const { id, text } of rules) {
        const passed = passes.get(id)
        results.set(id, { text, state: passed === undefined ? 'none' : passed ? 'passed' : 'failed' })
      }
    },
    of({ id, text }: Tested): TestState {
      const known = results.get(id)
      return known?.text === text ? known.state : 'not-run'
    },
  }
}
export type TestBook = ReturnType<typeof testBook>
