// /etc/os-release as text → what the system calls itself.
import type { HostFacts } from './types.ts'

/** `KEY=value` lines; values may stand in quotes with backslashes (os-release(5)). */
export function systemOf(osRelease: string, kernel: string): Omit<HostFacts['system'], 'platform'> {
  const fields = new Map(
    osRelease
      .split('\n')
      .slice(0, 1_000)
      .flatMap((line) => {
        const found = /^([A-Z_0-9]+)=(.*)$/.exec(line.trim())
        return found ? [[found[1] ?? '', unquoted(found[2] ?? '')] as const] : []
      }),
  )
  const id = fields.get('ID') ?? 'unknown'
  return {
    id,
    title: fields.get('PRETTY_NAME') ?? fields.get('NAME') ?? id,
    version: fields.get('VERSION_ID') ?? 'unknown',
    kernel: kernel.trim().split('\n')[0] || 'unknown',
  }
}

const unquoted = (text: string): string =>
  /^(["']).*\1$/s.test(text) && text.length > 1 ? text.slice(1, -1).replace(/\\(["'\\$`])/g, '$1') : text
