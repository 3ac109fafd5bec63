// Scripts of strangers in our pages.
import { among, has, is, isWorkplace } from '../facts.ts'
import { onReached } from '../finders.ts'
import { passesOn } from '../looks.ts'
import type { ThreatRule } from '../rule.ts'

export const scriptInPages: ThreatRule = {
  id: 'script-in-pages',
  title: 'Scripts of strangers in our pages',
  stride: ['T', 'S'],
  linddun: [],
  cwe: ['CWE-79'],
  attack: ['T1189', 'T1059.007', 'T1185'],
  meaning: 'Pages show what other people wrote, and a program can hide in it.',
  consequence: 'It runs in the browser of whoever looks, with their rights: also in that of an administrator.',
  fix: 'Write user content only through templates that escape it, and forbid foreign scripts by a content security policy.',
  seenBy: 'category webserver: script tags in what is sent; reports of the content security policy',
  falsePositives: 'Everything shown is escaped: write the control input-validation.',
  remedy: 'validate-input',
  frequency: 'yearly',
  privilege: 'user',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['waf', 'sandbox'],
  find: (facts) =>
    onReached(facts, { from: ['internet'], within: 1 }, (asset) => {
      const viewers = [...facts.into(asset.id)].filter(
        ({ from }) => facts.isOutside(from) || isWorkplace(facts.asset(from)) || passesOn(facts, facts.asset(from)),
      )
      if (
        !is(asset, 'renders-user-content') ||
        among(asset, 'saas', 'endpoint', 'browser') ||
        has(asset, 'input-validation') ||
        viewers.length === 0
      )
        return undefined
      return `${asset.title} shows people what others wrote`
    }),
}
