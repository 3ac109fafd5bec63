// A button that opens a small list of things to do or choose; closed by Escape, a click elsewhere, or a choice.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'

interface MenuProps {
  readonly label: ReactNode
  readonly name: string
  readonly icon?: IconName
  readonly className?: string
  readonly side?: 'left' | 'right'
  readonly children: ReactNode | ((close: () => void) => ReactNode)
}

export function Menu({ label, name, icon, className, side = 'left', children }: MenuProps) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const close = (): void => setOpen(false)
  useEffect(() => {
    if (!open) return undefined
    const elsewhere = (event: Event): void => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      setOpen(false)
      box.current?.querySelector('button')?.focus()
    }
    document.addEventListener('pointerdown', elsewhere)
    document.addEventListener('keydown', escape, true)
    return () => {
      document.removeEventListener('pointerdown', elsewhere)
      document.removeEventListener('keydown', escape, true)
    }
  }, [open])
  return (
    <div ref={box} className={`menu ${className ?? ''}`}>
      <button
        type="button"
        className="menu-button"
        aria-expanded={open}
        aria-haspopup="true"
        aria-label={name}
        title={name}
        onClick={() => setOpen(!open)}
      >
        {icon ? <Icon name={icon} /> : null}
        {label}
        <Icon name="down" size={12} className="menu-arrow" />
      </button>
      {open ? (
        <div className="menu-list" data-side={side}>
          {typeof children === 'function' ? children(close) : children}
        </div>
      ) : null}
    </div>
  )
}

interface MenuItemProps {
  readonly icon?: IconName
  readonly hint?: string
  readonly on?: boolean | undefined
  readonly onClick: () => void
  readonly children: ReactNode
}
export const MenuItem = ({ icon, hint, on, onClick, children }: MenuItemProps) => (
  <button type="button" className="menu-item" data-on={on || undefined} onClick={onClick}>
    {icon ? <Icon name={icon} size={14} /> : null}
    <span className="fill">
      {children}
      {hint ? <span className="menu-hint">{hint}</span> : null}
    </span>
    {on ? <Icon name="check" size={14} /> : null}
  </button>
)
