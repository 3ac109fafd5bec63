// The drawing with what one chooses above it: a view, a grouping, a text to find, what the loss of the chosen asset puts at risk.
import { lazy, Suspense, useMemo } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../client/client.ts'
import type { Estate } from '../../client/nouns.ts'
import { useRead } from '../../client/queries.ts'
import { useUrl } from '../../frame/url.ts'
import { Button, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Menu, MenuItem } from '../../parts/Menu.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import { askOf, groupings, type ViewAsk } from './ask.ts'
import { boxOf, found, risks, type EstateView } from './near.ts'

const Drawing = lazy(async () => ({ default: (await import('./Drawing.tsx')).Drawing }))

interface SheetProps {
  readonly estate: Estate
  /** Id of the chosen asset or group. */
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}

export function Sheet({ estate, chosen, onChoose }: SheetProps) {
  const { params } = useUrl()
  const ask = askOf(params)
  const { data: view, error, refetch } = useRead('model.view', ask, { keep: true })
  const text = params['find'] ?? ''
  const isAsset = estate.assets.some(({ id }) => id === chosen)
  const blast = useRead('path.blast', { asset: chosen ?? '' }, { enabled: params['blast'] === 'yes' && isAsset })
  const node = view && boxOf(view.nodes, chosen)
  const hits = useMemo(() => (view ? found(view.nodes, estate.assets, text) : undefined), [view, estate, text])
  const risk = useMemo(
    () =>
      view && params['blast'] === 'yes' && isAsset && blast.data ? risks(view.nodes, blast.data.items) : undefined,
    [view, params, isAsset, blast.data],
  )
  return (
    <div className="sheet">
      <Bar view={view} ask={ask} isAsset={isAsset} hits={hits?.size} />
      {error && !view ? (
        <TroubleNote trouble={error} again={() => void refetch()} />
      ) : view ? (
        <Suspense fallback={<Skeleton lines={12} height={28} />}>
          <Drawing view={view} chosen={node?.id} found={hits} risk={risk} onChoose={onChoose} />
        </Suspense>
      ) : (
        <Skeleton lines={12} height={28} />
      )}
    </div>
  )
}

interface BarProps {
  readonly view: EstateView | undefined
  readonly ask: ViewAsk
  readonly isAsset: boolean
  readonly hits: number | undefined
}
function Bar({ view, ask, isAsset, hits }: BarProps) {
  const { params, set } = useUrl()
  const client = useQueryClient()
  const whole = { id: '', title: 'Whole estate' }
  const views = [whole, ...(view?.views ?? [])]
  const grouping = groupings.find(({ value }) => value === (ask.group ?? ''))
  const anew = async (): Promise<void> => {
    client.setQueryData(['model.view', ask], await call('model.view', { ...ask, fresh: true }))
  }
  return (
    <div className="sheet-bar">
      <Menu
        label={views.find(({ id }) => id === (ask.view ?? ''))?.title ?? ask.view}
        name="Choose a view"
        icon="estate"
      >
        {(close) =>
          views.map(({ id, title }) => (
            <MenuItem
              key={id}
              on={id === (ask.view ?? '')}
              onClick={() => {
                set({ of: id }, 'step')
                close()
              }}
            >
              {title}
            </MenuItem>
          ))
        }
      </Menu>
      <Menu label={`Grouped: ${(grouping?.title ?? '').toLowerCase()}`} name="Group assets">
        {(close) =>
          groupings.map(({ value, title, hint }) => (
            <MenuItem
              key={value}
              hint={hint}
              on={value === (ask.group ?? '')}
              onClick={() => {
                set({ group: value }, 'step')
                close()
              }}
            >
              {title}
            </MenuItem>
          ))
        }
      </Menu>
      <SearchField value={params['find'] ?? ''} label="Find in the drawing" onSearch={(text) => set({ find: text })} />
      {hits === undefined ? null : <span className="quiet number">{hits} found</span>}
      <span className="fill" />
      {isAsset ? (
        <Button
          on={params['blast'] === 'yes'}
          title="How likely other assets fall when the chosen one is lost"
          onClick={() => set({ blast: params['blast'] === 'yes' ? '' : 'yes' })}
        >
          Blast radius
        </Button>
      ) : null}
      <Button title="Forget where boxes stood and lay the drawing out anew" onClick={() => void anew()}>
        Lay out anew
      </Button>
    </div>
  )
}
