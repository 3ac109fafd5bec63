// Hooks by which pages read and change: cached, retried only when the server did not answer, kept fresh by live updates.
import {
  keepPreviousData,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type QueryKey,
} from '@tanstack/react-query'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { asTrouble, call, Trouble } from './client.ts'
import { liveFeed, type LiveView } from './live.ts'
import type { Input, Output, ReadName, WriteName } from './nouns.ts'

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, thrown) => asTrouble(thrown).code === 'NETWORK' && failures < 3,
        retryDelay: (attempt) => Math.min(8000, 1000 * 2 ** attempt),
      },
    },
  })

interface ReadOptions {
  readonly enabled?: boolean
  /** Ask again each so many milliseconds; absent means only when told. */
  readonly every?: number | undefined
  /** Go on showing the answer to the last input while the next one comes. */
  readonly keep?: boolean
}

/** Reads an operation. */
export const useRead = <Name extends ReadName>(name: Name, input: Input<Name>, options: ReadOptions = {}) =>
  useQuery<Output<Name>, Trouble>({
    queryKey: [name, input],
    queryFn: ({ signal }) => call(name, input, signal),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  })

/** Changes something; afterwards everything read about the same noun, those in `also`, the overview and the ledger is asked for again. */
export function useWrite<Name extends WriteName>(
  name: Name,
  done?: (output: Output<Name>) => void,
  also: readonly string[] = [],
) {
  const client = useQueryClient()
  const noun = name.split('.')[0] ?? name
  return useMutation<Output<Name>, Trouble, Input<Name>>({
    mutationFn: (input) => call(name, input),
    async onSuccess(output) {
      done?.(output)
      await client.invalidateQueries({
        predicate: ({ queryKey }) => isAbout(queryKey, [noun, ...also, 'overview', 'ledger']),
      })
    },
  })
}

/** Asks anew for everything read about these nouns, for what a question has changed on the way. */
export function useRefresh(nouns: readonly string[]): () => void {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ predicate: ({ queryKey }) => isAbout(queryKey, nouns) })
}

const isAbout = (key: QueryKey, nouns: readonly string[]): boolean => nouns.includes(String(key[0]).split('.')[0] ?? '')

interface Page<Item> {
  readonly items: readonly Item[]
  /** Where the next page begins; null after the last. */
  readonly next: string | number | null
}
interface Paged<P> {
  readonly key: readonly [ReadName, ...unknown[]]
  readonly load: (cursor: string | undefined, signal: AbortSignal) => Promise<P>
  readonly every?: number | undefined
  readonly enabled?: boolean
}

/**
 * Reads a list page by page as it is scrolled. Pages are kept as they came: comparing 100,000 rows with themselves at each page
 * would cost more than showing them, and a list must not change under the reader's eyes.
 */
export function usePages<P extends Page<unknown>>({ key, load, every, enabled = true }: Paged<P>) {
  const query = useInfiniteQuery<P, Trouble, { pages: P[] }, QueryKey, string>({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => load(pageParam === '' ? undefined : pageParam, signal),
    initialPageParam: '',
    getNextPageParam: (page) => (page.next === null ? undefined : String(page.next)),
    structuralSharing: false,
    staleTime: Infinity,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    refetchInterval: every ?? false,
    enabled,
  })
  const pages = query.data?.pages
  const items = useMemo(() => (pages ?? []).flatMap((page): readonly P['items'][number][] => page.items), [pages])
  const client = useQueryClient()
  /** Begins anew with the first page; refetching would ask for every page that was scrolled through. */
  const restart = (): void => {
    client.setQueryData<InfiniteData<P, string>>(
      key,
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    )
    void query.refetch()
  }
  return { ...query, items, first: pages?.[0], restart }
}

/** The connection, or a part of it: the component draws again only when that part changes. */
export const useLive = <Part>(part: (view: LiveView) => Part): Part =>
  useSyncExternalStore(liveFeed.watch, () => part(liveFeed.view))

/** How many alerts or incidents have been told since this list was (re)read; `forget` starts from nought. */
export function useNews(kind: 'alert' | 'incident'): { readonly count: number; readonly forget: () => void } {
  const [count, setCount] = useState(0)
  useEffect(() => liveFeed.on(kind, (ids) => setCount((before) => before + Math.max(1, ids.length))), [kind])
  return { count, forget: () => setCount(0) }
}

const refreshMilliseconds = { alert: 5000, incident: 2000 } as const

/** Asks again for what a live message says has changed, not too often for each noun; and for everything once a lost connection is back. */
export function keepFresh(client: QueryClient): () => void {
  const waiting = new Set<string>()
  const ask = (nouns: readonly string[]): void => {
    const isStale = (key: QueryKey): boolean => isAbout(key, nouns) && !key.includes('pages')
    void client.invalidateQueries({ predicate: ({ queryKey }) => isStale(queryKey) })
  }
  const hear = (kind: 'alert' | 'incident') => (): void => {
    if (waiting.has(kind)) return
    waiting.add(kind)
    setTimeout(() => {
      waiting.delete(kind)
      ask([kind, 'overview'])
    }, refreshMilliseconds[kind])
  }
  let wasLost = false
  const connection = (): void => {
    const { state } = liveFeed.view
    if (wasLost && state === 'live')
      void client.invalidateQueries({ predicate: ({ queryKey }) => !queryKey.includes('pages') })
    if (state === 'offline') wasLost = true
    if (state === 'live') wasLost = false
  }
  const stops = [
    liveFeed.on('alert', hear('alert')),
    liveFeed.on('incident', hear('incident')),
    liveFeed.watch(connection),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
