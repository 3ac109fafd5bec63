// The list of keys that work right now.
import { Dialog } from '../parts/Panel.tsx'
import { IconButton, Keys } from '../parts/basics.tsx'
import { useBindings, type Binding } from './keys.ts'

/** Keys that do the same stand on one line. */
const linesOf = (bindings: readonly Binding[]): { does: string; keys: string[] }[] =>
  [...new Set(bindings.map(({ does }) => does))].map((does) => ({
    does,
    keys: [...new Set(bindings.filter((binding) => binding.does === does).map(({ keys }) => keys))],
  }))

export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const bindings = useBindings()
  const groups = [...new Set(bindings.map(({ group }) => group))]
  return (
    <Dialog title="Keys" onClose={onClose} className="keys-help">
      <header className="dialog-head">
        <h2>Keys</h2>
        <IconButton icon="close" name="Close (Esc)" onClick={onClose} />
      </header>
      <div className="keys-groups">
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <ul>
              {linesOf(bindings.filter((binding) => binding.group === group)).map(({ does, keys }) => (
                <li key={does}>
                  <span>{does}</span>
                  <span className="row">
                    {keys.map((each) => (
                      <Keys key={each} keys={each} />
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
