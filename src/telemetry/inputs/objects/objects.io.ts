// Logs kept as objects: each object read once, oldest first, unpacked and cut into records.
import { asFault, Fault } from '#kernel'
import { pause } from '../../pause.io.ts'
import { unpacked } from '../decompress.io.ts'
import type { Input, InputContext, SourceOf } from '../input.ts'
import { recordsOf } from './content.ts'
import { folderPlace } from './folder.io.ts'
import { awsKeys } from '../credential.io.ts'
import type { Listed, ObjectPlace } from './place.ts'
import { Progress } from './progress.ts'
import { bucketPlace } from './s3.io.ts'

const groupRecords = 1_000
const groupBytes = 1_048_576
/** An object just written may still be written to; a store shows whole ones only. */
const settleMilliseconds = 2_000

const placeOf = ({ from, region, endpoint, credential }: SourceOf<'objects'>): ObjectPlace =>
  from.startsWith('s3://')
    ? bucketPlace({ from, region, endpoint, keys: () => awsKeys(credential) })
    : folderPlace(from)

export const objects: Input<'objects'> = async (source, context) => {
  const place = placeOf(source)
  const key = `objects:${source.name}`
  const failures = new Map<string, string>()
  while (!context.signal.aborted) {
    const taking: Taking = { place, key, progress: new Progress(context.position(key)), failures }
    const waiting = await newObjects(taking, context)
    for (const [at, object] of waiting.entries()) {
      if (context.signal.aborted) return
      context.running(`${place.name}: ${waiting.length - at} objects to read`)
      await attempt(object, taking, context)
    }
    context.running(`${place.name}: read to its end, looking every ${source.everySeconds} s`)
    await pause(source.everySeconds * 1000, context.signal)
  }
}

interface Taking {
  readonly place: ObjectPlace
  readonly key: string
  readonly progress: Progress
  /** Objects that could not be had, and why. */
  readonly failures: Map<string, string>
}

/** What was not read yet, the oldest first. */
async function newObjects({ place, progress }: Taking, { signal, clock }: InputContext): Promise<Listed[]> {
  const found: Listed[] = []
  const settled = clock.now() - settleMilliseconds
  for await (const object of place.list(progress.since, signal))
    if (object.modified <= settled && !progress.isDone(object)) found.push(object)
  return found.sort((a, b) => a.modified - b.modified || (a.key < b.key ? -1 : 1))
}

/**
 * One object that cannot be had does not stop the others: it is told once and tried at the next look, unless some of its records were taken by then.
 * One that is damaged inside is done with: what was good before the damage was taken.
 */
async function attempt(object: Listed, taking: Taking, context: InputContext): Promise<void> {
  const { progress, failures } = taking
  try {
    await takeObject(object, taking, context)
    failures.delete(object.key)
  } catch (thrown) {
    const { code, message } = asFault(thrown)
    const isOurs = code === 'STORE_DOWN' || code === 'CANCELLED'
    if (context.signal.aborted || isOurs || (code === 'UNREADABLE' && progress.taken(object) > 0)) throw thrown
    if (failures.get(object.key) !== message)
      context.log.warn({ err: thrown, object: object.key }, 'an object cannot be read')
    failures.set(object.key, message)
  }
}

async function takeObject(object: Listed, { place, key, progress }: Taking, context: InputContext): Promise<void> {
  const skip = progress.taken(object)
  let [seen, bytes] = [0, 0]
  // One group is held back, so that the last record can carry that all is done.
  let group: string[] = []
  const give = async (isWhole: boolean): Promise<void> => {
    await context.take(group, { mark: { key, value: progress.mark(object, seen, isWhole) } })
    group = []
    bytes = 0
  }
  const finish = async (): Promise<void> => {
    // An object without records, or whose last ones were taken before a crash, has nothing that could carry the mark: it is remembered while we run.
    if (group.length > 0) await give(true)
    else progress.mark(object, seen, true)
  }
  try {
    const pieces = unpacked(had(place.read(object.key, context.signal), object))
    for await (const text of recordsOf(pieces, object.key, context)) {
      if (seen >= skip) {
        if (group.length >= groupRecords || bytes >= groupBytes) await give(false)
        group.push(text)
        bytes += text.length
      }
      seen += 1
    }
  } catch (thrown) {
    if (!isDamage(thrown)) throw thrown
    await finish()
    throw thrown
  }
  await finish()
}

/** Trouble of the place is told apart from damage inside the object. */
async function* had(pieces: AsyncIterable<Uint8Array>, { key }: Listed): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown
    throw new Fault('UNREADABLE', `${key}: ${thrown instanceof Error ? thrown.message : 'it broke off'}`, {
      cause: thrown,
    })
  }
}
const isDamage = (thrown: unknown): boolean => !(thrown instanceof Fault)
