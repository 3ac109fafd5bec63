// The answer of event.ocsf, read with care: the event as text in lines, and what the schema objects to.

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export interface OcsfView {
  readonly text: string
  readonly problems: readonly { readonly path: string; readonly text: string }[]
}

/** The parts of an answer; empty ones where it has none. */
export function ocsfOf(answer: unknown): OcsfView {
  const { event = {}, problems } = isRecord(answer) ? answer : {}
  const all: unknown[] = Array.isArray(problems) ? problems : []
  return {
    text: JSON.stringify(event, null, 2),
    problems: all.flatMap((one) => (isRecord(one) ? [{ path: textOf(one['path']), text: textOf(one['text']) }] : [])),
  }
}
