// A Sigma rule drafted from selected events, to read, copy and keep.
import { useRead } from '../../client/queries.ts'
import { plural } from '../../format/number.ts'
import type { Range } from '../../format/range.ts'
import { Button, Copy, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { saveText } from '../../parts/download.ts'
import { Facts, SidePanel } from '../../parts/Panel.tsx'

interface DraftPanelProps {
  readonly ids: readonly string[]
  readonly range: Range
  readonly onClose: () => void
}

/** `process started: cmd.exe` as `process_started_cmd_exe.yml`. */
const fileOf = (title: string): string =>
  `${title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .slice(0, 60)}.yml`

export function DraftPanel({ ids, onClose }: DraftPanelProps) {
  const { data, error, refetch } = useRead('rule.draft', { events: [...ids] }, { keep: true })
  return (
    <SidePanel
      kind="Drafted rule"
      title={data?.title ?? `From ${plural(ids.length, 'event')}`}
      onClose={onClose}
      actions={data ? <Copy text={data.yaml} name="Copy the rule" /> : null}
    >
      {error ? <TroubleNote trouble={error} again={() => void refetch()} /> : null}
      {data && !error ? (
        <>
          <p className="quiet">
            It matches each of the {plural(ids.length, 'selected event')}. Read it, give it a better title, and put it into a folder
            of rules.
          </p>
          <pre className="source-text">{data.yaml}</pre>
          <div className="rows">
            <Button icon="download" onClick={() => saveText(fileOf(data.title), data.yaml)}>
              Download
            </Button>
          </div>
          <Facts
            items={[
              ['Asks for', data.fields.join(', ')],
              ['Left out', data.left.length === 0 ? '' : `${data.left.join(', ')}: the same in all, but of this place`],
            ]}
          />
        </>
      ) : error ? null : (
        <Skeleton lines={14} />
      )}
    </SidePanel>
  )
}
