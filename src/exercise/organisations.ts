// The invented organisations that telemetry can be had of. Another one is one line more.
import { Fault } from '#kernel'
import { fernhill, fernhillAttackSteps, fernhillSources } from './fernhill.ts'
import type { Organisation } from './types.ts'

export const organisations: Readonly<Record<string, Organisation>> = {
  fernhill: {
    name: 'fernhill',
    title: 'Fernhill Health',
    sources: fernhillSources,
    records: fernhill,
    attackSteps: fernhillAttackSteps,
  },
}

/** An organisation by name. Throws Fault INPUT_INVALID that names those there are. */
export function organisationOf(name: string): Organisation {
  const known = Object.hasOwn(organisations, name) ? organisations[name] : undefined
  if (known === undefined)
    throw new Fault('INPUT_INVALID', `no organisation ${name}; there are: ${Object.keys(organisations).join(', ')}`)
  return known
}
