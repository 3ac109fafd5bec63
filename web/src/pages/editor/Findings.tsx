// What the linter found, the gravest first: each leads to its place, and some mend themselves.
import type { LintFinding } from '../../client/nouns.ts'
import { plural } from '../../format/number.ts'
import { Button, Keys } from '../../parts/basics.tsx'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { isFixable } from './fixes.ts'

interface FindingsProps {
  readonly findings: readonly LintFinding[]
  readonly text: string
  /** Where the caret stands. */
  readonly line: number
  readonly isNew: boolean
  readonly onShow: (finding: LintFinding) => void
  readonly onFix: (finding: LintFinding) => void
}
const icons: Readonly<Record<LintFinding['severity'], IconName>> = {
  error: 'close',
  warning: 'threats',
  hint: 'note',
}
const order = ['error', 'warning', 'hint'] as const
const words = { error: 'Error', warning: 'Warning', hint: 'Hint' } as const

export const Findings = ({ findings, text, line, isNew, onShow, onFix }: FindingsProps) => {
  const sorted = order.flatMap((severity) => findings.filter((one) => one.severity === severity))
  return (
    <section className="editor-box" aria-label="Findings" aria-busy={isNew}>
      <header className="editor-head">
        <h2>Findings</h2>
        <span className="row small quiet">
          next <Keys keys="F8" /> mend <Keys keys="mod+." />
        </span>
      </header>
      {sorted.length === 0 ? (
        <p className="quiet editor-none">{isNew ? 'Looking it over…' : 'Nothing to say: the rule is sound.'}</p>
      ) : (
        <ul className="findings" aria-label={plural(sorted.length, 'finding')}>
          {sorted.map((finding) => (
            <Finding
              key={`${finding.code}${finding.at.line ?? 0}:${finding.at.column ?? 0}${finding.text}`}
              finding={finding}
              isHere={finding.at.line === line}
              onShow={() => onShow(finding)}
              onFix={isFixable(text, finding) ? () => onFix(finding) : undefined}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

interface FindingProps {
  readonly finding: LintFinding
  readonly isHere: boolean
  readonly onShow: () => void
  readonly onFix: (() => void) | undefined
}
const Finding = ({ finding: { severity, code, at, text, help }, isHere, onShow, onFix }: FindingProps) => (
  <li className="finding" data-severity={severity} data-here={isHere || undefined}>
    <button type="button" className="finding-go" title={`${code}: go to line ${at.line ?? 1}`} onClick={onShow}>
      <Icon name={icons[severity]} size={14} />
      <span className="hidden-text">{words[severity]}</span>
      <span className="finding-text">
        <span className="wrap">{text}</span>
        {help === '' ? null : <span className="quiet small wrap">{help}</span>}
      </span>
      <span className="number faint small">{at.line ?? 1}</span>
    </button>
    {onFix ? (
      <Button look="plain" className="finding-fix" title="mend it (Ctrl .)" onClick={onFix}>
        Mend
      </Button>
    ) : null}
  </li>
)
