// One copy button for a whole table: it stands in the cell under the pointer, so that rows need none of their own.
import { useEffect, useState, type RefObject } from 'react'
import { Copy } from '../basics.tsx'

interface Spot {
  readonly text: string
  readonly left: number
  readonly top: number
}

/** The cell's right end, in the coordinates of what is scrolled. */
function spotOf(cell: HTMLElement, scroller: HTMLElement): Spot {
  const [inner, outer] = [cell.getBoundingClientRect(), scroller.getBoundingClientRect()]
  return {
    text: cell.dataset['copy'] ?? '',
    left: inner.right - outer.left + scroller.scrollLeft - 28,
    top: inner.top - outer.top + scroller.scrollTop + 4,
  }
}

export function CopyLayer({ scroller }: { readonly scroller: RefObject<HTMLElement | null> }) {
  const [spot, setSpot] = useState<Spot>()
  useEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const over = ({ target }: Event): void => {
      if (!(target instanceof Element) || target.closest('.table-copy')) return
      const cell = target.closest('[data-copy]')
      setSpot(cell instanceof HTMLElement && cell.dataset['copy'] ? spotOf(cell, element) : undefined)
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
  }, [scroller])
  if (!spot) return null
  return (
    <div className="table-copy" style={{ left: spot.left, top: spot.top }}>
      <Copy key={spot.text} text={spot.text} />
    </div>
  )
}
