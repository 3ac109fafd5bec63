// Every check of the model. Adding one: its file, and its line here.
import type { Issue } from '#kernel'
import type { Written } from '../written.ts'
import { addressOutsideZone } from './address-outside-zone.ts'
import { assumptionBroken, assumptionExpired } from './assumption.ts'
import { badNetwork } from './bad-network.ts'
import type { Around, Check } from './check.ts'
import { needsTooMany } from './deployment.ts'
import { fixedNothing } from './fixed-nothing.ts'
import { flowToItself } from './flow-to-itself.ts'
import { badHost } from './host-pattern.ts'
import { kindCycle } from './kind-cycle.ts'
import { moveRing, movedNowhere, movedStillHere } from './moved.ts'
import { personUsesNothing } from './person-uses-nothing.ts'
import { duplicateAddress, duplicateHost } from './same-name.ts'
import { trustToItself } from './trust-to-itself.ts'
import { unknownKind } from './unknown-kind.ts'
import { unknownReference } from './unknown-reference.ts'
import { assetWithoutFlow, dataNowhere, serviceNeedsNothing } from './unused.ts'
import { viewEmpty, viewQuery } from './view-query.ts'
import { zoneCycle } from './zone-cycle.ts'
import { zoneOutsideParent, zoneOverlap } from './zone-networks.ts'

export const checks: readonly Check[] = [
  unknownReference,
  unknownKind,
  kindCycle,
  zoneCycle,
  badNetwork,
  zoneOverlap,
  zoneOutsideParent,
  addressOutsideZone,
  badHost,
  duplicateHost,
  duplicateAddress,
  flowToItself,
  trustToItself,
  needsTooMany,
  movedNowhere,
  moveRing,
  movedStillHere,
  viewQuery,
  viewEmpty,
  assumptionExpired,
  assumptionBroken,
  fixedNothing,
  personUsesNothing,
  dataNowhere,
  assetWithoutFlow,
  serviceNeedsNothing,
]

/** Every problem of a model as a whole. Checks that look for what is missing wait until every file can be read. */
export const checkModel = (model: Written, around: Around): Issue[] =>
  checks.flatMap((check) => (check.wantsAll && !model.complete ? [] : check.find(model, check.code, around)))
