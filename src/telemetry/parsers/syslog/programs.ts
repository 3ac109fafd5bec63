// The table of programs whose lines are understood. One more is one file in programs/ and one word here.
import type { Program } from './line.ts'
import { accountTools } from './programs/accounts.ts'
import { containers, falcoText } from './programs/containers.ts'
import { dhcp } from './programs/dhcp.ts'
import { pf, suricataFast } from './programs/filters.ts'
import { proftpd, pureFtpd, vsftpd, xferlog } from './programs/ftp.ts'
import { clamav, fail2ban, integrity } from './programs/guards.ts'
import { keycloak, vaultwarden } from './programs/identity.ts'
import { kernel } from './programs/kernel.ts'
import { exim, sendmail } from './programs/mail-exim.ts'
import { dovecot, mailFilters, postfix } from './programs/mail.ts'
import { mssql } from './programs/mssql.ts'
import { mysql } from './programs/mysql.ts'
import { nameServers } from './programs/name-servers.ts'
import { postgres } from './programs/postgres.ts'
import { doas, pkexec, polkit, su, sudo } from './programs/privilege.ts'
import { redis } from './programs/redis.ts'
import { samba } from './programs/samba.ts'
import { sessions, storageBoxes } from './programs/sessions.ts'
import { dropbear, sshd } from './programs/sshd.ts'
import { cron, directory, packages, systemd } from './programs/system.ts'
import { ipsec, openvpn } from './programs/vpn.ts'
import { webServers } from './programs/web-servers.ts'

export const programs: readonly Program[] = [
  sshd, dropbear, sudo, su, doas, pkexec, polkit, accountTools, sessions, storageBoxes, directory, cron, systemd, packages, kernel, pf,
  suricataFast, webServers, postgres, mysql, mssql, redis, postfix, mailFilters, dovecot, exim, sendmail, vsftpd, proftpd, pureFtpd, xferlog,
  samba, nameServers, dhcp, openvpn, ipsec, fail2ban, clamav, integrity, containers, falcoText, keycloak, vaultwarden,
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
