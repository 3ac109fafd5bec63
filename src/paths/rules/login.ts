// What a credential opens: shared by the rules that log in.
import type { Category } from '#model'
import type { Credential } from '../credentials.ts'
import type { Facts } from '../facts.ts'
import type { Space } from '../space.ts'
import type { Emit, How } from './rule.ts'

/** Where an ordinary account gets a prompt of its own: not on a directory. */
const logsOn = new Set<Category>([
  'server',
  'endpoint',
  'container',
  'build',
  'web',
  'proxy',
  'application',
  'database',
  'management',
  'backup',
])

/** Steps by which a credential is used on what it opens: over its service, or over its administration. `needs` is what stands for the credential. */
export function logIn(facts: Facts, space: Space, credential: Credential, use: Use): void {
  const { base, why, technique, needs, step } = use
  const { as, change } = credential
  for (const on of credential.opens) {
    const node = facts.nodes[on]
    if (!node) continue
    const { category } = node.asset
    const cloud = category === 'cloud' || category === 'saas'
    if (overService(facts, on, as)) {
      const gives = space.fact(as === 'admin' ? 'admin' : 'user', on)
      step(gives, [needs, space.fact('service', on)], {
        on,
        base,
        why,
        change,
        technique: technique ?? (cloud ? 'T1078.004' : 'T1078'),
      })
    }
    if (facts.doors.shell[on] === 1) {
      const gives = space.fact(as === 'admin' ? 'admin' : logsOn.has(category) ? 'code' : 'user', on)
      step(gives, [needs, space.fact('shell', on)], {
        on,
        base,
        why,
        change,
        technique: technique ?? remote(node.asset.technology),
      })
    }
  }
}

interface Use extends Pick<How, 'base' | 'why'> {
  /** fact that stands for the credential */
  readonly needs: number
  /** instead of what the way of logging in says */
  readonly technique?: string
  readonly step: Emit
}

/** Whether an account is used over what a node serves: that of an administrator is not where there is SSH, RDP or the like. */
export const overService = ({ doors }: Facts, on: number, as: Credential['as']): boolean =>
  doors.service[on] === 1 && !(as === 'admin' && doors.administered[on] === 1)

const remote = (technology: string): string =>
  /windows|active-directory|mssql/.test(technology) ? 'T1021.006' : 'T1021.004'
