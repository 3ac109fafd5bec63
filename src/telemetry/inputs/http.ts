// Events posted over HTTP: the door of the API hands the lines over, so this input only waits.
import type { Input } from './input.ts'

export const http: Input<'http'> = async (source, { signal, running }) => {
  running(`POST /ingest/v1/ndjson/${source.name}`)
  await new Promise<void>((done) => {
    if (signal.aborted) done()
    else signal.addEventListener('abort', () => done(), { once: true })
  })
}
