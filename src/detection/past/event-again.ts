// A stored event as the stream had it: read again from its record, for the store keeps lists as texts and drops empty values.
import { eventOf, type EventView, parseRecord } from '#telemetry'
import type { Explained } from '../desk/why-not.ts'

/** The event as a rule in the stream met it; as the store has it when its record is read otherwise today. */
export function eventAgain(view: EventView): Explained {
  const { product, service, categories } = view
  const logsource = { ...(product ? { product } : {}), ...(service ? { service } : {}), categories }
  const again = parseRecord({ source: view.source, parser: view.parser, received: view.received, text: view.raw })
  const same = again.parser === view.parser && JSON.stringify(again.logsource) === JSON.stringify(logsource)
  return { logsource, fields: same ? again.fields : eventOf(view).fields, raw: view.raw }
}
