// One secret opens many machines.
import { among, has } from '../facts.ts'
import { onTrust } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const oneSecretForMany: ThreatRule = {
  id: 'one-secret-for-many',
  title: 'One secret opens many machines',
  stride: ['E'],
  linddun: [],
  cwe: ['CWE-798', 'CWE-1391'],
  attack: ['T1078.002', 'T1021'],
  meaning: 'The same machine keeps passwords that open several others as a service or administrator.',
  consequence: 'Who finds one password walks through all of them.',
  fix: 'A managed identity for each, rotated by a machine, that may do one thing.',
  seenBy: 'windows/security 4624 type 3 and 5: one account on many machines',
  falsePositives: 'Each target has a different password that only a vault knows.',
  remedy: 'vault',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['edr', 'least-privilege'],
  find: (facts) =>
    onTrust(facts, 2, (trust, from) => {
      const same = facts.estate.trust.filter(
        (one) => one.from === trust.from && one.factor === 'password' && one.as !== 'user',
      )
      const many = trust.factor === 'password' && trust.as !== 'user' && same.length >= 3 && same[0]?.id === trust.id
      return (
        many &&
        !among(from, 'identity') &&
        !has(from, 'secrets-vault') && {
          text: `${from.title} keeps passwords that open ${same.length} machines`,
          assets: same.map(({ to }) => to),
        }
      )
    }),
}
