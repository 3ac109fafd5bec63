// How an attacker gets to what is worth most: the likeliest ways, where to detect and to stop them, and what a loss leads to.
import './paths.css'
import { useNames } from '../../client/names.ts'
import { useRead } from '../../client/queries.ts'
import { useUrl } from '../../frame/url.ts'
import { Choice, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { questionOf, views } from './ask.ts'
import { BlastView } from './BlastView.tsx'
import { ChokeView } from './ChokeView.tsx'
import { PathsView } from './PathsView.tsx'
import { QuestionBar } from './QuestionBar.tsx'
import { changesText } from './whatif.ts'
import { WhatIf } from './WhatIf.tsx'

export function Page() {
  const { params, set } = useUrl()
  const { estate, nameOf } = useNames()
  const profiles = useRead('path.profiles', {})
  const question = questionOf(params)
  const { view, changes } = question
  const onChange = (next: readonly string[]): void => set({ if: changesText(next) }, 'step')
  const about = views.find(({ value }) => value === view)
  const { data } = profiles
  const shared = { question, set, estate, nameOf, onChange }
  return (
    <PageFrame
      title="Paths"
      lead={about?.hint}
      actions={
        <Choice
          label="View"
          value={view}
          options={views}
          onChange={(next) => set({ view: next === 'paths' ? '' : next }, 'step')}
        />
      }
    >
      {profiles.error && !data ? (
        <TroubleNote trouble={profiles.error} again={() => void profiles.refetch()} />
      ) : !data ? (
        <Skeleton lines={12} />
      ) : (
        <>
          <QuestionBar {...shared} profiles={data} />
          <WhatIf changes={changes} onChange={onChange} estate={estate} />
          {view === 'blast' ? (
            <BlastView {...shared} profiles={data} />
          ) : view === 'choke' ? (
            <ChokeView {...shared} profiles={data} />
          ) : (
            <PathsView {...shared} profiles={data} />
          )}
        </>
      )}
    </PageFrame>
  )
}
