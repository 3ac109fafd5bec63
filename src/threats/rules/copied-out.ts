// A colleague who takes data along.
import { atLeast, has, is } from '../facts.ts'
import { names, onLogins } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const copiedOut: ThreatRule = {
  id: 'copied-out',
  title: 'A colleague who takes data along',
  stride: ['I'],
  linddun: [],
  cwe: ['CWE-200', 'CWE-359'],
  attack: ['T1052.001', 'T1567', 'T1213'],
  meaning: 'People read very many confidential records, can take them away, and nothing would notice.',
  consequence: 'The list goes to a competitor, a newspaper or a buyer, and it comes out months later.',
  fix: 'Limit how many records one may read in a day, watch for it, and close the ways out.',
  seenBy: "the application's log: records a day by person; category file_event on media; proxy: large uploads",
  falsePositives: 'They can only read one record at a time, and that is counted: write dlp.',
  remedy: 'stop-copying',
  frequency: 'every few years',
  privilege: 'user',
  harms: ['confidentiality'],
  slowedBy: ['session-recording', 'least-privilege', 'logging', 'pseudonymised'],
  find: (facts) =>
    onLogins(facts, 'insider', (person, use, asset) => {
      const many = facts.kept(asset.id).filter((one) => atLeast(one.confidentiality, 'high') && one.records >= 1_000)
      const ways = (['plugs-media', 'uses-own-device', 'works-from-anywhere'] as const).filter((habit) =>
        person.habits.includes(habit),
      )
      const out = ways.length > 0 || use.as === 'admin' || person.external
      if (many.length === 0 || !out || has(asset, 'dlp') || is(asset, 'issues-credentials')) return undefined
      return {
        text: `${person.title} read ${names(many)} on ${asset.title} and can take them away`,
        at: asset.id,
        data: many,
      }
    }),
}
