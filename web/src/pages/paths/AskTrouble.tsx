// A question that could not be answered: what went wrong, and that a switch or a name in the question may be why.
import type { Trouble } from '../../client/client.ts'
import { TroubleNote } from '../../parts/basics.tsx'

interface AskTroubleProps {
  readonly trouble: Trouble
  readonly changes: readonly string[]
  readonly again: () => void
}
export const AskTrouble = ({ trouble, changes, again }: AskTroubleProps) => (
  <div>
    <TroubleNote trouble={trouble} again={again} />
    {trouble.code === 'NOT_FOUND' || trouble.code === 'INPUT_INVALID' ? (
      <p className="small quiet">
        {changes.length > 0
          ? 'A change that is switched on may name something that the model does not have: click it above to switch it off.'
          : 'Names are those of the model: choose one from the list of the field.'}
      </p>
    ) : null}
  </div>
)
