// npm run new <kind> <name>: writes the file of a common addition and enters it in its table. What is left to do is printed.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const root = resolve(process.env.CASTELLAN_ROOT ?? join(import.meta.dirname, '..'))
const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())
const pascal = (name) => camel(name).replace(/^./, (letter) => letter.toUpperCase())
const today = new Date().toISOString().slice(0, 10)

function nextDecision() {
  const folder = join(root, 'docs/decisions')
  const taken = existsSync(folder)
    ? readdirSync(folder)
        .map((file) => Number.parseInt(file, 10))
        .filter(Number.isFinite)
    : []
  return String(Math.max(0, ...taken) + 1).padStart(4, '0')
}

/** kind → what it is, the files it begins with, the lines that enter it in tables, and what is left to do. */
const kinds = {
  parser: {
    does: 'a parser for a kind of log',
    files: (name) => ({
      [`src/telemetry/parsers/${name}.ts`]: `// ${name}: say here what writes it and where its format is described.
import { ocsfClass } from '#standards'
import { makeEvent, type TextParser } from './parser.ts'

export const ${camel(name)}: TextParser = {
  name: '${name}',
  reads: 'text',
  does: 'reads …',
  recognises: 'lines that begin with "${name}:"',
  recognise: (text) => text.startsWith('${name}: '),
  parse(text, received) {
    const said = text.slice('${name}: '.length)
    const logsource = { product: '${name}', categories: [] }
    return makeEvent('${name}', received, {}, {
      time: undefined,
      logsource,
      class_uid: ocsfClass.base,
      activity: 'message',
      said,
      fields: { message: said },
    })
  },
}
`,
      [`src/telemetry/parsers/${name}.test.ts`]: `import assert from 'node:assert/strict'
import test from 'node:test'
import { ${camel(name)} } from './${name}.ts'

test('a line of ${name} is read', () => {
  const event = ${camel(name)}.parse('${name}: hello', 0)
  assert.equal(event?.fields['message'], 'hello')
})
`,
    }),
    lines: (name) => [
      {
        file: 'src/telemetry/parsers/table.ts',
        before: 'export const jsonParsers',
        text: `import { ${camel(name)} } from './${name}.ts'\n`,
        afterImports: true,
      },
      { file: 'src/telemetry/parsers/table.ts', before: 'plain,\n]', text: `${camel(name)}, ` },
    ],
    left: 'write what it recognises and makes; its test lines must be real ones; npm run docs',
  },
  input: {
    does: 'another way in for events',
    files: (name) => ({
      [`src/telemetry/inputs/${name}.io.ts`]: `// Say here what this reads and from where.
import { readFile } from 'node:fs/promises'
import { pause } from '../pause.io.ts'
import type { Input } from './input.ts'

const lookEvery = 5_000

export const ${camel(name)}: Input<'${name}'> = async (source, context) => {
  const key = \`${name}:\${source.name}\`
  while (!context.signal.aborted) {
    const text = await readFile(source.path, 'utf8')
    // The position goes to the disk with the records: after a crash neither is lost nor taken twice.
    if (text !== '' && text !== context.position(key)) await context.take([text], { mark: { key, value: text } })
    context.running(source.path)
    await pause(lookEvery, context.signal)
  }
}
`,
      [`src/telemetry/inputs/${name}.test.ts`]: `import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { desk } from './desk.test.ts'

test('${name}: what is there is taken once, also over a restart', async (t) => {
  const { folder, run, holds } = await desk(t)
  const path = join(folder, 'text')
  writeFileSync(path, 'one')
  const stop = await run({ kind: '${name}', name: 'a', path })
  await holds('one')
  await stop()
  await run({ kind: '${name}', name: 'a', path })
  await holds('one')
})
`,
    }),
    lines: (name) => [
      {
        file: 'src/telemetry/inputs/table.ts',
        before: '/** Runs the input',
        text: `import { ${camel(name)} } from './${name}.io.ts'\n`,
        afterImports: true,
      },
      {
        file: 'src/telemetry/inputs/table.ts',
        after: '  switch (source.kind) {\n',
        text: `    case '${name}': return ${camel(name)}(source, context)\n`,
      },
      {
        file: 'src/platform/config-sources.ts',
        after: "export const Source = z.discriminatedUnion('kind', [\n",
        text: `  z.strictObject({
    kind: z.literal('${name}').meta({ description: 'say what it takes, and from where' }),
    ...parsed,
    path: z.string().min(1),
  }),
`,
      },
    ],
    left: 'write what it reads and its settings; a try with the real sender in test/; docs/guide/sources.md; npm run docs',
  },
  check: {
    does: 'a check of the model',
    files: (name) => ({
      [`src/model/checks/${name}.ts`]: `// Say here what is wrong with a model that this check finds.
import { warning } from '../issues.ts'
import type { Check } from './check.ts'

export const ${camel(name)}: Check = {
  code: '${name}',
  does: 'an asset has an owner',
  wantsAll: false,
  find: (model, code) =>
    [...model.assets.values()].flatMap((asset) =>
      asset.value.owner === '' ? [warning(code, asset.place(), \`asset \${asset.id} has no owner\`, 'write owner: …')] : [],
    ),
}
`,
    }),
    lines: (name) => [
      {
        file: 'src/model/checks/table.ts',
        before: 'export const checks',
        text: `import { ${camel(name)} } from './${name}.ts'\n`,
        afterImports: true,
      },
      {
        file: 'src/model/checks/table.ts',
        after: 'export const checks: readonly Check[] = [\n',
        text: `  ${camel(name)},\n`,
      },
    ],
    left: 'write the check, and a case folder in src/model/cases (UPDATE=1 npm test writes its answer)',
  },
  page: {
    does: 'a page of the console',
    files: (name) => ({
      [`web/src/pages/${name}/${pascal(name)}Page.tsx`]: `// Say here what one does on this page.
import { Empty } from '../../parts/basics.tsx'

export const Page = () => <Empty title="Nothing here yet" icon="overview" />
`,
    }),
    lines: (name) => [
      {
        file: 'web/src/pages.ts',
        after: 'export const pages: readonly PageEntry[] = [\n',
        text: `  {\n    path: '/${name}',\n    title: '${pascal(name)}',\n    does: 'say what one does there',\n    icon: 'overview',\n    load: () => import('./pages/${name}/${pascal(name)}Page.tsx'),\n  },\n`,
      },
    ],
    left: 'write the page; look at it in light and dark',
  },
  rule: {
    does: 'a Sigma rule of the Fernhill example',
    files: (name) => ({
      [`examples/fernhill-health/rules/${name}.yml`]: `title: ${name.replaceAll('-', ' ')}
id: ${crypto.randomUUID()}
status: experimental
description: What it means when this matches.
author: Castellan
date: ${today}
tags: [attack.execution]
logsource: { product: linux }
detection:
  selection:
    message|contains: something
  condition: selection
falsepositives: [none known]
level: medium
`,
    }),
    lines: () => [],
    left: 'castellan exercise fernhill OUT, then castellan detect OUT --rules examples/fernhill-health/rules',
  },
  decision: {
    does: 'an architecture decision record',
    files: (name) => ({
      [`docs/decisions/${nextDecision()}-${name}.md`]: `# ${nextDecision()} ${name.replaceAll('-', ' ')}\n\n**Status:** proposed, ${today}\n\n## Context\n\n## Decision\n\n## Consequences\n\n## What would change our mind\n`,
    }),
    lines: () => [],
    left: 'write it before the code',
  },
  change: {
    does: 'a changelog fragment; the name ends in .feature, .fix, .security, .breaking or .deprecation',
    files: (name) => ({ [`changelog.d/${name}.md`]: 'One sentence for users: what is different now.\n' }),
    lines: () => [],
    left: 'write the sentence',
  },
}

