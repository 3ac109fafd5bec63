// A first workspace, drafted from what this machine says of itself and from a docker-compose.yml. The same facts give the same files.
import { type HostFacts } from '#host'
import { draftCompose, publishedPorts } from './compose.ts'
import { type ComposeFile, composeFile } from './compose-file.ts'
import { newDraft } from './estate.ts'
import { draftedData, draftHost } from './host.ts'
import { comments, type EntryValues, fileText, oneLine, scalar } from './yaml-text.ts'

/** What a workspace is drafted from. */
export interface DraftFrom {
  readonly facts: HostFacts
  /** Text of a docker-compose.yml. */
  readonly compose?: string | undefined
  /** How issues and comments name that file. */
  readonly composeFile?: string | undefined
}

/** A drafted workspace: files by path from its folder, and what somebody should know or look at. */
export interface DraftedWorkspace {
  readonly files: readonly { readonly path: string; readonly text: string }[]
  readonly notes: readonly string[]
}

/** Files of a workspace that pass the model's own check without errors. A compose file that cannot be read becomes a note. */
export function draftWorkspace({
  facts,
  compose: text,
  composeFile: file = 'docker-compose.yml',
}: DraftFrom): DraftedWorkspace {
  const draft = newDraft()
  const compose = composeOf(text, file, draft.notes)
  const host = draftHost(facts, draft, publishedPorts(compose))
  if (compose) draftCompose(compose, host, draft)
  const stored = [...draft.assets.values()].some(({ stores }) => Array.isArray(stores))
  const source = compose ? `${facts.name} and ${oneLine(file)}` : facts.name
  const head = (what: string): string[] => [
    what,
    `Drafted from ${source}. It is yours: mend it, split it, add what a machine cannot know.`,
  ]
  const model = (name: string, kind: string, what: string, entries: ReadonlyMap<string, EntryValues>) => ({
    path: `model/${name}.yaml`,
    text: fileText(head(what), kind, entries),
  })
  return {
    files: [
      { path: 'castellan.yaml', text: settings(facts.name) },
      model('zones', 'zones', 'Networks, and how much each is trusted: 0 is anyone, 100 is the most.', draft.zones),
      model(
        'assets',
        'assets',
        'What there is. hosts are the names that logs use, addresses are IP addresses or networks.',
        draft.assets,
      ),
      model('flows', 'flows', 'Who speaks to whom, and with what. What is not here is not expected.', draft.flows),
      model('data', 'data', 'What is kept, and how bad it is when it leaks, changes or is gone.', dataEntries(stored)),
      model('services', 'services', 'What people rely on, and what it stands on.', draft.services),
      { path: 'rules/README.md', text: rulesText },
    ],
    notes: [...draft.notes, ...(stored ? [`say in model/data.yaml what ${draftedData} really is`] : [])],
  }
}

function composeOf(text: string | undefined, file: string, notes: string[]): ComposeFile | undefined {
  if (text === undefined) return undefined
  const read = composeFile(text, file)
  if (read.ok) return read.value
  const [first] = read.fail
  notes.push(
    oneLine(
      `${file} was left out: ${first?.text ?? 'it cannot be read'}${first?.at.line === undefined ? '' : ` (line ${first.at.line})`}`,
    ),
  )
  return undefined
}

const dataEntries = (stored: boolean): ReadonlyMap<string, EntryValues> =>
  new Map(
    stored
      ? [
          [
            draftedData,
            { title: 'What the databases here keep', confidentiality: 'high', integrity: 'high', availability: 'high' },
          ],
        ]
      : [],
  )

const settings = (name: string): string =>
  `${comments(['Settings of this workspace. Every setting is optional; docs/reference/configuration.md lists them all.'])}name: ${scalar(
    `Estate of ${oneLine(name.slice(0, 80)) || 'this machine'}`,
  )}

# The machine that Castellan runs on is watched: its journal or /var/log, its packages and its listening ports.
watchHost: true

# Where else events come from, for example:
# sources:
#   - name: network
#     kind: syslog-udp
#     listen: 127.0.0.1:5514
sources: []

rules: [rules]
`

const rulesText = `# Detection rules

Put Sigma rules (\`.yml\`) into this folder or folders below it. They are checked and loaded while Castellan runs;
\`castellan rule list\` shows which of them run and, where one does not, why.
`
