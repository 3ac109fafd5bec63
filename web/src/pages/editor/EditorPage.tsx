// Writing a rule: the text, what the linter says of it, and what it would have found. What is typed is kept in this browser at once.
import '../rules/rules.css'
import './editor.css'
import { useState } from 'react'
import { useRead } from '../../client/queries.ts'
import type { RuleDetail } from '../../client/nouns.ts'
import { useActor } from '../../client/session.ts'
import { places } from '../../frame/places.ts'
import { useUrl } from '../../frame/url.ts'
import { Empty, Skeleton, TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { draftOf, keeper, startText } from './drafts.ts'
import { Editor } from './Editor.tsx'
import { newId, today } from './made.ts'

export function Page() {
  const { params } = useUrl()
  const id = params['id'] ?? ''
  return id === '' ? <NewRule key={params['draft']} name={params['draft'] ?? 'new'} /> : <KnownRule key={id} id={id} />
}

function NewRule({ name }: { readonly name: string }) {
  const { name: author } = useActor()
  const [begin] = useState(() => draftOf(keeper(), name)?.text ?? startText({ id: newId(), day: today(), author }))
  return <Editor name={name} rule={undefined} begin={begin} was="" />
}

function KnownRule({ id }: { readonly id: string }) {
  const { data, error, refetch } = useRead('rule.show', { id })
  if (error)
    return (
      <PageFrame title="Rule editor">
        <TroubleNote trouble={error} again={() => void refetch()} />
        <Empty title="The rule cannot be opened" icon="rules">
          It may have been taken away. <Go to={places.rules()}>All rules</Go>
        </Empty>
      </PageFrame>
    )
  if (!data)
    return (
      <PageFrame title="Rule editor">
        <Skeleton lines={16} />
      </PageFrame>
    )
  return <Opened rule={data} />
}

/** The draft that waits for it, or the rule as it is. What is loaded anew while it is open does not disturb the text. */
function Opened({ rule }: { readonly rule: RuleDetail }) {
  const [{ begin, was }] = useState(() => {
    const draft = draftOf(keeper(), rule.id)
    return { begin: draft?.text ?? rule.text, was: draft?.was ?? rule.text }
  })
  return <Editor name={rule.id} rule={rule} begin={begin} was={was} />
}
