// Tickets and tokens, made by whoever controls what issues them.
import type { Rule } from './rule.ts'

export const forgeCredentials: Rule = {
  id: 'forge-credentials',
  title: 'Makes tickets for anybody with the keys of {on}',
  technique: 'T1606',
  tactic: 'credential-access',
  skill: 'credentials',
  does: 'Controls the directory or single sign-on, and so issues a valid ticket in any name to whatever trusts it.',
  seenBy: { windows: ['windows/security'], saas: ['okta/okta', 'azure/auditlogs'], cloud: ['aws/cloudtrail'] },
  less: { edr: 0.8, hardened: 0.8, logging: 0.95 },
  ground(facts, space, step) {
    for (const { index, vouchedBy } of facts.credentials) {
      for (const on of vouchedBy) {
        const technique = /directory|ldap|kerberos|samba/.test(facts.nodes[on]?.asset.kind ?? '') ? 'T1558' : 'T1606'
        step(space.fact('secret', index), [space.fact('admin', on)], {
          on,
          base: 0.9,
          why: 'it vouches for this credential',
          technique,
        })
      }
    }
  },
}
