// The door of the API: the server, loaded when it is needed, and the names of routes.
import type { Castellan } from '#app'
import type { ServeOptions } from './server.ts'

export { methodOf, openapi, pathOf } from './openapi.ts'
export type { ServeOptions } from './server.ts'

/** Listens; answers with the address that people can open. Throws Fault CONFIG_INVALID when the port is taken. */
export const serve = async (
  castellan: Castellan,
  options: ServeOptions,
): Promise<{ url: string; close(): Promise<void> }> => (await import('./server.ts')).serve(castellan, options)
