// A program of our own as a process beside this one, which takes and gives values.
import { fork } from 'node:child_process'
import { Fault } from '#kernel'

export interface WorkerProcess {
  /** Values as structuredClone copies them. */
  send(message: object): void
  kill(): void
}
export interface WorkerEvents {
  readonly onMessage: (message: unknown) => void
  /** It ended, by itself or killed; heard once. */
  readonly onEnd: (why: Fault) => void
}

/** Starts a module of ours; it gets what is sent by `process.on('message')`, and answers by `process.send`. It ends with this process. */
export function startWorkerProcess(module: string, { onMessage, onEnd }: WorkerEvents): WorkerProcess {
  const child = fork(module, { serialization: 'advanced' })
  let ended = false
  const end = (why: string, cause?: unknown) => {
    if (!ended) onEnd(new Fault('BUG', `a worker ended by itself: ${why}`, { cause }))
    ended = true
  }
  child.on('message', onMessage)
  child.on('error', (thrown) => end(thrown.message, thrown))
  child.on('exit', (code, signal) => end(String(code ?? signal)))
  return {
    send: (message) => {
      if (!ended) child.send(message)
    },
    kill: () => {
      child.kill('SIGKILL')
    },
  }
}
