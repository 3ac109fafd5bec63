// Processes: which one it happens to, and which one does it.
import { process } from '../columns.ts'
import { type ClassRule, take } from './rule.ts'

/** Who started it is its parent; who opens or injects is the source of that, and the target is the process. */
export const processActivity: ClassRule = (input) => {
  const { draft, event } = input
  const target = take(input, ['TargetImage', 'target.process.executable'])
  if (target !== undefined) {
    process(draft, 'process', [target, take(input, ['TargetProcessGuid', 'TargetProcessGUID'])])
    draft.place('process.pid', take(input, ['TargetProcessId', 'TargetProcessID']))
    draft.place('process.user.name', take(input, ['TargetUser']))
    process(draft, 'actor.process', [event.process, event.process_uid])
    draft.place('requested_permissions', take(input, ['GrantedAccess']))
    if (event.activity.includes('thread')) draft.place('injection_type_id', 1)
    return
  }
  process(draft, 'actor.process', [event.parent_process, event.parent_process_uid])
}
