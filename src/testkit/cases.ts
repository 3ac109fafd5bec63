// Golden cases: a folder is a case, expect.json is the answer. UPDATE=1 rewrites answers; git diff is the review.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'

/** Reads a file of the case as text. */
export type Read = (file: string) => string

/** Of one case: its folder's path and the names of its files beside the answer. */
export interface CaseFolder {
  readonly path: string
  readonly files: readonly string[]
}

/** A test for each folder in `dir` (path from the root of the repository): `run`'s answer, as JSON, must equal its expect.json. */
export function cases(dir: string, run: (read: Read, folder: CaseFolder) => unknown): void {
  const names = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
  void test(`${dir} has cases`, () => assert.ok(names.length > 0))
  for (const name of names) {
    void test(`${dir}/${name}`, async () => {
      const path = join(dir, name)
      const files = readdirSync(path)
        .filter((file) => file !== 'expect.json')
        .sort()
      const answer = await run((file) => readFileSync(join(path, file), 'utf8'), { path, files })
      const got = `${JSON.stringify(answer, null, 2)}\n`
      const expected = join(path, 'expect.json')
      if (process.env['UPDATE']) writeFileSync(expected, got)
      assert.ok(existsSync(expected), `no expect.json in ${path}; run once with UPDATE=1 and read the diff`)
      assert.equal(got, readFileSync(expected, 'utf8'))
    })
  }
}
