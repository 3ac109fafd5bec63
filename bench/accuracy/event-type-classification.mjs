// Bare JSON events whose log type must be told: recognised log source against the expected one, time and all values kept.
// Usage: node bench/accuracy/event-type-classification.mjs [--losses]   (after npm run build)
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse as yaml } from 'yaml'
import { corpusAt, parseWith, printed, skipped, tally, values } from './_tally.mjs'

/** Product and service; `custom` is how the corpus says what Sigma has no name for. */
function wantedSource({ product, service, custom }) {
  const [platform, source] = [product ?? custom?.platform, service ?? custom?.source]
  return (event) => {
    const { product: ours, service: kind } = event.logsource
    const bare = (text) => text?.slice(text.indexOf('.') + 1)
    return (
      ours === platform &&
      (kind === source ||
        kind === bare(source) ||
        (kind === undefined && service === undefined) ||
        custom !== undefined)
    )
  }
}

export async function measure() {
  const root = corpusAt('logs', 'event-type-classification')
  if (root === undefined) return skipped('event-type-classification', 'MIT', 'logs', 'event-type-classification')
  const counts = tally()
  const parse = await parseWith()
  for (const folder of readdirSync(root).sort()) {
    if (!existsSync(join(root, folder, 'test_event.json'))) continue
    const expected = yaml(readFileSync(join(root, folder, 'expected_classification.yaml'), 'utf8'))
    const log = JSON.parse(readFileSync(join(root, folder, 'test_event.json'), 'utf8'))
    const event = parse(JSON.stringify(log))
    const said = values(log, event)
    counts.record(folder, event, {
      taken: wantedSource(expected.logsource)(event),
      expected: [['time guessed', 'false', String(event.timeGuessed ?? false)], ...said],
      what: folder,
    })
  }
  return counts.result('event-type-classification', 'MIT')
}

if (process.argv[1] === import.meta.filename) await printed(measure)
