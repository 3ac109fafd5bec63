// The frame of the console: navigation at the left, bar on top, the page between them; keys, palette and live updates.
import { useQueryClient } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { liveFeed } from '../client/live.ts'
import { keepFresh } from '../client/queries.ts'
import type { Session } from '../client/session.ts'
import { pages } from '../pages.ts'
import { KeysHelp } from './KeysHelp.tsx'
import { listenToKeys, useKeys } from './keys.ts'
import { Navigation } from './Navigation.tsx'
import { Palette } from './Palette.tsx'
import { TopBar } from './TopBar.tsx'
import { useGo } from './url.ts'

type Over = 'palette' | 'keys' | undefined

export function Frame({ session, children }: { readonly session: Session; readonly children: ReactNode }) {
  const [over, setOver] = useState<Over>()
  const [drawer, setDrawer] = useState(false)
  const path = useLocation({ select: (location) => location.pathname })
  const go = useGo()
  const client = useQueryClient()
  useEffect(listenToKeys, [])
  useEffect(() => {
    liveFeed.start()
    const stop = keepFresh(client)
    return () => {
      stop()
      liveFeed.stop()
    }
  }, [client])
  useEffect(() => setDrawer(false), [path])
  useKeys([
    {
      keys: 'mod+k',
      does: 'go anywhere, do anything',
      group: 'Everywhere',
      always: true,
      run: () => setOver('palette'),
    },
    { keys: '?', does: 'show the keys', group: 'Everywhere', run: () => setOver('keys') },
    ...pages.flatMap(({ key, title, path: to }) =>
      key === undefined ? [] : [{ keys: `g ${key}`, does: title, group: 'Go to', run: () => go(to) }],
    ),
  ])
  const close = (): void => setOver(undefined)
  return (
    <div className="frame" data-drawer={drawer || undefined}>
      <a className="skip" href="#page">
        Skip to the page
      </a>
      <Navigation path={path} version={session.version} onClose={() => setDrawer(false)} />
      <TopBar
        session={session}
        onMenu={() => setDrawer(true)}
        onPalette={() => setOver('palette')}
        onKeys={() => setOver('keys')}
      />
      <main id="page" className="main" tabIndex={-1}>
        {children}
      </main>
      {over === 'palette' ? <Palette onClose={close} onKeys={() => setOver('keys')} /> : null}
      {over === 'keys' ? <KeysHelp onClose={close} /> : null}
    </div>
  )
}
