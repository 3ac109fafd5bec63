// Names that senders give to formats (Splunk's sourcetypes, data sets of Elastic, tags) and the parser each means. Names of parsers mean themselves.
import { parsers } from './table.ts'

/** name or its beginning | parser */
const table = `
access_combined | web
access_common   | web
apache          | web
nginx           | web
linux_audit     | auditd
auditd          | auditd
linux_secure    | syslog
cisco           | cisco
aws:cloudtrail  | cloudtrail
aws.cloudtrail  | cloudtrail
xmlwineventlog  | windows-xml
netflow         | netflow
`
const aliases: ReadonlyMap<string, string> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', parser = ''] = line.split('|').map((cell) => cell.trim())
      return [name, parser]
    }),
)
const known = new Set(parsers.map(({ name }) => name))
const generic = new Set(['json', 'plain', 'syslog'])

/** The parser that a name of a format means: `nginx:plus:access` is asked as a whole, then as `nginx`. Undefined when it says nothing. */
export function parserFor(format: string): string | undefined {
  const name = format.toLowerCase()
  for (const one of [name, name.split(/[:._/-]/, 1)[0] ?? '']) {
    const parser = known.has(one) ? one : aliases.get(one)
    if (parser !== undefined && known.has(parser) && !generic.has(parser)) return parser
  }
  return undefined
}
