// One large figure with its name, what it means on hover, and smaller figures below.
import type { ReactNode } from 'react'
import { Go } from '../../parts/Go.tsx'

interface FigureProps {
  readonly name: string
  readonly value: string
  readonly to: string
  readonly hint: string
  readonly children?: ReactNode
}
export const Figure = ({ name, value, to, hint, children }: FigureProps) => (
  <section className="figure" title={hint}>
    <Go to={to} className="figure-main">
      <span className="figure-name">{name}</span>
      <span className="figure-value number">{value}</span>
    </Go>
    <div className="figure-more">{children}</div>
  </section>
)
