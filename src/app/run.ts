// Running an operation: may they, is the input right, do it, write it in the ledger. Every door goes through here.
import { type Actor, asFault, type BoundOperation, type Call, Fault, inputComplaint } from '#kernel'
import { mayRun } from '#access'
import type { Ledger } from '#ledger'
import type { Log, State } from '#platform'

/** How a door runs an operation; `signal` and `progress` are its own. */
export interface Asked {
  readonly actor: Actor
  readonly signal?: AbortSignal
  readonly progress?: Call['progress']
}
export type Run = (operation: BoundOperation, rawInput: unknown, asked: Asked) => Promise<unknown>

interface RunDeps {
  readonly state: Pick<State, 'transaction'>
  readonly log: Pick<Log, 'error'>
  readonly ledger: Pick<Ledger, 'record' | 'drain'>
  readonly now: () => number
}

const silent: Call['progress'] = () => undefined

/** Input as the ledger may keep it: secrets left out, long texts cut. */
export function ledgerInput(operation: Pick<BoundOperation, 'secret'>, input: unknown): Record<string, unknown> {
  if (typeof input !== 'object' || input === null) return {}
  const kept = Object.entries(input).filter(([name]) => !operation.secret?.includes(name))
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      typeof value === 'string' && value.length > 500 ? `${value.slice(0, 500)}…` : value,
    ]),
  )
}

/** What the ledger keeps of an answer: its id where there is one. */
function ledgerResult(output: unknown): Record<string, unknown> {
  const holds = (value: unknown): value is { id: unknown } =>
    typeof value === 'object' && value !== null && 'id' in value
  return holds(output) && typeof output.id === 'string' ? { outcome: 'done', id: output.id } : { outcome: 'done' }
}

/**
 * Makes the one way operations run. Reads run plainly. A write runs in a transaction together with its ledger entry.
 * An act is recorded before it begins and after it ends, so that a crash between the two shows.
 * Refused and failed writes and acts are recorded too. Throws Fault only.
 */
export function createRun({ state, ledger, log, now }: RunDeps): Run {
  /** What is committed is done: an entry that cannot be written now waits in the outbox and is written later. */
  const drain = (): Promise<void> =>
    ledger.drain().catch((thrown: unknown) => log.error({ err: thrown }, 'ledger entries wait in the outbox'))
  async function record(
    operation: BoundOperation,
    input: unknown,
    asked: Asked,
    result: Record<string, unknown>,
  ): Promise<void> {
    const { id, name, role, via } = asked.actor
    await ledger.record({
      at: now(),
      actor: { id, name, role, via },
      operation: operation.name,
      input: ledgerInput(operation, input),
      result,
    })
  }
  async function recordFailure(operation: BoundOperation, input: unknown, asked: Asked, fault: Fault): Promise<void> {
    const outcome = fault.code === 'FORBIDDEN' ? 'refused' : 'failed'
    await state.transaction(() => record(operation, input, asked, { outcome, code: fault.code }))
    await drain()
  }
  async function perform(operation: BoundOperation, input: unknown, asked: Asked): Promise<unknown> {
    const call: Call = {
      actor: asked.actor,
      at: now(),
      signal: asked.signal ?? new AbortController().signal,
      progress: asked.progress ?? silent,
    }
    if (operation.kind === 'read') return operation.run(input, call)
    if (operation.kind === 'act') await state.transaction(() => record(operation, input, asked, { outcome: 'begun' }))
    const doIt = async () => {
      const output = await operation.run(input, call)
      await state.transaction(() => record(operation, input, asked, ledgerResult(output)))
      return output
    }
    const output = await (operation.kind === 'write' ? state.transaction(doIt) : doIt())
    await drain()
    return output
  }
  return async (operation, rawInput, asked) => {
    try {
      if (!mayRun(asked.actor, operation))
        throw new Fault('FORBIDDEN', `${asked.actor.role} ${asked.actor.name} may not run ${operation.name}`)
      const parsed = operation.input.safeParse(rawInput)
      if (!parsed.success) throw new Fault('INPUT_INVALID', inputComplaint(parsed.error))
      return await perform(operation, parsed.data, asked)
    } catch (thrown) {
      const fault = asFault(thrown)
      if (operation.kind !== 'read') await recordFailure(operation, rawInput, asked, fault)
      throw fault
    }
  }
}
