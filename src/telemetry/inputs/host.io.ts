// This machine: its journal, or the files of /var/log where there is no journal, and its facts once a minute.
import { access, constants } from 'node:fs/promises'
import { runProcess } from '#platform'
import { pause } from '../pause.io.ts'
import { createGatherer } from './gather.io.ts'
import type { Input, InputContext } from './input.ts'
import { followJournal } from './journald.io.ts'
import { tail } from './file.io.ts'

const logFiles = ['auth.log', 'syslog', 'messages', 'kern.log'].map((name) => `/var/log/${name}`)
const factsEvery = 60_000

export const host: Input<'host'> = async (source, context) => {
  const ended = new AbortController()
  const stop = () => ended.abort()
  context.signal.addEventListener('abort', stop, { once: true })
  if (context.signal.aborted) stop()
  const inner: InputContext = { ...context, signal: ended.signal, running: () => undefined }
  const files = await readable(logFiles)
  const hasJournal = await journalSpeaks(context.signal)
  context.running(['packages and ports', ...(hasJournal ? ['the journal'] : files)].join(', '))
  const works = [facts(inner)]
  if (hasJournal) works.push(followJournal(source.name, inner))
  else if (files.length > 0) works.push(tail({ name: source.name, paths: files, join: 'auditd', csv: false }, inner))
  try {
    await Promise.all(works)
  } finally {
    stop()
    context.signal.removeEventListener('abort', stop)
    await Promise.allSettled(works)
  }
}

async function facts(context: InputContext): Promise<void> {
  while (!context.signal.aborted) {
    const gatherer = createGatherer(context, (texts) => context.take(texts))
    for await (const text of context.hostTexts()) await gatherer.push(text)
    await gatherer.end()
    await pause(factsEvery, context.signal)
  }
}

async function journalSpeaks(signal: AbortSignal): Promise<boolean> {
  const asked = await runProcess('journalctl', ['--output=json', '--lines=1', '--quiet'], {
    timeoutMilliseconds: 5_000,
    maxBytes: 1_048_576,
    signal,
  })
  return asked.ok && asked.value.stdout.startsWith('{')
}

async function readable(paths: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    const may = await access(path, constants.R_OK).then(
      () => true,
      () => false,
    )
    if (may) found.push(path)
  }
  return found
}
