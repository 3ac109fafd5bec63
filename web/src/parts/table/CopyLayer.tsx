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
/** Pixels between the pointer and the buttons. */
const away = 12

/** Behind the cell's text, or over its end where that fills the cell, but never under the pointer: a click there is meant for the row. In the coordinates of what is scrolled. */
function spotOf(
  cell: HTMLElement,
  scroller: HTMLElement,
  at: { readonly pointer: number; readonly buttons: number },
): Spot {
  const [inner, outer] = [cell.getBoundingClientRect(), scroller.getBoundingClientRect()]
  const content = cell.firstElementChild?.getBoundingClientRect().right ?? inner.right
  const width = at.buttons * buttonWidth
  const behind = Math.min(content + 2, inner.right - buttonWidth - 4)
  const clear = behind < at.pointer + away ? Math.max(behind, at.pointer + away) : behind
  const left = clear + width + 12 <= outer.right ? clear : Math.min(at.pointer - away, outer.right - 12) - width
  return {
    text: cell.dataset['copy'] ?? '',
    column: cell.dataset['column'] ?? '',
    left: left - outer.left + scroller.scrollLeft,
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
    const over = ({ target, clientX: pointer }: MouseEvent): void => {
      if (!(target instanceof Element) || target.closest('.table-copy')) return
      const cell = target.closest('[data-copy]')
      setSpot(
        cell instanceof HTMLElement && cell.dataset['copy'] ? spotOf(cell, element, { pointer, buttons }) : undefined,
      )
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
