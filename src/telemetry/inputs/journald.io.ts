// The journal of this machine, followed from the last entry taken.
import { followProcess } from '#platform'
import { createGatherer } from './gather.io.ts'
import type { Input, InputContext } from './input.ts'

/** Entries taken of the past when it is read for the first time. */
const history = 10_000

export const journald: Input<'journald'> = (source, context) => followJournal(source.name, context)

/** Follows the journal. Throws when journalctl ends by itself. */
export async function followJournal(name: string, context: InputContext): Promise<void> {
  const key = `journald:${name}`
  const cursor = context.position(key) ?? ''
  const why = await follow(key, cursor, context)
  if (context.signal.aborted) return
  // The journal was made anew: what it holds now is all there is.
  if (cursor === '' || !/cursor/i.test(why)) throw new Error(why)
  context.log.warn(
    { source: name, why },
    'the journal does not know the last entry taken; reading on from its newest entries',
  )
  throw new Error(await follow(key, '', context))
}

async function follow(key: string, cursor: string, context: InputContext): Promise<string> {
  const gatherer = createGatherer(context, (texts) =>
    context.take(texts, { mark: { key, value: cursorOf(texts.at(-1)) } }),
  )
  const onLine = (line: string, cut: boolean): void | Promise<void> => {
    if (cut) return context.reject(1)
    if (line.startsWith('{')) return gatherer.push(line)
  }
  const from = cursor === '' ? [`--lines=${history}`] : ['--no-tail', `--after-cursor=${cursor}`]
  const followed = followProcess('journalctl', ['--output=json', '--follow', '--quiet', ...from], onLine, {
    maxLineBytes: context.recordBytes,
    signal: context.signal,
  })
  context.running('journalctl')
  const { why } = await followed.ended
  await gatherer.end()
  return why === '' ? 'journalctl ended' : why
}

/** The entry's place in the journal: the value of __CURSOR. */
const cursorOf = (line = ''): string => /"__CURSOR"\s*:\s*"([^"\\]{1,500})"/.exec(line)?.[1] ?? ''
