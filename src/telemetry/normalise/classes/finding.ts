// Findings: what was found, by which rule, and with what evidence.
import { controlled } from './network.ts'
import { type ClassRule, take } from './rule.ts'

const titles = [
  'alert.signature',
  'rule.name',
  'Threat Name',
  'ThreatName',
  'Title',
  'title',
  'signature',
  'rule',
  'note',
  'event_name',
]

/** A finding needs a title and an identity; the title is also the name of the analytic that found it. */
export const finding: ClassRule = (input) => {
  const { draft, event } = input
  const at = draft.has('finding_info') ? 'finding_info' : 'finding'
  const title = take(input, titles) ?? event.activity
  draft.place(`${at}.title`, title)
  draft.place(`${at}.uid`, take(input, ['finding_id', 'Id', 'id', 'alert.id']) ?? event.id ?? `${event.time}`)
  if (at === 'finding_info') {
    draft.place('finding_info.analytic.name', title)
    draft.place('finding_info.analytic.type_id', 1)
    draft.place('finding_info.desc', event.message)
  }
  controlled(input)
  if (draft.has('is_alert')) draft.place('is_alert', true)
}
