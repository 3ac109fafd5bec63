// How the connection to the server is: live with the present rate, silent, or lost with the next try.
import { useLive } from '../client/queries.ts'
import { shortText } from '../format/number.ts'
import { agoText } from '../format/time.ts'
import { useNow } from '../parts/Time.tsx'

const words = { connecting: 'Connecting', live: 'Live', stale: 'Stale', offline: 'Offline' } as const

export function LiveMark() {
  const state = useLive((view) => view.state)
  const rate = useLive((view) => view.pulse?.perSecond ?? null)
  const heard = useLive((view) => Math.floor(view.heard / 10_000) * 10_000)
  const now = useNow()
  const since = heard === 0 ? 'never heard from' : `last heard ${agoText(heard, Math.max(now, heard))}`
  const explanation = {
    connecting: 'asking the server for live updates',
    live: 'updates arrive each second',
    stale: `connected, but the server is silent: ${since}. What you see may be old.`,
    offline: `no connection: ${since}. Trying again by itself. What you see may be old.`,
  }[state]
  return (
    <span className={`live live-${state}`} role="status" title={explanation}>
      <span className="live-dot" aria-hidden="true" />
      <span className="live-word">{words[state]}</span>
      {state === 'live' && rate !== null ? (
        <span className="live-rate number" title="events accepted per second, all sources">
          {shortText(Math.round(rate))}/s
        </span>
      ) : null}
    </span>
  )
}
