// The table of programs whose lines are understood. One more is one file in programs/ and one word here.
import type { Program } from './line.ts'
import { accountTools, pkexec, sessions, su, sudo } from './programs/accounts.ts'
import { kernel } from './programs/kernel.ts'
import { dovecot, mailFilters, postfix } from './programs/mail.ts'
import { postgres } from './programs/postgres.ts'
import { clamav, mysql, nameServers, vsftpd } from './programs/services.ts'
import { sshd } from './programs/sshd.ts'
import { cron, packages, systemd } from './programs/system.ts'
import { webServers } from './programs/web-servers.ts'

export const programs: readonly Program[] = [
  sshd, sudo, su, pkexec, accountTools, sessions, cron, systemd, packages, postgres, kernel,
  webServers, mysql, postfix,
  mailFilters, dovecot, vsftpd, clamav, nameServers,
] // prettier-ignore

const byName = new Map(programs.flatMap((program) => program.names.map((name) => [name, program] as const)))

/** The program of a tag: `postfix/smtpd` and `sshd(pam_unix)` belong to `postfix` and `sshd`, `/usr/sbin/cron` to `cron`. */
export function programOf(tag: string): Program | undefined {
  const name = tag.toLowerCase()
  const known = byName.get(name)
  if (known) return known
  const plain = name.replace(/^(?:\/\w+)*\//, '')
  return byName.get(/^[\w.-]+/.exec(plain)?.[0] ?? '')
}
