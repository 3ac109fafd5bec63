// Other programs, run without a shell: arguments as a list, limits on time and output.
import { type ChildProcess, spawn } from 'node:child_process'
import { no, ok, type Result } from '#kernel'
import { sizeText } from './files.ts'
import { systemErrorText } from './system-error.ts'

/** What a program that ended by itself said. */
export interface ProcessOutput {
  readonly stdout: string
  readonly stderr: string
  /** Exit code; programs use it as they like, so one that is not 0 is no failure here. */
  readonly code: number
}

/** Limits and input of one run. */
export interface RunProcess {
  readonly timeoutMilliseconds: number
  /** Most bytes of standard output; standard error is cut at 64 KiB. */
  readonly maxBytes: number
  readonly input?: string | Uint8Array
  readonly signal?: AbortSignal
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>
  readonly folder?: string
}
const mostErrorBytes = 65_536

const start = (
  command: string,
  args: readonly string[],
  options: Pick<RunProcess, 'env' | 'folder'>,
  stdin: 'pipe' | 'ignore',
) =>
  spawn(command, [...args], {
    stdio: [stdin, 'pipe', 'pipe'],
    // Programs print for machines only in the C locale.
    env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
    ...(options.folder === undefined ? {} : { cwd: options.folder }),
  })

/**
 * Runs a program to its end. Fails with a sentence when it cannot be started, takes too long, prints too much, is cancelled or is killed;
 * it is then ended with SIGKILL. Never throws.
 */
export function runProcess(
  command: string,
  args: readonly string[],
  options: RunProcess,
): Promise<Result<ProcessOutput, string>> {
  if (options.signal?.aborted) return Promise.resolve(no(`${command} was cancelled`))
  return new Promise((resolve) => {
    const child = start(command, args, options, 'pipe')
    const out = gather(options.maxBytes, () => end(`${command} printed more than ${sizeText(options.maxBytes)}`))
    const errors = gather(mostErrorBytes, () => undefined)
    let why: string | undefined
    const end = (reason: string): void => {
      why ??= reason
      child.kill('SIGKILL')
      // A grandchild may hold the pipes open; what it says is not waited for.
      child.stdout?.destroy()
      child.stderr?.destroy()
    }
    const timer = setTimeout(
      () => end(`${command} did not end within ${options.timeoutMilliseconds} ms`),
      options.timeoutMilliseconds,
    )
    const cancel = () => end(`${command} was cancelled`)
    options.signal?.addEventListener('abort', cancel, { once: true })
    const settle = (result: Result<ProcessOutput, string>): void => {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', cancel)
      resolve(result)
    }
    child.stdout?.on('data', out.take)
    child.stderr?.on('data', errors.take)
    child.on('error', (error) => settle(no(`cannot run ${command}: ${systemErrorText(error)}`)))
    child.on('close', (code, signal) => {
      if (why !== undefined) return settle(no(why))
      if (code === null) return settle(no(`${command} was ended by ${signal ?? 'a signal'}`))
      settle(ok({ stdout: out.text(), stderr: errors.text(), code }))
    })
    give(child, options.input)
  })
}

function give(child: ChildProcess, input: string | Uint8Array | undefined): void {
  // A program may end before it has read all; that is its right.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(input)
}

function gather(most: number, tooMuch: () => void) {
  const parts: Buffer[] = []
  let bytes = 0
  return {
    take: (part: Buffer): void => {
      const room = most - bytes
      if (room > 0) parts.push(part.subarray(0, room))
      bytes += part.length
      if (bytes > most) tooMuch()
    },
    text: (): string => Buffer.concat(parts).toString('utf8'),
  }
}

/** How to follow a program that goes on printing. */
export interface FollowProcess {
  /** Longer lines are cut here; the rest of the line is dropped. Default 1 MiB. */
  readonly maxLineBytes?: number
  readonly signal?: AbortSignal
  readonly env?: Readonly<Record<string, string>>
  readonly folder?: string
}

/** A program being followed. */
export interface FollowedProcess {
  readonly pid: number | undefined
  /** Resolves (never rejects) when it has ended and every line was handed over. `why` is empty when it was asked to stop. */
  readonly ended: Promise<{ readonly code: number | null; readonly why: string }>
  /** Asks it to end (SIGTERM), after two seconds makes it (SIGKILL); resolves when it has. */
  stop(): Promise<void>
}

/**
 * Runs a program and hands over each line it prints. While `onLine` works (returns a promise) nothing more is read, so a slow reader slows
 * the program instead of filling memory. `cut` says that the line was longer than allowed. Starting again after an end is the caller's choice.
 */
export function followProcess(
  command: string,
  args: readonly string[],
  onLine: (line: string, cut: boolean) => void | Promise<void>,
  options: FollowProcess = {},
): FollowedProcess {
  const child = start(command, args, options, 'ignore')
  const errors = gather(mostErrorBytes, () => undefined)
  let stopping = false
  let failed: string | undefined
  child.stderr?.on('data', errors.take)
  const closed = new Promise<number | null>((done) => {
    child.on('error', (error) => {
      failed ??= `cannot run ${command}: ${systemErrorText(error)}`
      done(null)
    })
    child.on('exit', (code) => done(code))
  })
  const stop = async (): Promise<void> => {
    stopping = true
    child.kill('SIGTERM')
    const force = setTimeout(() => child.kill('SIGKILL'), 2_000)
    await ended
    clearTimeout(force)
  }
  const read = async (): Promise<void> => {
    try {
      for await (const { line, cut } of linesOf(child.stdout ?? [], options.maxLineBytes ?? 1_048_576)) {
        const working = onLine(line, cut)
        if (working) await working
      }
    } catch (thrown) {
      failed ??= `reading ${command} failed: ${systemErrorText(thrown)}`
      child.kill('SIGTERM')
    }
  }
  const ended = Promise.all([closed, read()]).then(([code]) => {
    options.signal?.removeEventListener('abort', onAbort)
    const said = errors.text().trim().split('\n').at(-1) ?? ''
    const why =
      failed ?? (stopping ? '' : `${command} ended with ${code ?? 'a signal'}${said === '' ? '' : `: ${said}`}`)
    return { code, why }
  })
  const onAbort = () => void stop()
  if (options.signal?.aborted) onAbort()
  else options.signal?.addEventListener('abort', onAbort, { once: true })
  return { pid: child.pid, ended, stop }
}

/** Lines of a byte stream without their line ends, each at most `most` bytes; memory stays bounded whatever comes. */
export async function* linesOf(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  most: number,
): AsyncGenerator<{ line: string; cut: boolean }> {
  let kept: Buffer[] = []
  let bytes = 0
  let cut = false
  const keep = (part: Buffer): void => {
    const room = most - bytes
    if (part.length > room) cut = true
    if (room > 0 && part.length > 0) kept.push(part.subarray(0, room))
    bytes += Math.min(part.length, Math.max(room, 0))
  }
  const take = () => {
    const whole = Buffer.concat(kept)
    const line = (whole.at(-1) === 13 ? whole.subarray(0, -1) : whole).toString('utf8')
    const result = { line, cut }
    kept = []
    bytes = 0
    cut = false
    return result
  }
  for await (const part of stream) {
    let rest = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      keep(rest.subarray(0, end))
      rest = rest.subarray(end + 1)
      yield take()
    }
    keep(rest)
  }
  if (bytes > 0) yield take()
}
