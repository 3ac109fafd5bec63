// The key that the administrator left on the management server.
import { administrator, adminOf } from '../people.ts'

const { id } = adminOf(administrator)
export const linuxKeyOwner = { id, keyFile: `C:\\Users\\${id}\\.ssh\\id_ed25519` } as const
