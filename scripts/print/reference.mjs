// The reference pages, printed from the tables that the program itself reads.
import { z } from 'zod'

const printed = '<!-- printed by npm run docs; do not edit -->\n'
const cell = (text) =>
  String(text)
    .replaceAll('|', String.raw`\|`)
    .replaceAll('\n', ' ')
const table = (heads, rows) =>
  [
    `| ${heads.join(' | ')} |`,
    `|${heads.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
  ].join('\n')
const code = (text) => (text === '' ? '' : `\`${text}\``)

function fieldRows({ fields, required }, typesOf) {
  return Object.entries(fields).map(([field, schema]) => {
    const words = schema.enum ?? schema.items?.enum
    const kind = words ? words.join(', ') : typesOf(schema).join(' or ')
    const usual =
      schema.default === undefined ? (required.includes(field) ? 'needed' : '') : code(JSON.stringify(schema.default))
    return [code(field), kind, usual, schema.description ?? '']
  })
}

/** docs/reference/operations.md */
export function operationsPage(operations, { inputFields, typesOf }) {
  const parts = operations.map((one) => {
    const rows = fieldRows(inputFields(one.input), typesOf)
    const method = one.kind === 'read' ? 'GET' : 'POST'
    const output = z.toJSONSchema(one.output, { io: 'output', unrepresentable: 'any' })
    return [
      `## ${one.name}`,
      '',
      `${one.does[0].toUpperCase()}${one.does.slice(1)}.`,
      '',
      `- kind **${one.kind}**, roles ${one.may.join(', ')}`,
      `- \`castellan ${one.name.replace('.', ' ')}${(one.positional ?? []).map((field) => ` <${field}>`).join('')}\` · \`${method} /api/v1/${one.name.replace('.', '/')}\``,
      `- example input \`${JSON.stringify(one.example)}\``,
      ...(rows.length > 0 ? ['', table(['input', 'type', 'when not given', 'meaning'], rows)] : []),
      ...(output.properties ? ['', `Answers with ${Object.keys(output.properties).map(code).join(', ')}.`] : []),
    ].join('\n')
  })
  return `${printed}\n# Operations\n\nEach is a command, a route, a row of the authorisation matrix and a function of the console's client.\nReads take their input as a query, writes and acts as a JSON body. The full schemas are at \`/api/v1/openapi.json\`.\n\n${parts.join('\n\n')}\n`
}

/** docs/reference/errors.md */
export const errorsPage = (errorTable) =>
  `${printed}\n# Errors\n\nEvery error has a code, a sentence and a remedy: \`{"error": {"code", "text", "help"}}\` over HTTP, two lines on a terminal.\n\n${table(
    ['code', 'HTTP status', 'exit code', 'text', 'remedy'],
    Object.entries(errorTable).map(([name, { status, exit, text, help }]) => [
      code(name),
      status,
      exit,
      text.replace('%s', '…'),
      help,
    ]),
  )}\n\nExit codes: 0 clean, 1 findings, 2 material could not be read, 3 configuration or arguments wrong, 70 our fault.\n`

/** docs/reference/configuration.md */
export const configurationPage = (docs, sourceKinds) =>
  `${printed}\n# Configuration\n\n\`castellan.yaml\` in the workspace, then the environment, then flags (\`--KEY=VALUE\`): the later wins. Editors complete it with docs/schema/castellan.schema.json.\n\n${table(
    ['key', 'environment', 'type', 'default', 'meaning'],
    docs.map((one) => [code(one.key), code(one.env), one.type, code(one.default), one.description]),
  )}\n\n## Kinds of sources\n\n${table(
    ['kind', 'what', 'keys'],
    sourceKinds.map(({ kind, does, keys }) => [code(kind), does, keys.map(code).join(', ')]),
  )}\n`

/** docs/reference/parsers.md */
export const parsersPage = (docs) =>
  `${printed}\n# Parsers\n\nThe first that recognises a record reads it; \`parser:\` of a source names one directly. A record that none understands is kept as raw text.\n\n${table(
    ['parser', 'what it reads', 'recognised by'],
    docs.map(({ name, does, recognises }) => [code(name), does, recognises]),
  )}\n`

/** docs/reference/lint.md */
export const lintPage = (checks) =>
  `${printed}\n# What the linter looks for\n\n\`castellan rule lint\` looks Sigma rules over. An error is a rule that does not run; a warning is a rule that may not do what it says; a hint is what could be better.\n\n${table(
    ['check', 'severity', 'finds'],
    checks.map(({ code: name, severity, does }) => [code(`sigma-${name}`), severity, does]),
  )}\n`

