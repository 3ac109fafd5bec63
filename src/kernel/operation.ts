// The contracts by which rooms offer what they have. Rooms export lists of these; app concatenates them.
import type { z } from 'zod'
import type { Actor, Role } from './role.ts'

/** What surrounds one call: who, when, and the ways to stop it and to say how far it is. */
export interface Call {
  readonly actor: Actor
  readonly at: number
  readonly signal: AbortSignal
  readonly progress: (done: number, total: number | undefined, text: string) => void
}

/** One thing a person or a program can ask of a room. Routes, commands, OpenAPI, docs and the authorisation matrix are all read from it. */
export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, Room = never> {
  /** `noun.verb`: the command `castellan noun verb`, the path `/api/v1/noun/verb`. */
  readonly name: `${string}.${string}`
  readonly does: string
  /** read: no entry in the ledger. write: changes our stores, in one transaction. act: changes the world outside. */
  readonly kind: 'read' | 'write' | 'act'
  readonly may: readonly Role[]
  readonly input: I
  readonly output: O
  /** Input that works on the Fernhill example; shown in the docs and tried by the tests. */
  readonly example: z.input<I>
  /** Names of input fields that the command line takes without a flag, in order. */
  readonly positional?: readonly string[]
  /** Keys of the input never written to the ledger or a log. */
  readonly secret?: readonly string[]
  /** Columns for the command line's table when the output is (or holds in `items`) a list. */
  readonly columns?: readonly string[]
  /** Whether the output holds findings: the command line then ends with exit code 1. */
  found?(output: z.output<O>): boolean
  run(input: z.output<I>, room: Room, call: Call): Promise<z.input<O>> | z.input<O>
}

/** An operation as rooms list it: what its schemas say is checked where it is written, and held for at run time by the doors. */
export interface RoomOperation<Room> extends Omit<Operation<z.ZodType, z.ZodType, Room>, 'example' | 'found' | 'run'> {
  readonly example: unknown
  found?(output: unknown): boolean
  run(input: unknown, room: Room, call: Call): unknown
}

/** Types an operation: inference of input and output from its schemas. Use: `operation<MyRoom>()({ … })`. */
export const operation =
  <Room>() =>
  <I extends z.ZodType, O extends z.ZodType>(o: Operation<I, O, Room>): RoomOperation<Room> =>
    o

/** An operation with its room already in hand: what the doors see. `run` takes input that the schema has parsed. */
export interface BoundOperation extends Omit<RoomOperation<void>, 'run'> {
  run(input: unknown, call: Call): Promise<unknown>
}

/** Hands a room to its operations. */
export const bind = <Room>(operations: readonly RoomOperation<Room>[], room: Room): BoundOperation[] =>
  operations.map((o) => ({ ...o, run: async (input, call) => o.run(input, room, call) }))
