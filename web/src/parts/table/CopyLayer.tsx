// The buttons of the cell under the pointer, one set for a whole table: rows need none of their own.
import { useEffect, useState, type ReactNode, type RefObject } from 'react'
import { Copy } from '../basics.tsx'

interface Spot {
  readonly text: string
  readonly column: string
  readonly left: number
  readonly top: number
}
const buttonWidth = 24
const mostButtons = 5

/** Behind the cell's text, or over its end where that fills the cell; in the coordinates of what is scrolled. */
function spotOf(cell: HTMLElement, scroller: HTMLElement, buttons: number): Spot {
  const [inner, outer] = [cell.getBoundingClientRect(), scroller.getBoundingClientRect()]
  const content = cell.firstElementChild?.getBoundingClientRect().right ?? inner.right
  const behind = Math.min(content + 2, inner.right - buttonWidth - 4)
  return {
    text: cell.dataset['copy'] ?? '',
    column: cell.dataset['column'] ?? '',
    left: Math.min(behind, outer.right - buttons * buttonWidth - 12) - outer.left + scroller.scrollLeft,
    top: inner.top - outer.top + scroller.scrollTop + 4,
  }
}

interface CopyLayerProps {
  readonly scroller: RefObject<HTMLElement | null>
  readonly actions: ((column: string, text: string) => ReactNode) | undefined
}

export function CopyLayer({ scroller, actions }: CopyLayerProps) {
  const [spot, setSpot] = useState<Spot>()
  const buttons = actions ? mostButtons : 1
  useEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const over = ({ target }: Event): void => {
      if (!(target instanceof Element) || target.closest('.table-copy')) return
      const cell = target.closest('[data-copy]')
      setSpot(cell instanceof HTMLElement && cell.dataset['copy'] ? spotOf(cell, element, buttons) : undefined)
    }
    const leave = (): void => setSpot(undefined)
    element.addEventListener('mouseover', over)
    element.addEventListener('mouseleave', leave)
    element.addEventListener('scroll', leave, { passive: true })
    return () => {
      element.removeEventListener('mouseover', over)
      element.removeEventListener('mouseleave', leave)
      element.removeEventListener('scroll', leave)
    }
  }, [scroller, buttons])
  if (!spot) return null
  return (
    <div className="table-copy" style={{ left: spot.left, top: spot.top }}>
      {actions?.(spot.column, spot.text)}
      <Copy key={spot.text} text={spot.text} />
    </div>
  )
}
