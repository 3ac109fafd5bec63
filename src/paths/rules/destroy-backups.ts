// Taking away what things could be restored from.
import { files } from './logs.ts'
import type { Rule } from './rule.ts'
import { isBackup } from './backup.ts'

export const destroyBackups: Rule = {
  id: 'destroy-backups',
  title: 'Destroys the backups on {on}',
  technique: 'T1490',
  tactic: 'impact',
  skill: 'impact',
  does: 'Deletes or encrypts backups before anything else, so that nothing can be restored.',
  seenBy: { ...files, windows: ['windows/process_creation'] },
  less: { 'immutable-backup': 0.05, 'integrity-check': 0.9, redundancy: 0.7 },
  ground(facts, space, step) {
    for (const [index, { node: on, kept }] of facts.stores.entries()) {
      const node = facts.nodes[on]
      if (!node || !kept || !isBackup(facts, node)) continue
      const gives = space.fact('gone', index)
      step(gives, [space.fact('admin', on)], { on, base: 0.9, why: 'who controls it can delete' })
      step(gives, [space.fact('user', on)], {
        on,
        base: 0.6,
        why: 'the account that writes backups can often delete them',
      })
    }
  },
}
