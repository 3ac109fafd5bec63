// Code of strangers in what we build.
import { has, is } from '../facts.ts'
import { onFlows } from '../finders.ts'
import type { ThreatRule } from '../rule.ts'

export const codeFromElsewhere: ThreatRule = {
  id: 'code-from-elsewhere',
  title: 'Code of strangers in what we build',
  stride: ['T', 'E'],
  linddun: [],
  cwe: ['CWE-829', 'CWE-1357'],
  attack: ['T1195.001'],
  meaning: 'The builder fetches code and packages from another organisation, and nothing is said to check them.',
  consequence: 'A package that was taken over is in our product with the next build.',
  fix: 'Pin packages by hash, wait a few days with new versions, and keep a copy of our own.',
  seenBy: 'zeek/http and dns of the builder; package manager log',
  falsePositives: 'All packages are pinned and kept here: write integrity-check.',
  remedy: 'review-changes',
  frequency: 'every few years',
  privilege: 'nothing',
  harms: ['integrity', 'confidentiality'],
  slowedBy: ['sandbox', 'egress-filter'],
  find: (facts) =>
    onFlows(facts, (_, from, to) => {
      const elsewhere = facts.isPartner(to.id) || facts.isOutside(to.id)
      return (
        is(from, 'builds-code') &&
        elsewhere &&
        !has(from, 'code-review', 'integrity-check', 'signed-updates') && {
          text: `${from.title} builds what it fetches from ${to.title}`,
          at: from.id,
          data: facts.held(from.id),
        }
      )
    }),
}
