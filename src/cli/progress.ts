// A progress line on standard error: on a terminal only, at most ten times a second.

export interface Progress {
  update(done: number, total: number | undefined, text: string): void
  end(): void
}

const barWidth = 24

/** `████████░░░░ 66 %  12,000 events`; without a known total only the text. */
export function progressLine(done: number, total: number | undefined, text: string): string {
  if (total === undefined || total <= 0) return text
  const share = Math.min(1, done / total)
  const full = Math.round(share * barWidth)
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${String(Math.floor(share * 100)).padStart(3)} %  ${text}`
}

/** Writes to the stream when it is a terminal; says nothing otherwise. */
export function terminalProgress(stream: NodeJS.WriteStream, now: () => number): Progress {
  if (!stream.isTTY) return { update: () => undefined, end: () => undefined }
  let shown = 0
  return {
    update(done, total, text) {
      if (now() - shown < 100) return
      shown = now()
      stream.write(`\r\u001b[K${progressLine(done, total, text).slice(0, (stream.columns || 80) - 1)}`)
    },
    end: () => void stream.write('\r\u001b[K'),
  }
}
