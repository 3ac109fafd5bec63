// Prints docs/reference/accuracy.md from what the accuracy modules measured. Run by hand, since the corpora are not part of the project:
// node bench/accuracy.mjs --json > accuracy.json && node scripts/accuracy-page.mjs accuracy.json 2026-11-26   (the day of the measurement)
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [file, day] = process.argv.slice(2)
if (file === undefined || day === undefined) {
  console.log('usage: node scripts/accuracy-page.mjs FILE DAY')
  process.exit(2)
}

/** How each corpus judges: what is asked of an event, and what makes it right. */
const judged = {
  'aws-cloudtrail-invictus':
    'columns against the record itself (time, actor, address, outcome by the documentation), and every value of the record kept under its own name',
  'crowdsec-hub':
    'every value that the corpus’s own test says a line holds, in the column or field that our parser has for it',
  'elastic-package-pipelines':
    'what the ingest pipeline makes of a sample line in ECS, as far as the line itself says it: right in the column or the OCSF attribute of that ECS field',
  'event-type-classification': 'the kind of log told from the record alone, its time, and every value kept',
  loghub:
    'the header fields of each line as the structured table has them: time, host, program, process number, level, text',
  'ocsf-columns': 'our columns against the OCSF form that the schema’s makers wrote of the record',
  'ocsf-examples':
    'our OCSF form against theirs, attribute by attribute at the same path; theirs has some errors of its own, which count as lost here',
  'panther-analysis':
    'the log type of each sample event, its time, principal, address and outcome, and every value kept',
  'sigma-evtx-json': 'the same event read from EVTX and from JSON: columns and fields equal',
  zeek: 'what the file’s header says a line holds, with the header and without it',
}
const share = (part, whole) => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`)
const number = (value) => Number(value).toLocaleString('en')
const line = (cells) => `| ${cells.join(' | ')} |`
const cellsOf = ({ lines, parsed, fields, right, kept, lost, crashed }) => [
  ...[lines, parsed, fields, right, kept, lost, crashed].map(number),
  share(right, fields),
  share(right + kept, fields),
]
const heads = ['lines', 'parsed', 'values asked', 'right', 'kept', 'lost', 'crashes', 'right', 'right or kept']
const tableOf = (first, rows) =>
  [line([first, ...heads]), line(['---', ...heads.map(() => '---:')]), ...rows].join('\n')

const results = JSON.parse(readFileSync(file, 'utf8')).filter(({ skipped }) => !skipped)
const all = tableOf(
  'corpus',
  results.map(({ corpus, total }) => line([`[${corpus}](#${corpus})`, ...cellsOf(total)])),
)
const each = results.map(
  ({ corpus, licence, rows }) =>
    `## ${corpus}\nLicence of the corpus: ${licence}. Asked: ${judged[corpus] ?? 'see the module'}.\n\n${tableOf(
      'kind',
      rows.map((one) => line([one.kind, ...cellsOf(one)])),
    )}`,
)
const page = `<!-- printed by scripts/accuracy-page.mjs; do not edit -->

# How right the parsers are

Measured on ${day} with \`node bench/accuracy.mjs\` over public collections of sample logs. The collections are not part of the project; a module that
finds no data says so and measures nothing.

**Right** is a value that stands where it belongs. **Kept** is one that stands elsewhere in the event under another name, and can be searched there.
**Lost** is one that is only in the raw text, which is always kept. A **crash** is a parser that threw.

${all}

${each.join('\n\n')}
`
writeFileSync(join(import.meta.dirname, '../docs/reference/accuracy.md'), page)
console.log(`docs/reference/accuracy.md: ${results.length} corpora`)
