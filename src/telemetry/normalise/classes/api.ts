// Calls of an interface, in the cloud or on a cluster: what was called, and what kind of act that is.
import { type ClassRule, take } from './rule.ts'

const verbs: readonly (readonly [RegExp, number])[] = [
  [/^(?:create|put|add|run|start|post|insert|register|allocate|import|upload|attach|invite|enable)/i, 1],
  [/^(?:get|list|describe|head|read|watch|lookup|search|query|download|assume|decrypt|batchget|view|export)/i, 2],
  [/^(?:delete|remove|terminate|detach|deregister|revoke|destroy|disable|purge)/i, 4],
  [
    /^(?:update|modify|set|patch|change|edit|replace|reset|rotate|stop|reboot|tag|untag|restore|associate|authorize)/i,
    3,
  ],
]
/** The verb of `s3.objects.get`, `Microsoft.Compute/virtualMachines/write` and `CreateUser` stands at either end. */
function actOf(operation: string): number {
  const parts = operation.split(/[./: _]/).filter(Boolean)
  for (const part of [parts.at(-1) ?? '', ...parts]) {
    const found = verbs.find(([verb]) => verb.test(part))
    if (found) return found[1]
  }
  return 99
}

/** Fills in what was called. */
export const api: ClassRule = (input) => {
  const { draft, event } = input
  const called = take(input, [
    'eventName',
    'operationName',
    'operation',
    'methodName',
    'protoPayload.methodName',
    'verb',
    'action',
  ])
  const operation = called ?? event.activity
  draft.place('api.operation', operation)
  if (event.activity_id === undefined) draft.place('activity_id', actOf(operation))
  draft.place('api.service.name', event.logsource.service)
}
