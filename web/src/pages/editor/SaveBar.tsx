// What becomes of the text: saved into the workspace's own rules, copied, downloaded, or thrown away.
import { useState } from 'react'
import { may } from '../../client/may.ts'
import type { RuleDetail } from '../../client/nouns.ts'
import { useWrite } from '../../client/queries.ts'
import { useActor } from '../../client/session.ts'
import { useKeys } from '../../frame/keys.ts'
import { places } from '../../frame/places.ts'
import { useGo } from '../../frame/url.ts'
import { Button, Copy, IconButton, Keys, TroubleNote } from '../../parts/basics.tsx'
import { saveText } from '../../parts/download.ts'
import { Dialog } from '../../parts/Panel.tsx'
import { derivedText, dropDraft, idIn, keeper, titleIn } from './drafts.ts'
import { newId } from './made.ts'

export interface SaveBarProps {
  readonly name: string
  readonly rule: RuleDetail | undefined
  readonly text: string
  readonly was: string
  readonly errors: number
  readonly isKept: boolean
  readonly onText: (text: string) => void
  /** The text of the file that a change is now held against. */
  readonly onBase: (was: string) => void
}

const fileOf = (text: string): string =>
  `${
    titleIn(text)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replace(/^_|_$/g, '')
      .slice(0, 60) || 'rule'
  }.yml`

/** Whether saving changes the file of the rule; else it makes a new one. */
const isOwn = (rule: RuleDetail | undefined, text: string): boolean =>
  rule !== undefined && rule.origin.from === 'own' && idIn(text).toLowerCase() === rule.id

export function SaveBar(props: SaveBarProps) {
  const { name, rule, text, was, errors } = props
  const { role } = useActor()
  const go = useGo()
  const isMine = isOwn(rule, text)
  const isForeign = rule !== undefined && rule.origin.from !== 'own' && idIn(text).toLowerCase() === rule.id
  const save = useWrite('rule.save', ({ id }) => {
    dropDraft(keeper(), name)
    go(places.rule(id))
  })
  const isChanged = text !== was
  const mayNow = may(role, 'rule.save') && errors === 0 && isChanged && !isForeign && titleIn(text) !== ''
  const run = (): void => {
    if (mayNow) save.mutate({ yaml: text, ...(isMine && rule ? { id: rule.id, was } : {}) })
  }
  useKeys([{ keys: 'mod+s', does: 'save the rule', group: 'Editor', always: true, run }])
  return (
    <>
      {isForeign ? (
        <Button
          icon="copy"
          title="gives it an id of its own, so that it can be saved beside the one it comes from"
          onClick={() => props.onText(derivedText(text, newId()))}
        >
          Make it mine
        </Button>
      ) : null}
      <Copy text={text} name="Copy the rule" />
      <IconButton icon="download" name="Download the rule" onClick={() => saveText(fileOf(text), text)} />
      <Discard {...props} isChanged={isChanged} />
      {may(role, 'rule.save') ? (
        <Button
          look="main"
          icon="check"
          busy={save.isPending}
          disabled={!mayNow}
          title={whyNot({ errors, isChanged, isForeign, title: titleIn(text) })}
          onClick={run}
        >
          Save <Keys keys="mod+s" />
        </Button>
      ) : (
        <span className="small quiet">Your role ({role}) cannot save rules: download it for somebody who can.</span>
      )}
      {save.error ? (
        <Dialog title="Not saved" className="say-dialog" onClose={() => save.reset()}>
          <div className="editor-conflict">
            <TroubleNote trouble={save.error} />
            <div className="rows">
              {save.error.code === 'CONFLICT' && isMine && rule ? (
                <Button
                  onClick={() => {
                    props.onBase(rule.text)
                    save.mutate({ yaml: text, id: rule.id })
                  }}
                >
                  Save over it
                </Button>
              ) : null}
              <Button onClick={() => save.reset()}>Go on writing</Button>
            </div>
          </div>
        </Dialog>
      ) : null}
    </>
  )
}

interface Reasons {
  readonly errors: number
  readonly isChanged: boolean
  readonly isForeign: boolean
  readonly title: string
}
/** Why it cannot be saved, or what saving does. */
function whyNot({ errors, isChanged, isForeign, title }: Reasons): string {
  if (isForeign) return 'it is kept elsewhere and would be overwritten: make it yours first'
  if (errors > 0) return 'mend its errors first'
  if (title === '') return 'give it a title first'
  return isChanged ? 'write it into the workspace’s own rules; it is at work at once' : 'nothing has changed'
}

/** Throws the draft away, after asking. */
function Discard({ name, rule, was, isChanged, onText }: SaveBarProps & { readonly isChanged: boolean }) {
  const [asks, setAsks] = useState(false)
  const go = useGo()
  if (!isChanged) return null
  return asks ? (
    <span className="row">
      <Button
        look="danger"
        onClick={() => {
          dropDraft(keeper(), name)
          if (rule) onText(was)
          else go(places.rules())
          setAsks(false)
        }}
      >
        Throw it away
      </Button>
      <Button onClick={() => setAsks(false)}>Keep it</Button>
    </span>
  ) : (
    <Button look="quiet" title="throw away what was changed" onClick={() => setAsks(true)}>
      Discard…
    </Button>
  )
}
