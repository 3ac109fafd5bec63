// What can be done with a hunt as a whole: save it, keep its result as a file, share it.
import { useState } from 'react'
import { useWrite } from '../../client/queries.ts'
import { bytesText } from '../../format/number.ts'
import { endsOf } from '../../format/range.ts'
import { Button } from '../../parts/basics.tsx'
import { copyText } from '../../parts/clipboard.ts'
import { fetchFile } from '../../parts/download.ts'
import { Menu, MenuItem } from '../../parts/Menu.tsx'
import type { HuntUrl } from './state.ts'

interface ToolsProps {
  readonly hunt: HuntUrl
}
export const Tools = ({ hunt }: ToolsProps) => (
  <>
    <Button
      icon="bookmark"
      on={hunt.saved}
      title="hunts kept under a name, and this one to keep"
      onClick={() => hunt.setSaved(!hunt.saved)}
    >
      Saved
    </Button>
    <Export hunt={hunt} />
    <Share />
  </>
)

const formats = [
  ['csv', 'CSV', 'for spreadsheets'],
  ['ndjson', 'NDJSON', 'a JSON object a line, with every field'],
  ['parquet', 'Parquet', 'for DuckDB, Spark, pandas'],
] as const

/** Everything that is found, not only what is loaded. */
function Export({ hunt }: ToolsProps) {
  const { mutate, isPending, error, data } = useWrite('event.export', ({ id, name }) =>
    fetchFile(`/api/v1/download/${encodeURIComponent(id)}`, name),
  )
  const said = error ? error.message : data ? `${data.name}, ${bytesText(data.bytes)}` : undefined
  return (
    <Menu
      name={said ?? 'Export everything that is found'}
      label={isPending ? 'Writing…' : 'Export'}
      icon="download"
      side="right"
      className="tool"
    >
      {(close) => (
        <>
          {formats.map(([format, title, hint]) => (
            <MenuItem
              key={format}
              hint={hint}
              onClick={() => {
                mutate({ q: hunt.q, ...endsOf(hunt.range, Date.now()), format })
                close()
              }}
            >
              {title}
            </MenuItem>
          ))}
          {said === undefined ? null : (
            <p className={error ? 'menu-said small warn-text' : 'menu-said small quiet'} role="status">
              {said}
            </p>
          )}
        </>
      )}
    </Menu>
  )
}

function Share() {
  const [done, setDone] = useState(false)
  const share = async (): Promise<void> => {
    await copyText(window.location.href)
    setDone(true)
    window.setTimeout(() => setDone(false), 1500)
  }
  return (
    <Button
      icon={done ? 'check' : 'link'}
      title="copy a link to this search with its time and columns"
      onClick={() => void share()}
    >
      {done ? 'Link copied' : 'Share'}
    </Button>
  )
}
