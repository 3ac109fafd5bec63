// The text of a rule: a plain field with line numbers, marks where the linter found something, and the keys that YAML asks for.
import { useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import type { LintFinding } from '../../client/nouns.ts'
import { enter, indent, placeOf } from './text.ts'

export interface CodeHandle {
  /** Puts the caret at a line and column, and brings it into sight. */
  readonly goTo: (line: number, column: number) => void
  /** Where the caret stands. */
  readonly caret: () => number
  /** Puts the caret at a place of the text. */
  readonly setCaret: (place: number) => void
}

interface CodeFieldProps {
  readonly text: string
  readonly label: string
  readonly describedBy: string
  /** How grave the worst finding of each line is. */
  readonly marks: ReadonlyMap<number, LintFinding['severity']>
  readonly onChange: (text: string) => void
  readonly onLine: (line: number) => void
  readonly handle: Ref<CodeHandle>
}

/** As in editor.css. */
const lineHeight = 20
const markWords = { error: 'error', warning: 'warning', hint: 'hint' } as const

export function CodeField({ text, label, describedBy, marks, onChange, onLine, handle }: CodeFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [scroll, setScroll] = useState({ top: 0, left: 0 })
  const put = (place: number): void => {
    const element = field.current
    if (!element) return
    element.focus()
    element.setSelectionRange(place, place)
    const line = element.value.slice(0, place).split('\n').length
    const top = (line - 1) * lineHeight
    if (top < element.scrollTop || top > element.scrollTop + element.clientHeight - 3 * lineHeight)
      element.scrollTop = Math.max(0, top - element.clientHeight / 3)
  }
  useImperativeHandle(handle, () => ({
    goTo: (line, column) => put(placeOf(field.current?.value ?? '', line, column)),
    caret: () => field.current?.selectionStart ?? 0,
    // After the new text is drawn.
    setCaret: (place) => requestAnimationFrame(() => put(place)),
  }))
  const lines = text.split('\n')
  return (
    <div className="code">
      <div className="code-gutter" aria-hidden="true">
        <div style={{ transform: `translateY(${-scroll.top}px)` }}>
          {lines.map((_, at) => {
            const mark = marks.get(at + 1)
            return (
              <div key={at} className="code-number number" data-mark={mark} title={mark && markWords[mark]}>
                {at + 1}
              </div>
            )
          })}
        </div>
      </div>
      <div className="code-box">
        <div className="code-back" aria-hidden="true">
          <div style={{ transform: `translate(${-scroll.left}px, ${-scroll.top}px)` }}>
            {lines.map((line, at) => (
              <div key={at} className="code-line" data-mark={marks.get(at + 1)}>
                <span>{line === '' ? ' ' : line}</span>
              </div>
            ))}
          </div>
        </div>
        <textarea
          ref={field}
          className="code-text mono"
          aria-label={label}
          aria-describedby={describedBy}
          value={text}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
          onScroll={({ currentTarget }) => setScroll({ top: currentTarget.scrollTop, left: currentTarget.scrollLeft })}
          onSelect={({ currentTarget: { value, selectionStart } }) =>
            onLine(value.slice(0, selectionStart).split('\n').length)
          }
          onKeyDown={(event) => press(event, onChange)}
        />
      </div>
    </div>
  )
}

/** Enter sets in, Ctrl ] and Ctrl [ move lines; Tab stays what it is, so that the field can be left. */
function press(event: KeyboardEvent<HTMLTextAreaElement>, onChange: (text: string) => void): void {
  const field = event.currentTarget
  const { selectionStart: start, selectionEnd: end, value } = field
  const mod = event.ctrlKey || event.metaKey
  if (event.nativeEvent.isComposing) return
  if (event.key === 'Enter' && !mod && !event.shiftKey && !event.altKey) {
    const { text, caret } = enter(value, { start, end })
    replace(field, { start, end, with: text.slice(start, caret) }, onChange)
    event.preventDefault()
  } else if (mod && (event.key === ']' || event.key === '[')) {
    const moved = indent(value, { start, end }, event.key === ']' ? 1 : -1)
    field.value = moved.text
    field.setSelectionRange(moved.start, moved.end)
    onChange(moved.text)
    event.preventDefault()
  } else if (event.key === 'Escape') field.blur()
}

/** By the browser's own command where there is one, so that undo works. */
function replace(
  field: HTMLTextAreaElement,
  put: { start: number; end: number; with: string },
  onChange: (text: string) => void,
): void {
  field.setSelectionRange(put.start, put.end)
  if (document.execCommand('insertText', false, put.with)) return
  field.setRangeText(put.with, put.start, put.end, 'end')
  onChange(field.value)
}
