// How it looks, who may come in, and by which tokens programs do.
import './settings.css'
import { may } from '../../client/may.ts'
import { useRead } from '../../client/queries.ts'
import { useActor } from '../../client/session.ts'
import { chooseTheme, themes, useTheme } from '../../design/theme.ts'
import { bytesText, countText } from '../../format/number.ts'
import { durationText } from '../../format/time.ts'
import { roleWords } from '../../format/words.ts'
import { Choice, Skeleton } from '../../parts/basics.tsx'
import { Facts, PageFrame, Panel } from '../../parts/Panel.tsx'
import { Tokens } from './Tokens.tsx'
import { Users } from './Users.tsx'

const themeTitles = { auto: 'As the system says', light: 'Light', dark: 'Dark' } as const

export function Page() {
  const actor = useActor()
  const theme = useTheme()
  return (
    <PageFrame title="Settings" lead={`logged in as ${actor.name}, ${actor.role}: ${roleWords[actor.role]}`}>
      <div className="settings">
        <Panel title="Look" hint="kept in this browser">
          <Choice
            label="Look"
            value={theme}
            options={themes.map((value) => ({ value, title: themeTitles[value] }))}
            onChange={chooseTheme}
          />
        </Panel>
        <Server />
        <Tokens mayChange={may(actor.role, 'token.create')} />
        {may(actor.role, 'user.list') ? <Users mayChange={may(actor.role, 'user.create')} own={actor.id} /> : null}
      </div>
    </PageFrame>
  )
}

function Server() {
  const { data } = useRead('system.health', {}, { every: 10_000 })
  return (
    <Panel title="Server" hint="the program behind this console">
      {data ? (
        <Facts
          items={[
            ['Version', data.version],
            ['Running for', durationText(data.uptimeSeconds * 1000)],
            ['Memory', bytesText(data.memoryBytes)],
            ...data.stores.map(
              ({ name, engine, bytes }) =>
                [name, `${engine}${bytes === undefined ? '' : `, ${bytesText(bytes)}`}`] as const,
            ),
            ...Object.entries(data.counters).map(([name, count]) => [name, countText(count)] as const),
          ]}
        />
      ) : (
        <Skeleton lines={4} />
      )}
    </Panel>
  )
}
