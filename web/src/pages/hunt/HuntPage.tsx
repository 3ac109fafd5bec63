// The hunt: a search over everything that was logged, its volume over time, its fields, and what pipes make of it.
import './hunt.css'
import './result.css'
import { Computed } from './Computed.tsx'
import { Found } from './Found.tsx'
import { hasPipes } from './language.ts'
import { useHuntUrl } from './state.ts'

export function Page() {
  const hunt = useHuntUrl()
  return hasPipes(hunt.q) ? <Computed hunt={hunt} /> : <Found hunt={hunt} />
}
