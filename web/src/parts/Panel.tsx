// Surfaces: page head, panels in the page, the panel that comes in from the side, dialogs.
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useKeys } from '../frame/keys.ts'
import { useTitle } from '../frame/title.ts'
import { IconButton } from './basics.tsx'

interface PageFrameProps {
  readonly title: string
  /** What the page shows, in half a sentence. */
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** The page fills the window and its parts scroll, instead of the page. */
  readonly fixed?: boolean
}
export function PageFrame({ title, lead, actions, children, fixed = false }: PageFrameProps) {
  useTitle(title)
  return (
    <div className={fixed ? 'page page-fixed' : 'page'}>
      <header className="page-head">
        <div className="page-name">
          <h1>{title}</h1>
          {lead ? <p className="page-lead">{lead}</p> : null}
        </div>
        {actions ? <div className="page-actions">{actions}</div> : null}
      </header>
      {children}
    </div>
  )
}

interface PanelProps {
  readonly title?: ReactNode
  /** Says where the figures come from. */
  readonly hint?: string
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly className?: string
}
export function Panel({ title, hint, actions, children, className }: PanelProps) {
  const id = useId()
  return (
    <section className={`panel ${className ?? ''}`} aria-labelledby={title ? id : undefined}>
      {title ? (
        <header className="panel-head">
          <h2 id={id} title={hint}>
            {title}
          </h2>
          {actions ? <div className="panel-actions">{actions}</div> : null}
        </header>
      ) : null}
      {children}
    </section>
  )
}

interface SidePanelProps {
  readonly title: ReactNode
  readonly kind: string
  readonly onClose: () => void
  readonly actions?: ReactNode
  readonly children: ReactNode
}
/** Details of one thing beside the list it was chosen from; over it on small screens. */
export function SidePanel({ title, kind, onClose, actions, children }: SidePanelProps) {
  useKeys([{ keys: 'Escape', does: `close the ${kind}`, group: 'Panel', run: onClose }])
  return (
    <aside className="side" aria-label={kind}>
      <header className="side-head">
        <div className="side-name">
          <span className="side-kind">{kind}</span>
          <h2>{title}</h2>
        </div>
        <div className="row">
          {actions}
          <IconButton icon="close" name={`Close (Esc)`} onClick={onClose} />
        </div>
      </header>
      <div className="side-body">{children}</div>
    </aside>
  )
}

/** A dialog over everything else; Escape and a click beside it close it. */
export function Dialog({
  title,
  onClose,
  children,
  className,
}: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly className?: string
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`dialog ${className ?? ''}`}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      {children}
    </dialog>
  )
}

/** Names and what they are, in two columns; what is empty is left out. */
export const Facts = ({ items }: { readonly items: readonly (readonly [string, ReactNode])[] }) => (
  <dl className="facts">
    {items
      .filter(([, value]) => value !== '' && value !== null && value !== undefined)
      .map(([name, value]) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
)
