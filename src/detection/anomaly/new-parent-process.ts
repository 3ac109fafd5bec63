// A program started by one that never started it before.
import { traits } from './facts.ts'
import { firstSeen } from './first-seen.ts'

export const newParentProcess = firstSeen({
  name: 'new-parent-process',
  id: 'b83a9386-fe8d-429c-b4aa-414febbdbae4',
  title: 'Program starts another for the first time',
  does: 'a program, known for days, that starts one it never started anywhere',
  level: 'low',
  techniques: ['T1059', 'T1204'],
  tactics: ['execution'],
  concerns: traits.start,
  pair: ({ event, parent, program }) =>
    event.class_uid === 1007 && event.activity_id === 1 && event.parent_process !== undefined
      ? [parent, program]
      : undefined,
  verb: 'started',
  plural: 'programs',
  seenDays: 5,
})
