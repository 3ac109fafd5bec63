// All derivation rules, in the order of an intrusion. A new rule is a file here and a line below.
import { actAsInsider } from './act-as-insider.ts'
import { administerMachines } from './administer-machines.ts'
import { beatSecondFactor } from './beat-second-factor.ts'
import { browseBadSite } from './browse-bad-site.ts'
import { bypassLogin } from './bypass-login.ts'
import { deployFromBuild } from './deploy-from-build.ts'
import { destroyBackups } from './destroy-backups.ts'
import { encrypt } from './encrypt.ts'
import { exfiltrate } from './exfiltrate.ts'
import { exploitInternalService } from './exploit-internal-service.ts'
import { exploitPublicService } from './exploit-public-service.ts'
import { forgeCredentials } from './forge-credentials.ts'
import { forgeRequests } from './forge-requests.ts'
import { guessPasswords } from './guess-passwords.ts'
import { holdToRansom } from './hold-to-ransom.ts'
import { injectQueries } from './inject-queries.ts'
import { listen } from './listen.ts'
import { openFirewall } from './open-firewall.ts'
import { phishingCode } from './phishing-code.ts'
import { phishingCredentials } from './phishing-credentials.ts'
import { plugMedia } from './plug-media.ts'
import { poisonSource } from './poison-source.ts'
import { raisePrivileges } from './raise-privileges.ts'
import { reach } from './reach.ts'
import { readBeyondRights } from './read-beyond-rights.ts'
import { readData } from './read-data.ts'
import { rideSession } from './ride-session.ts'
import type { Rule } from './rule.ts'
import { stealFromDevice } from './steal-from-device.ts'
import { stealFromFiles } from './steal-from-files.ts'
import { stealFromMemory } from './steal-from-memory.ts'
import { stopService } from './stop-service.ts'
import { tamper } from './tamper.ts'
import { useCredential } from './use-credential.ts'
import { useFoundFlaw } from './use-found-flaw.ts'

export const rules: readonly Rule[] = [
  reach,
  exploitPublicService,
  useFoundFlaw,
  bypassLogin,
  injectQueries,
  forgeRequests,
  readBeyondRights,
  phishingCode,
  phishingCredentials,
  browseBadSite,
  plugMedia,
  guessPasswords,
  actAsInsider,
  poisonSource,
  deployFromBuild,
  exploitInternalService,
  raisePrivileges,
  rideSession,
  stealFromDevice,
  stealFromFiles,
  stealFromMemory,
  forgeCredentials,
  useCredential,
  beatSecondFactor,
  administerMachines,
  openFirewall,
  listen,
  readData,
  exfiltrate,
  tamper,
  encrypt,
  destroyBackups,
  holdToRansom,
  stopService,
]
