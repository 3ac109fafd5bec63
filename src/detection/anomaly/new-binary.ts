// A program file that a machine never ran.
import { traits } from './facts.ts'
import { firstSeen } from './first-seen.ts'
import { remembered } from './remembered.ts'

/** Where it lies counts too, without what differs from user to user and from version to version. */
const placeOf = remembered((path) =>
  path
    .slice(-300)
    .toLowerCase()
    .replaceAll(/([\\/](?:users|home)[\\/])[^\\/]{1,100}/g, '$1*')
    .replaceAll(/[\da-f]{8}-[\da-f-]{27}|\d{1,20}/g, '#'),
)

export const newBinary = firstSeen({
  name: 'new-binary',
  id: '0e09cbd7-4e47-4728-ab42-529f37f43a9c',
  title: 'Program runs on a machine for the first time',
  does: 'a program file that a machine never ran and that few others did; digits and user names in the path do not count',
  level: 'low',
  techniques: ['T1204.002', 'T1105'],
  tactics: ['execution'],
  concerns: traits.start,
  pair: ({ event, host }) =>
    event.class_uid === 1007 && event.activity_id === 1 && event.parent_process !== undefined
      ? [host, placeOf(event.process ?? '')]
      : undefined,
  verb: 'ran',
  plural: 'programs',
  others: 1,
})
