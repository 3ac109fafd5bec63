// Something new that starts by itself: a service, a task, a run key, a unit file.
import { traits } from './facts.ts'
import { firstSeen } from './first-seen.ts'

export const newPersistence = firstSeen({
  name: 'new-persistence',
  id: 'ec3516dd-c83c-4d47-a183-4ca822156143',
  title: 'Something new starts by itself',
  does: 'a service, scheduled task, run key, unit or start-up file that a machine never had and that few others have',
  level: 'medium',
  techniques: ['T1543', 'T1053', 'T1547'],
  tactics: ['persistence'],
  concerns: traits.persists,
  pair: ({ host, persists }) => [host, persists],
  verb: 'got',
  plural: 'that start by themselves',
  seenDays: 0,
})
