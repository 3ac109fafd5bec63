// The title of the browser's tab: the page, then the workspace.
import { useEffect } from 'react'
import { useSession } from '../client/session.ts'

export function useTitle(title: string): void {
  const { data } = useSession()
  const workspace = data?.workspace ?? ''
  useEffect(() => {
    document.title = [title, workspace || 'Castellan'].join(' · ')
  }, [title, workspace])
}
