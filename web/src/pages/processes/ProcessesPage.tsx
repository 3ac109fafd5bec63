// The processes around an event as a tree: who started whom, with which command.
import '../hunt/hunt.css'
import './processes.css'
import { useMemo } from 'react'
import { useRead } from '../../client/queries.ts'
import { places } from '../../frame/places.ts'
import { useUrl } from '../../frame/url.ts'
import { plural } from '../../format/number.ts'
import { Badge, Empty, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { Facts, PageFrame, SidePanel } from '../../parts/Panel.tsx'
import { Time } from '../../parts/Time.tsx'
import { EventOf } from '../alerts/AlertPanel.tsx'
import { termOf } from '../hunt/query.ts'
import { linesOf, programOf, type Line, type ProcessTree } from './tree.ts'

export function Page() {
  const { params, set } = useUrl()
  const { event: id, chosen } = params
  if (id === undefined)
    return (
      <Empty title="No event is named" icon="tree">
        The tree is reached from an event that names a process: <Go to={places.hunt()}>hunt for one</Go>.
      </Empty>
    )
  return <Tree id={id} chosen={chosen} onChoose={(key) => set({ chosen: key === chosen ? '' : key })} />
}

interface TreeProps {
  readonly id: string
  readonly chosen: string | undefined
  readonly onChoose: (key: string) => void
}

function Tree({ id, chosen, onChoose }: TreeProps) {
  const { data, error, refetch } = useRead('event.processes', { id })
  const lines = useMemo(() => linesOf(data?.nodes ?? []), [data])
  const line = lines.find(({ process }) => process.key === chosen)
  return (
    <PageFrame
      title="Processes"
      lead={data && data.nodes.length > 0 ? <Lead tree={data} /> : null}
      fixed
      actions={
        <Go className="button button-plain" to={places.event(id)}>
          The event
        </Go>
      }
    >
      <div className="with-side">
        {error ? (
          <TroubleNote trouble={error} again={() => void refetch()} />
        ) : !data ? (
          <Skeleton lines={8} />
        ) : lines.length === 0 ? (
          <Empty title="The event names no process" icon="tree">
            Trees are made of process numbers: Sysmon, Windows’ process audit and Linux’ audit give them.
          </Empty>
        ) : (
          <ol className="tree" aria-label="Processes">
            {lines.map((one) => (
              <TreeLine key={one.process.key} line={one} tree={data} chosen={chosen} onChoose={onChoose} />
            ))}
          </ol>
        )}
        {line ? <Details line={line} host={data?.host ?? ''} onClose={() => onChoose(line.process.key)} /> : null}
      </div>
    </PageFrame>
  )
}

const Lead = ({ tree }: { readonly tree: ProcessTree }) => (
  <span>
    {plural(tree.nodes.length, 'process', 'processes')}
    {tree.host === '' ? null : (
      <>
        {' '}
        on <Go to={places.entity('host', tree.host)}>{tree.host}</Go>
      </>
    )}
    <span title="other processes that the same parent started">
      {tree.siblings > 0 ? `, ${plural(tree.siblings, 'sibling')} not shown` : ''}
    </span>
  </span>
)

interface TreeLineProps {
  readonly line: Line
  readonly tree: ProcessTree
  readonly chosen: string | undefined
  readonly onChoose: (key: string) => void
}
const TreeLine = ({ line: { process, depth, rails }, tree, chosen, onChoose }: TreeLineProps) => {
  const isFocus = process.key === tree.focus
  return (
    <li className="tree-line" data-focus={isFocus || undefined} aria-level={depth + 1}>
      {rails.map((goesOn, at) => (
        <span
          key={at}
          className="tree-step"
          data-rail={goesOn || undefined}
          data-last={at === depth - 1 || undefined}
          aria-hidden="true"
        />
      ))}
      <button
        type="button"
        className="tree-node"
        aria-pressed={process.key === chosen}
        title={process.command_line || process.process || process.uid}
        onClick={() => onChoose(process.key)}
      >
        <span className="tree-name">
          <b className="mono cut">{programOf(process.process) || process.uid}</b>
          {isFocus ? (
            <Badge tone="accent" title="the process of the event">
              this event
            </Badge>
          ) : null}
          {process.event === null ? <Badge title="only its child names it">not seen itself</Badge> : null}
          <span className="tree-when number">{process.started === null ? '' : <Time at={process.started} />}</span>
        </span>
        <span className="tree-command mono cut">{process.command_line || process.process}</span>
        {process.user === '' ? null : <span className="tree-user small faint cut">{process.user}</span>}
      </button>
      {process.more > 0 ? (
        <span className="small faint number" title="processes that it started but that are not shown">
          and {plural(process.more, 'more child', 'more children')}
        </span>
      ) : null}
    </li>
  )
}

interface DetailsProps {
  readonly line: Line
  readonly host: string
  readonly onClose: () => void
}
function Details({ line: { process }, host, onClose }: DetailsProps) {
  const own = [host === '' ? '' : termOf('host', host), termOf('process_uid', process.uid)].filter(Boolean).join(' ')
  return (
    <SidePanel kind="Process" title={programOf(process.process) || process.uid} onClose={onClose}>
      <Facts
        items={[
          [
            'Program',
            <span key="program" className="mono wrap">
              {process.process}
            </span>,
          ],
          [
            'Command',
            <span key="command" className="mono wrap">
              {process.command_line}
            </span>,
          ],
          [
            'User',
            process.user === '' ? (
              ''
            ) : (
              <Go key="user" to={places.entity('user', process.user)}>
                {process.user}
              </Go>
            ),
          ],
          ['Started', process.started === null ? 'no event tells' : <Time key="started" at={process.started} />],
          [
            'Number',
            <span key="uid" className="mono wrap">
              {process.uid}
            </span>,
          ],
        ]}
      />
      <div className="rows">
        <Go className="button button-plain" to={places.hunt({ q: own, range: '30d' })}>
          Its events
        </Go>
        <Go
          className="button button-plain"
          to={places.hunt({ q: termOf('parent_process_uid', process.uid), range: '30d' })}
        >
          What it started
        </Go>
      </div>
      {process.event === null ? null : <EventOf id={process.event} marked={[]} />}
    </SidePanel>
  )
}
