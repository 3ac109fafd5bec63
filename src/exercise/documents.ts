// Names of documents that people write, send and open.
import type { Dice } from './dice.ts'
import type { Team } from './people.ts'

const subjects: Readonly<Record<Team, readonly [string, ...string[]]>> = {
  clinicians: [
    'Referral letter',
    'Care plan',
    'Clinic rota',
    'Consent form',
    'Discharge summary',
    'Prescribing guideline',
  ],
  support: ['Call notes', 'Escalation', 'Known problems', 'Shift handover'],
  developers: ['Release notes', 'API change', 'Design note', 'Load test'],
  operations: ['Runbook', 'Capacity plan', 'Maintenance window', 'Restore test'],
  it: ['Asset list', 'Laptop handover', 'Access review', 'Licence count'],
  finance: ['Invoice run', 'Remittance advice', 'Month end', 'Budget', 'VAT return', 'Supplier statement'],
  hr: ['Offer letter', 'Leave calendar', 'Onboarding', 'Appraisal form'],
  marketing: ['Campaign', 'Press note', 'Patient survey', 'Newsletter'],
  management: ['Board pack', 'Strategy', 'Risk review', 'Partner agreement'],
}
const endings = ['docx', 'docx', 'xlsx', 'pdf', 'pptx', 'pdf'] as const
const programs = { docx: 'word', xlsx: 'excel', pdf: 'pdf', pptx: 'powerpoint' } as const

export interface Document {
  readonly name: string
  /** Short name of the program that opens it. */
  readonly opens: string
}

export function documentOf(team: Team, dice: Dice): Document {
  const ending = dice.pick(endings)
  return { name: `${dice.pick(subjects[team])} ${dice.between(1, 60)}.${ending}`, opens: programs[ending] }
}
