// npm run new <kind> <name>: writes the file and the line that the common additions need, with a test that must be filled in.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())
const today = new Date().toISOString().slice(0, 10)

/** kind → what it is, the file it begins with, and the list it is entered in. */
const kinds = {
  decision: {
    does: 'an architecture decision record',
    file: (name) => `docs/decisions/${nextDecision()}-${name}.md`,
    text: (name) => `# ${name.replaceAll('-', ' ')}\n\n**Status:** proposed, ${today}\n\n## Context\n\n## Decision\n\n## Consequences\n\n## What would change our mind\n`,
  },
  change: {
    does: 'a changelog fragment (name ends in .feature, .fix, .security, .breaking or .deprecation)',
    file: (name) => `changelog.d/${name}.md`,
    text: () => 'One sentence for users: what is different now.\n',
  },
}

function nextDecision() {
  let number = 1
  const taken = new Set((existsSync(join(root, 'docs/decisions')) ? readdir('docs/decisions') : []).map((file) => file.slice(0, 4)))
  while (taken.has(String(number).padStart(4, '0'))) number++
  return String(number).padStart(4, '0')
}
