// Secrets on a machine that can be reached.
import { among, atLeast, has, is, isSomebodyElses } from '../facts.ts'
import { onReached } from '../finders.ts'
import { isAdministration } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const secretsWithinReach: ThreatRule = {
  id: 'secrets-within-reach',
  title: 'Secrets on a machine that can be reached',
  stride: ['I', 'E'],
  linddun: [],
  cwe: ['CWE-522', 'CWE-256'],
  attack: ['T1552', 'T1555'],
  meaning: 'A machine that others can reach keeps passwords or keys, and no vault is named.',
  consequence: 'Who takes this machine takes all that its secrets open.',
  fix: 'Fetch secrets from a vault when they are needed, valid for an hour, and only for this machine.',
  seenBy: 'category file_access on key files; the vault; logins with the secret from elsewhere',
  falsePositives: 'The secrets are kept in hardware: write secrets-vault.',
  remedy: 'vault',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['edr', 'least-privilege', 'hardened', 'phishing-resistant-mfa'],
  find: (facts) =>
    onReached(facts, { from: ['internet', 'workplace', 'partner'], within: 1 }, (asset) => {
      const opens = facts.estate.trust.filter(({ from }) => from === asset.id)
      const keeps =
        is(asset, 'holds-credentials') &&
        !among(asset, 'identity', 'endpoint', 'cloud') &&
        !isSomebodyElses(asset) &&
        !has(asset, 'secrets-vault')
      const worth =
        opens.length > 0 ||
        facts.kept(asset.id).some((one) => atLeast(one.confidentiality, 'critical')) ||
        facts.outOf(asset.id).some((flow) => isAdministration(flow))
      return (
        keeps &&
        worth && {
          text: `${asset.title} keeps secrets and is reached`,
          data: facts.kept(asset.id),
          assets: opens.map(({ to }) => to),
        }
      )
    }),
}
