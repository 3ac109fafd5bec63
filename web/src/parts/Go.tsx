// Links: `Go` within the console without loading the page anew, `Out` to other sites.
import { useRouter } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react'
import { Icon } from './Icon.tsx'

interface GoProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** Path with query, from places.ts. */
  readonly to: string
}

/** Whether the browser should do as it always does: new tab, new window, download. */
const isForBrowser = (event: MouseEvent): boolean =>
  event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey

/** Addresses of the console begin with one slash; anything else, from wherever it came, leads nowhere. */
const isOwn = (to: string): boolean => /^\/(?!\/)/.test(to)

export function Go({ to: given, onClick, children, ...rest }: GoProps) {
  const router = useRouter()
  const to = isOwn(given) ? given : '/'
  return (
    <a
      {...rest}
      href={to}
      onClick={(event) => {
        onClick?.(event)
        if (isForBrowser(event)) return
        event.preventDefault()
        void router.navigate({ href: to })
      }}
    >
      {children}
    </a>
  )
}

/** A page elsewhere: opened in a new tab, told nothing about us. */
export function Out({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a className="out" href={href} target="_blank" rel="noreferrer noopener">
      {children}
      <Icon name="external" size={12} />
    </a>
  )
}