function fail(text) {
  console.error(text)
  process.exit(3)
}

/** Puts a line into a table; the place must be there exactly as the table is written. */
function enter({ file, before, after, text, afterImports }) {
  const path = join(root, file)
  const whole = readFileSync(path, 'utf8')
  const mark = before ?? after
  if (!whole.includes(mark)) fail(`${file} has no “${mark.trim()}” any more; enter this by hand: ${text}`)
  const at = whole.indexOf(mark) + (before === undefined ? mark.length : 0)
  const blank = afterImports ? whole.lastIndexOf('import ', at) : -1
  const place = afterImports ? whole.indexOf('\n', blank) + 1 : at
  writeFileSync(path, whole.slice(0, place) + text + whole.slice(place))
  console.log(`entered in ${file}`)
}

const [kind, name] = process.argv.slice(2)
const usage = `npm run new <kind> <name>\n${Object.entries(kinds)
  .map(([word, { does }]) => `  ${word.padEnd(10)}${does}`)
  .join('\n')}`
const chosen = Object.hasOwn(kinds, kind ?? '') ? kinds[kind] : fail(usage)
if (!/^[a-z][a-z0-9.-]*$/.test(name ?? '')) fail(`a name in small letters with hyphens is needed\n${usage}`)
const files = chosen.files(name)
for (const path of Object.keys(files)) if (existsSync(join(root, path))) fail(`${path} is there already`)
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
  console.log(`wrote ${path}`)
}
chosen.lines(name).forEach(enter)
console.log(`left to do: ${chosen.left}`)
