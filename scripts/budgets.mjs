// Prints the ten longest source files, so that growth is seen before it is a problem; the hard limits are in the linter.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const files = ['src', 'web/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|generated\.ts$/.test(file))
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(join(root, folder, file), 'utf8') }))
    .map(({ file, text }) => ({
      file,
      lines: text.split('\n').length,
      loose: (text.match(/\bas (?!const\b|\w+ from\b)[A-Z{]/g) ?? []).length,
    })),
)
const sizes = files.map(({ lines }) => lines).sort((a, b) => a - b)
console.log(
  `  ${files.length} files, ${sizes.reduce((a, b) => a + b, 0)} lines, median ${sizes[sizes.length >> 1]}, type assertions ${files.reduce((n, f) => n + f.loose, 0)}`,
)
for (const { file, lines } of files.sort((a, b) => b.lines - a.lines).slice(0, 10))
  console.log(`  ${String(lines).padStart(4)}  ${file}`)
const over = files.filter(({ lines }) => lines > 400)
if (over.length > 0) {
  console.log(`over 400 lines: ${over.map(({ file }) => file).join(', ')}`)
  process.exit(1)
}
