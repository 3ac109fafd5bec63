// Every rule. Adding one: its file, its line here, and its cases below cases/.
import type { ThreatRule } from '../rule.ts'
import { accountOfMany } from './account-of-many.ts'
import { adminWithoutLogin } from './admin-without-login.ts'
import { administeredFromTheDesk } from './administered-from-the-desk.ts'
import { administrationOnTheInternet } from './administration-on-the-internet.ts'
import { backupCopyDeleted } from './backup-copy-deleted.ts'
import { backupWithinReach } from './backup-within-reach.ts'
import { blindCrossing } from './blind-crossing.ts'
import { builderIntoProduction } from './builder-into-production.ts'
import { cannotBeForgotten } from './cannot-be-forgotten.ts'
import { cannotBePatched } from './cannot-be-patched.ts'
import { changeInTransit } from './change-in-transit.ts'
import { changesWithoutRecord } from './changes-without-record.ts'
import { cloudByKey } from './cloud-by-key.ts'
import { codeFromElsewhere } from './code-from-elsewhere.ts'
import { containerToHost } from './container-to-host.ts'
import { copiedOut } from './copied-out.ts'
import { copiesInTheClear } from './copies-in-the-clear.ts'
import { deviceIntoOffice } from './device-into-office.ts'
import { edgeDeviceTaken } from './edge-device-taken.ts'
import { federationFromOutside } from './federation-from-outside.ts'
import { flooded } from './flooded.ts'
import { foreignCodeBesideSecrets } from './foreign-code-beside-secrets.ts'
import { foreignFiles } from './foreign-files.ts'
import { forgedRecords } from './forged-records.ts'
import { gateWalkedAround } from './gate-walked-around.ts'
import { givenAway } from './given-away.ts'
import { guessableLogin } from './guessable-login.ts'
import { identityWithinReach } from './identity-within-reach.ts'
import { injection } from './injection.ts'
import { jewelBesideWeaker } from './jewel-beside-weaker.ts'
import { keptForEver } from './kept-for-ever.ts'
import { keyLeftLying } from './key-left-lying.ts'
import { lostMachine } from './lost-machine.ts'
import { luredRequests } from './lured-requests.ts'
import { noCopy } from './no-copy.ts'
import { oldProtocol } from './old-protocol.ts'
import { oneDoorToAll } from './one-door-to-all.ts'
import { oneHand } from './one-hand.ts'
import { oneHandOnAll } from './one-hand-on-all.ts'
import { oneSecretForMany } from './one-secret-for-many.ts'
import { onlyOne } from './only-one.ts'
import { openBucket } from './open-bucket.ts'
import { openWayOut } from './open-way-out.ts'
import { openedAttachment } from './opened-attachment.ts'
import { othersRecords } from './others-records.ts'
import { outsideAdministrator } from './outside-administrator.ts'
import { ownDevices } from './own-devices.ts'
import { partnerWithWeakKey } from './partner-with-weak-key.ts'
import { passwordFromElsewhere } from './password-from-elsewhere.ts'
import { passwordInClear } from './password-in-clear.ts'
import { peopleInLogs } from './people-in-logs.ts'
import { phishedIntoPrivilege } from './phished-into-privilege.ts'
import { phishedUser } from './phished-user.ts'
import { pluggedIn } from './plugged-in.ts'
import { profilesJoined } from './profiles-joined.ts'
import { publicWithoutLogin } from './public-without-login.ts'
import { queueAnyoneWrites } from './queue-anyone-writes.ts'
import { realNamesInTests } from './real-names-in-tests.ts'
import { rightsThatStayed } from './rights-that-stayed.ts'
import { safetyWithinReach } from './safety-within-reach.ts'
import { scriptInPages } from './script-in-pages.ts'
import { secretInClear } from './secret-in-clear.ts'
import { secretsWithinReach } from './secrets-within-reach.ts'
import { sharedFilesEncrypted } from './shared-files-encrypted.ts'
import { storeBesideExposed } from './store-beside-exposed.ts'
import { storeOnTheInternet } from './store-on-the-internet.ts'
import { storeWithoutLogin } from './store-without-login.ts'
import { supplierComesIn } from './supplier-comes-in.ts'
import { tenantsTogether } from './tenants-together.ts'
import { testIntoProduction } from './test-into-production.ts'
import { tiredIntoYes } from './tired-into-yes.ts'
import { tooManyAdministrators } from './too-many-administrators.ts'
import { trustWithoutSecret } from './trust-without-secret.ts'
import { trustedByAddress } from './trusted-by-address.ts'
import { unpatchedAtTheEdge } from './unpatched-at-the-edge.ts'
import { unwatchedJewel } from './unwatched-jewel.ts'
import { updatesOnTrust } from './updates-on-trust.ts'
import { userEnumeration } from './user-enumeration.ts'
import { workplaceToDatabase } from './workplace-to-database.ts'

export const threatRules: readonly ThreatRule[] = [
  secretInClear,
  passwordInClear,
  changeInTransit,
  oldProtocol,
  storeWithoutLogin,
  adminWithoutLogin,
  trustedByAddress,
  guessableLogin,
  othersRecords,
  publicWithoutLogin,
  changesWithoutRecord,
  forgedRecords,
  partnerWithWeakKey,
  testIntoProduction,
  queueAnyoneWrites,
  injection,
  scriptInPages,
  foreignFiles,
  luredRequests,
  flooded,
  onlyOne,
  unpatchedAtTheEdge,
  edgeDeviceTaken,
  gateWalkedAround,
  userEnumeration,
  administrationOnTheInternet,
  storeOnTheInternet,
  storeBesideExposed,
  workplaceToDatabase,
  administeredFromTheDesk,
  safetyWithinReach,
  cannotBePatched,
  deviceIntoOffice,
  tenantsTogether,
  openWayOut,
  jewelBesideWeaker,
  secretsWithinReach,
  identityWithinReach,
  keyLeftLying,
  trustWithoutSecret,
  oneSecretForMany,
  oneDoorToAll,
  oneHandOnAll,
  federationFromOutside,
  builderIntoProduction,
  codeFromElsewhere,
  foreignCodeBesideSecrets,
  supplierComesIn,
  updatesOnTrust,
  openBucket,
  cloudByKey,
  containerToHost,
  backupWithinReach,
  backupCopyDeleted,
  noCopy,
  sharedFilesEncrypted,
  phishedIntoPrivilege,
  phishedUser,
  openedAttachment,
  accountOfMany,
  rightsThatStayed,
  copiedOut,
  tiredIntoYes,
  ownDevices,
  pluggedIn,
  passwordFromElsewhere,
  outsideAdministrator,
  tooManyAdministrators,
  oneHand,
  lostMachine,
  copiesInTheClear,
  unwatchedJewel,
  blindCrossing,
  realNamesInTests,
  givenAway,
  keptForEver,
  peopleInLogs,
  profilesJoined,
  cannotBeForgotten,
]
