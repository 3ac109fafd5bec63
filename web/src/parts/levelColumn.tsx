// The column of how grave a row is, the same in every table that has one.
import { levels } from '../client/nouns.ts'
import { LevelText } from './Level.tsx'
import type { Column } from './table/columns.ts'

interface Levelled {
  readonly level: (typeof levels)[number]
}

/** Sorted by gravity, not by word. */
export const levelColumn = <Row extends Levelled>(): Column<Row> => ({
  id: 'level',
  title: 'Level',
  width: 96,
  cell: ({ level }) => <LevelText level={level} />,
  sort: ({ level }) => levels.indexOf(level),
})
