// A search that went wrong: one that cannot be read is explained at its place in the field, so it is not said twice.
import type { Trouble } from '../../client/client.ts'
import { Empty, TroubleNote } from '../../parts/basics.tsx'

interface SearchTroubleProps {
  readonly trouble: Trouble
  readonly again: () => void
}
export const SearchTrouble = ({ trouble, again }: SearchTroubleProps) =>
  trouble.code === 'INPUT_INVALID' ? (
    <Empty title="The search cannot be read" icon="search">
      The arrow under it points at the place. The button at the end of the field shows what can be written.
    </Empty>
  ) : (
    <TroubleNote trouble={trouble} again={again} />
  )
