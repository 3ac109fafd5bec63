// How a source stands: a word with a shape.
import type { Source } from '../../client/nouns.ts'
import { sourceStateWords } from '../../format/words.ts'
import { Badge, type Tone } from '../../parts/basics.tsx'
import { Icon, type IconName } from '../../parts/Icon.tsx'

const looks: Readonly<Record<Source['state'], readonly [Tone, IconName]>> = {
  running: ['good', 'check'],
  waiting: ['plain', 'clock'],
  failed: ['bad', 'close'],
  stopped: ['plain', 'pause'],
}

export function SourceState({ state }: { readonly state: Source['state'] }) {
  const [tone, icon] = looks[state]
  return (
    <Badge tone={tone} title={sourceStateWords[state].means}>
      <Icon name={icon} size={12} /> {sourceStateWords[state].title}
    </Badge>
  )
}
