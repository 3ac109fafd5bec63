// The smallest parts: buttons, badges, keys, notes, empty states, placeholders while loading.
import { useEffect, useRef, useState, type ButtonHTMLAttributes, type ReactNode } from 'react'
import type { Trouble } from '../client/client.ts'
import { keysText } from '../frame/keys.ts'
import { copyText } from './clipboard.ts'
import { Icon, type IconName } from './Icon.tsx'

type Look = 'main' | 'plain' | 'quiet' | 'danger'
interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: Look
  readonly icon?: IconName
  readonly busy?: boolean
  /** Pressed or not, for buttons that stay down. */
  readonly on?: boolean | undefined
}

export function Button({ look = 'plain', icon, busy = false, on, children, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`button button-${look} ${className ?? ''}`}
      disabled={rest.disabled === true || busy}
      aria-busy={busy || undefined}
      aria-pressed={on}
    >
      {icon ? <Icon name={icon} size={14} /> : null}
      {children}
    </button>
  )
}

/** A button that is only a picture: its name is read out and shown on hover. */
export function IconButton({
  icon,
  name,
  on,
  ...rest
}: { readonly icon: IconName; readonly name: string } & Omit<ButtonProps, 'icon' | 'name' | 'look'>) {
  return (
    <button
      type="button"
      {...rest}
      className={`icon-button ${rest.className ?? ''}`}
      title={name}
      aria-label={name}
      aria-pressed={on}
    >
      <Icon name={icon} />
    </button>
  )
}

/** A set of choices of which one holds. */
export function Choice<T extends string>(props: {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly title: string; readonly hint?: string }[]
  readonly onChange: (value: T) => void
}) {
  return (
    <div className="choice" role="radiogroup" aria-label={props.label}>
      {props.options.map(({ value, title, hint }) => (
        <button
          key={value}
          type="button"
          role="radio"
          aria-checked={value === props.value}
          className="choice-item"
          title={hint}
          onClick={() => props.onChange(value)}
        >
          {title}
        </button>
      ))}
    </div>
  )
}

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent' | 'low'
/** A word about how something stands. */
export const Badge = ({
  tone = 'plain',
  title,
  children,
}: {
  readonly tone?: Tone
  readonly title?: string | undefined
  readonly children: ReactNode
}) => (
  <span className={`badge badge-${tone}`} title={title}>
    {children}
  </span>
)

/** Keys as they stand on the keyboard. */
export function Keys({ keys }: { readonly keys: string }) {
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent)
  return (
    <span className="keys" aria-label={keys}>
      {keysText(keys, mac).map((key, at) => (
        <kbd key={`${key}${at}`}>{key}</kbd>
      ))}
    </span>
  )
}

/** Copies a text and says so for a moment. */
export function Copy({ text, name = 'Copy' }: { readonly text: string; readonly name?: string }) {
  const [done, setDone] = useState(false)
  const timer = useRef(0)
  useEffect(() => () => window.clearTimeout(timer.current), [])
  const copy = async (): Promise<void> => {
    await copyText(text)
    setDone(true)
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => setDone(false), 1500)
  }
  return (
    <button
      type="button"
      className="copy"
      title={done ? 'Copied' : name}
      aria-label={done ? 'Copied' : name}
      onClick={() => void copy()}
    >
      <Icon name={done ? 'check' : 'copy'} size={14} />
    </button>
  )
}

/** A command to run in a terminal, ready to copy. */
export const Command = ({ text }: { readonly text: string }) => (
  <div className="command">
    <code>{text}</code>
    <Copy text={text} name="Copy command" />
  </div>
)

interface EmptyProps {
  readonly title: string
  readonly children?: ReactNode
  /** The command that fills this place. */
  readonly command?: string
  readonly icon?: IconName
}
/** Nothing here: says why, and what to do next. */
export const Empty = ({ title, children, command, icon }: EmptyProps) => (
  <div className="empty">
    {icon ? <Icon name={icon} size={28} className="empty-icon" /> : null}
    <h3>{title}</h3>
    {children ? <div className="empty-text">{children}</div> : null}
    {command ? <Command text={command} /> : null}
  </div>
)

/** What went wrong: code, text, what to do, and a way to try again. */
export const TroubleNote = ({
  trouble,
  again,
}: {
  readonly trouble: Trouble
  readonly again?: (() => void) | undefined
}) => (
  <div className="trouble" role="alert">
    <div className="trouble-head">
      <Icon name="incidents" />
      <strong>{trouble.message}</strong>
      <code>{trouble.code}</code>
    </div>
    <p>{trouble.help}</p>
    {again ? (
      <Button look="plain" icon="refresh" onClick={again}>
        Try again
      </Button>
    ) : null}
  </div>
)

/** Grey bars in the shape of what is coming. */
export const Skeleton = ({ lines = 3, height }: { readonly lines?: number; readonly height?: number }) => (
  <div className="skeleton" role="status" aria-label="Loading">
    {Array.from({ length: lines }, (_, at) => (
      <span key={at} className="skeleton-line" style={height === undefined ? undefined : { height }} />
    ))}
  </div>
)

/** A label above a field, with an explanation or an error below. */
export const Field = (props: {
  readonly label: string
  readonly hint?: ReactNode
  readonly wrong?: string | undefined
  readonly children: ReactNode
}) => (
  <div className="field">
    <label className="field-name">
      <span className="field-label">{props.label}</span>
      {props.children}
    </label>
    {props.wrong ? (
      <span className="field-wrong" role="alert">
        {props.wrong}
      </span>
    ) : props.hint ? (
      <span className="field-hint">{props.hint}</span>
    ) : null}
  </div>
)
