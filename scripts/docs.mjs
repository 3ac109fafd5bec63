// npm run docs: prints everything that is derived from tables — the drawing, the reference pages, the JSON Schemas, the console's client.
// --check compares instead and fails when something is stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from './build.mjs'
import { clientText } from './print/client.mjs'
import {
  configurationPage,
  errorsPage,
  importPage,
  kindsPage,
  lintPage,
  ocsfPage,
  operationsPage,
  parsersPage,
  searchPage,
  threatsPage,
} from './print/reference.mjs'

const root = join(import.meta.dirname, '..')
const check = process.argv.includes('--check')
build({ console: false })

const [{ catalogue }, kernel, platform, model, telemetry, threats, exchange, detection, { drawing }] =
  await Promise.all(
    [
      'app/index',
      'kernel/index',
      'platform/index',
      'model/index',
      'telemetry/index',
      'threats/index',
      'exchange/index',
      'detection/index',
      'arrows',
    ].map((door) => import(`../dist/${door}.js`)),
  )

const json = (value) => `${JSON.stringify(value, null, 2)}\n`
const between = (text, mark, inside) =>
  text.replace(
    new RegExp(`(<!-- ${mark} -->\\n)[\\s\\S]*?(<!-- end ${mark} -->)`),
    (_, begin, end) => `${begin}${inside}\n${end}`,
  )
const configSchema = platform.configJsonSchema()
const sourceKinds = configSchema.properties.sources.items.oneOf.map(({ properties: { kind, ...rest } }) => ({
  kind: kind.const,
  does: kind.description ?? '',
  keys: Object.keys(rest),
}))

const pages = {
  'ARCHITECTURE.md': between(
    readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'),
    'drawing',
    `\`\`\`mermaid\n${drawing()}\n\`\`\``,
  ),
  'docs/reference/operations.md': operationsPage(catalogue, kernel),
  'docs/reference/errors.md': errorsPage(kernel.errorTable),
  'docs/reference/configuration.md': configurationPage(platform.configDocs(), sourceKinds),
  'docs/reference/parsers.md': parsersPage(telemetry.parserDocs),
  'docs/reference/search.md': searchPage(telemetry.queryDocs, telemetry.searchDocs),
  'docs/reference/ocsf.md': ocsfPage(telemetry.nameDocs, telemetry.mappingDocs()),
  'docs/reference/kinds.md': kindsPage(model.builtInKinds),
  'docs/reference/threats.md': threatsPage(threats.threatDocs),
  'docs/reference/lint.md': lintPage(detection.lintTable),
  'docs/reference/import.md': importPage(exchange.importerDocs, exchange.exporterDocs),
  'docs/schema/castellan.schema.json': json(configSchema),
  'docs/schema/dashboard.schema.json': json(telemetry.dashboardJsonSchema()),
  'docs/schema/model.schema.json': json(model.modelJsonSchema()),
  'docs/schema/parser.schema.json': json(telemetry.declaredJsonSchema()),
  'web/src/client/generated.ts': clientText(catalogue),
}

const stale = Object.entries(pages).filter(
  ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text,
)
if (check && stale.length > 0) {
  console.log(`stale, run npm run docs: ${stale.map(([path]) => path).join(', ')}`)
  process.exit(1)
}
for (const [path, text] of check ? [] : stale) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
  console.log(`printed ${path}`)
}
