// What a page shows is kept in its address, so that it can be shared, gone back to and reloaded.
import { useLocation, useRouter } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { href, paramsOf, type Params } from './places.ts'

export interface Url {
  readonly params: Params
  /** Changes some of the parameters; empty text takes one away. Small changes replace the address, steps add to the history. */
  readonly set: (change: Params, how?: 'step' | 'replace') => void
}

export function useUrl(): Url {
  const router = useRouter()
  const search = useLocation({ select: (location) => location.searchStr })
  const params = useMemo(() => paramsOf(search), [search])
  const set = useCallback(
    (change: Params, how: 'step' | 'replace' = 'replace') => {
      const { pathname, searchStr } = router.state.location
      void router.navigate({ href: href(pathname, { ...paramsOf(searchStr), ...change }), replace: how === 'replace' })
    },
    [router],
  )
  return { params, set }
}

/** Goes to an address of the console. */
export function useGo(): (to: string) => void {
  const router = useRouter()
  return useCallback((to: string) => void router.navigate({ href: to }), [router])
}
