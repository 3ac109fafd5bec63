// What stands around every page: the door for those who are not logged in, the frame for those who are.
import { Outlet, useLocation } from '@tanstack/react-router'
import { useSession } from '../client/session.ts'
import { TroubleNote } from '../parts/basics.tsx'
import { Login } from '../pages/door/Login.tsx'
import { Welcome } from '../pages/door/Welcome.tsx'
import { Frame } from './Frame.tsx'

export function Root() {
  const { data: session, error, refetch } = useSession()
  const path = useLocation({ select: (location) => location.pathname })
  if (error && !session) {
    return (
      <main className="door">
        <TroubleNote trouble={error} again={() => void refetch()} />
      </main>
    )
  }
  if (!session) return <div className="frame-waiting" role="status" aria-label="Loading" />
  if (!session.actor)
    return path === '/welcome' || session.bootstrap ? <Welcome session={session} /> : <Login session={session} />
  return (
    <Frame session={session}>
      <Outlet />
    </Frame>
  )
}