/** docs/reference/ocsf.md */
export const ocsfPage = (names, { version, classes, names: common }) => {
  const list = (words) => words.map(code).join(' ')
  return `${printed}\n# OCSF, ECS and Sigma names\n\nEvents are shown in the form of OCSF ${version}; docs/guide/ocsf.md explains how. A search takes a column also by its OCSF or ECS name.\n\n## Columns\n\n${table(
    ['column', 'OCSF', 'ECS', 'Sigma fields it is read from'],
    names.map(({ column, ocsf, ecs, sigma }) => [code(column), list(ocsf), list(ecs), list(sigma)]),
  )}\n\n## Classes\n\n${table(
    ['class_uid', 'class', 'category', 'activities', 'required beyond every event'],
    classes.map(({ uid, caption, category, activities, required }) => [
      String(uid),
      caption,
      category,
      activities.join(', '),
      list(required),
    ]),
  )}\n\n## Fields of common names\n\nWhere a parser has no mapping of its own, a field of such a name stands at the first of these attributes that the class has.\n\n${table(
    ['attributes', 'fields'],
    common.map(({ paths, fields }) => [list(paths), list(fields)]),
  )}\n`
}

/** docs/reference/search.md */
export const searchPage = (docs, { fields, pipes, aggregates, functions }) => {
  const cell = (text) => text.replaceAll('|', '\\|')
  const two = (heads, rows) =>
    table(
      heads,
      rows.map(({ write, finds, does }) => [code(cell(write)), cell(finds ?? does)]),
    )
  return `${printed}
# The search language

The guide is docs/guide/search.md.

## Filter

${two(['write', 'finds'], docs)}

## Pipes

${two(['behind the pipe sign', 'does'], pipes)}

There is no eval: nothing is computed but what \`stats\` computes.

### What stats and timechart compute

${two(['write', 'is'], aggregates)}

## Fields

Any other name is looked up among the source's own fields (\`Image\`, \`EventID\`, \`requestParameters.bucketName\`); names that begin with \`asset.\`, \`src.\`, \`dst.\`, \`intel.\`, \`identity.\` or \`geo.\` among what is known beyond the record. A name of OCSF or ECS means the column, or a source's field of that very name.

${table(
  ['field', 'type', 'also called'],
  fields.map(({ field, type, also }) => [code(field), type, also.map(code).join(', ')]),
)}

## Limits

4,000 characters, 200 terms, 30 levels of parentheses, 20 pipes, 20 names in a \`by\`, expressions of 1,000 characters, 10,000 rows shown (an export has no such limit), 1,000 steps of a timechart. \`limits.queryMilliseconds\` ends a search that takes too long.

## SQL

\`event.sql\` takes one \`select\` over the table \`events\`: the columns above and the maps \`fields\` and \`enriched\`. Engineers and admins only; at most 30 seconds, 1 GiB of memory, 10,000 rows. Comments, \`;\`, settings, formats, other tables and functions in place of a table are refused, and so is every function that is not here:

${functions.map(code).join(' ')}
`
}

/** docs/reference/kinds.md */
export const kindsPage = (kinds) => {
  const categories = [...new Set(kinds.map(({ category }) => category))]
  const parts = categories.map((category) => {
    const rows = kinds
      .filter((kind) => kind.category === category)
      .map((kind) => [
        code(kind.id),
        kind.title,
        kind.ports.map(({ protocol, port }) => `${protocol} ${port}`).join(', '),
        kind.logs.join(', '),
        kind.patchFamily,
        kind.traits.join(', '),
        kind.weaknesses.join(', '),
      ])
    return `## ${category}\n\n${table(['kind', 'what', 'ports', 'log sources', 'patched with', 'traits', 'typical weaknesses'], rows)}`
  })
  return `${printed}\n# Kinds\n\n${kinds.length} kinds ship; \`kinds:\` in the model adds more. An asset takes all of this from its kind unless it says otherwise.\n\n${parts.join('\n\n')}\n`
}

/** docs/reference/threats.md */
export const threatsPage = (rules) => {
  const parts = rules.map((rule) =>
    [
      `## ${rule.id}`,
      '',
      `**${rule.title}.** ${rule.meaning}`,
      '',
      `- follows: ${rule.consequence}`,
      `- mend: ${rule.fix}`,
      `- seen by: ${rule.seenBy}`,
      `- wrong when: ${rule.falsePositives}`,
      `- ${[...rule.stride.map((letter) => `STRIDE ${letter}`), ...rule.linddun.map((type) => `LINDDUN ${type}`), ...rule.cwe, ...rule.attack].join(', ')}`,
    ].join('\n'),
  )
  return `${printed}\n# Threat rules\n\n${rules.length} rules. Each names a witness — a path, a flow, an exposure — or is silent. docs/guide/threats.md explains ratings and decisions.\n\n${parts.join('\n\n')}\n`
}

/** docs/reference/import.md */
export const importPage = (importers, exporters) =>
  `${printed}\n# Import and export of models\n\n${table(
    ['importer', 'format', 'reads', 'becomes'],
    importers.map((one) => [code(one.name), one.title, one.reads, one.becomes]),
  )}\n\n${table(
    ['exporter', 'format', 'holds'],
    exporters.map((one) => [code(one.name), one.title, one.holds]),
  )}\n`
