// Questions that are asked when somebody wants to know, not whenever a page is drawn.
import { useEffect, useRef, useState } from 'react'
import { asTrouble, type Trouble } from '../../client/client.ts'

export interface Asked<Answer> {
  readonly data: Answer | undefined
  readonly error: Trouble | undefined
  readonly busy: boolean
  readonly ask: () => void
}

/** Asks once for each call of `ask`; a question that is asked again, or whose page is left, is given up. */
export function useAsk<Answer>(
  question: (signal: AbortSignal) => Promise<Answer>,
  done?: (answer: Answer) => void,
): Asked<Answer> {
  const [state, setState] = useState<Omit<Asked<Answer>, 'ask'>>({ data: undefined, error: undefined, busy: false })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const run = async (control: AbortController): Promise<void> => {
    try {
      const data = await question(control.signal)
      if (control.signal.aborted) return
      setState({ data, error: undefined, busy: false })
      done?.(data)
    } catch (thrown) {
      if (!control.signal.aborted) setState({ data: undefined, error: asTrouble(thrown), busy: false })
    }
  }
  const ask = (): void => {
    running.current?.abort()
    const control = new AbortController()
    running.current = control
    setState((before) => ({ ...before, error: undefined, busy: true }))
    void run(control)
  }
  return { ...state, ask }
}

/** A value once it has stayed the same for so many milliseconds. */
export function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}
