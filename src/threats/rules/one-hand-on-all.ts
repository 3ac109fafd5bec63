// One machine that commands many.
import { among, has, is, isCrownJewel } from '../facts.ts'
import { onReached } from '../finders.ts'
import { isAdministration } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const oneHandOnAll: ThreatRule = {
  id: 'one-hand-on-all',
  title: 'One machine that commands many',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-250', 'CWE-269'],
  attack: ['T1072', 'T1021.006'],
  meaning: 'A machine that manages others can be reached from machines at which people read mail.',
  consequence: 'What it is told to install is installed everywhere: the favourite way of ransomware.',
  fix: 'Administer it from a machine of its own with passkeys, and ask for a second person before a change goes everywhere.',
  seenBy:
    "the tool's own log: new packages and scripts; windows/security 4697, category process_creation below the agent",
  falsePositives: 'It can only read.',
  remedy: 'harden-manager',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity', 'availability'],
  slowedBy: ['mfa', 'phishing-resistant-mfa', 'edr', 'session-recording'],
  find: (facts) =>
    onReached(facts, { from: ['internet', 'workplace'], within: 0 }, (asset) => {
      const behind = [
        ...new Set(
          facts
            .outOf(asset.id)
            .filter(
              (flow) => isAdministration(flow) || among(asset, 'management') || /ldap|winrm|smb/.test(flow.protocol),
            )
            .map(({ to }) => to),
        ),
      ]
      const commands = behind.filter((id) => {
        const one = facts.asset(id)
        return (
          one !== undefined && (isCrownJewel(facts, one) || facts.kept(id).length > 0 || is(one, 'issues-credentials'))
        )
      })
      const manages =
        among(asset, 'management') ||
        (is(asset, 'holds-credentials') && among(asset, 'server')) ||
        facts.kept(asset.id).some((one) => one.confidentiality === 'critical' && among(asset, 'server'))
      if (!manages || commands.length < 2 || has(asset, 'hardened') || facts.reach.internet.hops(asset.id) === 0)
        return undefined
      return {
        text: `${asset.title} commands ${commands.length} machines and is reached`,
        data: commands.flatMap((id) => facts.kept(id)),
        assets: commands,
      }
    }),
}
