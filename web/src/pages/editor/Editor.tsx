// The editor itself: the field, its findings, the trial, and what becomes of the text.
import { useMemo, useRef, useState } from 'react'
import type { LintFinding, RuleDetail } from '../../client/nouns.ts'
import { useRead } from '../../client/queries.ts'
import { useKeys } from '../../frame/keys.ts'
import { places } from '../../frame/places.ts'
import { plural } from '../../format/number.ts'
import { TroubleNote } from '../../parts/basics.tsx'
import { Go } from '../../parts/Go.tsx'
import { PageFrame } from '../../parts/Panel.tsx'
import { useSettled } from '../rules/ask.ts'
import { worstByLine } from '../rules/read.ts'
import { CodeField, type CodeHandle } from './CodeField.tsx'
import { keepDraft, keeper, titleIn } from './drafts.ts'
import { Findings } from './Findings.tsx'
import { caretAfter, fixOf } from './fixes.ts'
import { newId, today } from './made.ts'
import { SaveBar } from './SaveBar.tsx'
import { lineAt } from './text.ts'
import { Trial } from './Trial.tsx'

export interface EditorProps {
  /** Of the draft: the rule's id, or another name for a new rule. */
  readonly name: string
  readonly rule: RuleDetail | undefined
  readonly begin: string
  /** The text of the file when the draft was begun. */
  readonly was: string
}

const settleMilliseconds = 250
const fixing = { uuid: newId, day: today() }
const none: readonly LintFinding[] = []

export function Editor({ name, rule, begin, was: first }: EditorProps) {
  const [text, setText] = useState(begin)
  const [was, setWas] = useState(first)
  const [isKept, setKept] = useState(true)
  const code = useRef<CodeHandle>(null)
  const change = (next: string): void => {
    setText(next)
    setKept(keepDraft(keeper(), { name, text: next, was, at: Date.now() }))
  }
  const lint = useLint(text)
  const [line, setLine] = useState(1)
  const fix = (finding: LintFinding | undefined): void => {
    const fixed = finding && fixOf(text, finding, fixing)
    if (fixed === undefined) return
    const caret = caretAfter(text, fixed, code.current?.caret() ?? 0)
    change(fixed)
    code.current?.setCaret(caret)
  }
  const show = ({ at }: LintFinding): void => code.current?.goTo(at.line ?? 1, at.column ?? 1)
  useFindingKeys(lint.items, { text, code: code.current, fix, show })
  const errors = lint.items.filter(({ severity }) => severity === 'error').length
  return (
    <PageFrame
      title={rule ? 'Rule editor' : 'New rule'}
      lead={rule ? <Go to={places.rule(rule.id)}>{rule.title}</Go> : titleIn(text)}
      actions={
        <SaveBar
          name={name}
          rule={rule}
          text={text}
          was={was}
          errors={errors}
          isKept={isKept}
          onText={change}
          onBase={setWas}
        />
      }
      fixed
    >
      <div className="editor">
        <div className="editor-main">
          <CodeField
            handle={code}
            text={text}
            label="Text of the rule"
            describedBy="editor-state"
            marks={lint.marks}
            onChange={change}
            onLine={setLine}
          />
          <p id="editor-state" className="editor-state small quiet" role="status">
            Line {line} of {text.split('\n').length}
            {lint.isNew ? ' · looking it over…' : ` · ${summaryOf(lint.items)}`}
            {isKept ? '' : ' · this browser keeps no drafts: copy or download it before you leave'}
          </p>
        </div>
        <div className="editor-side">
          {lint.error ? <TroubleNote trouble={lint.error} /> : null}
          <Findings findings={lint.items} text={text} line={line} isNew={lint.isNew} onShow={show} onFix={fix} />
          <Trial text={text} isSound={!lint.isNew && errors === 0} />
        </div>
      </div>
    </PageFrame>
  )
}

const summaryOf = (findings: readonly LintFinding[]): string => {
  const count = (of: LintFinding['severity']): number => findings.filter(({ severity }) => severity === of).length
  return `${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}, ${plural(count('hint'), 'hint')}`
}

/** What the linter says of the text; of the one before while the next answer comes. */
function useLint(text: string) {
  const asked = useSettled(text, settleMilliseconds)
  const { data, error, isPlaceholderData } = useRead(
    'rule.lint',
    { yaml: asked },
    { keep: true, enabled: asked !== '' },
  )
  const items = data?.items ?? none
  const marks = useMemo(() => worstByLine(items), [items])
  return { items, marks, error, isNew: asked !== text || isPlaceholderData || (!data && !error) }
}

interface Doing {
  readonly text: string
  readonly code: CodeHandle | null
  readonly fix: (finding: LintFinding | undefined) => void
  readonly show: (finding: LintFinding) => void
}
/** F8 walks through the findings; Ctrl . mends the one in this line, or the first that can be mended. */
function useFindingKeys(findings: readonly LintFinding[], { text, code, fix, show }: Doing): void {
  const group = 'Editor'
  const here = (): number => lineAt(text, code?.caret() ?? 0)
  useKeys([
    {
      keys: 'F8',
      does: 'next finding',
      group,
      always: true,
      run: () => {
        const line = here()
        const next = findings.find(({ at }) => (at.line ?? 1) > line) ?? findings[0]
        if (next) show(next)
      },
    },
    {
      keys: 'mod+.',
      does: 'mend the finding in this line, or the next that can be mended',
      group,
      always: true,
      run: () => {
        const line = here()
        const mendable = findings.filter((finding) => fixOf(text, finding, fixing) !== undefined)
        fix(mendable.find(({ at }) => (at.line ?? 1) === line) ?? mendable[0])
      },
    },
  ])
}
