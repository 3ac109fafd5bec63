// Every check of the model. Adding one: its file, and its line here.
import type { Issue } from '#kernel'
import type { Written } from '../written.ts'
import { addressOutsideZone } from './address-outside-zone.ts'
import { badNetwork } from './bad-network.ts'
import type { Check } from './check.ts'
import { flowToItself } from './flow-to-itself.ts'
import { badHost } from './host-pattern.ts'
import { duplicateAddress, duplicateHost } from './same-name.ts'
import { unknownReference } from './unknown-reference.ts'
import { assetWithoutFlow, dataNowhere, serviceNeedsNothing } from './unused.ts'
import { zoneCycle } from './zone-cycle.ts'
import { zoneOutsideParent, zoneOverlap } from './zone-networks.ts'

export const checks: readonly Check[] = [
  unknownReference,
  zoneCycle,
  badNetwork,
  zoneOverlap,
  zoneOutsideParent,
  addressOutsideZone,
  badHost,
  duplicateHost,
  duplicateAddress,
  flowToItself,
  dataNowhere,
  assetWithoutFlow,
  serviceNeedsNothing,
]

/** Every problem of a model as a whole. Checks that look for what is missing wait until every file can be read. */
export const checkModel = (model: Written): Issue[] =>
  checks.flatMap((check) => (check.wantsAll && !model.complete ? [] : check.find(model, check.code)))
