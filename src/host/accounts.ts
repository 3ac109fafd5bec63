// Local users: /etc/passwd and /etc/group as text → who may log in, who may become root.
import type { Account } from './types.ts'

const rootGroups = new Set(['sudo', 'wheel', 'admin', 'root'])
const most = 10_000

/** The users of /etc/passwd with what /etc/group adds. Lines of another form are passed over; at most 10,000 are taken. */
export function accountsOf(passwd: string, group: string): Account[] {
  const admins = adminsOf(group)
  return passwd
    .split('\n')
    .slice(0, most)
    .flatMap((line) => {
      const [name = '', , uid = '', gid = '', , , shell] = line.split(':')
      if (name === '' || shell === undefined || !/^\d{1,10}$/.test(uid)) return []
      const number = Number(uid)
      const admin = number === 0 || admins.names.has(name) || admins.groups.has(gid)
      return [{ name, uid: number, shell, login: mayLogIn(shell), admin }]
    })
}

/** An empty shell field means /bin/sh (passwd(5)). */
const mayLogIn = (shell: string): boolean => !/\/(nologin|false|sync|halt|shutdown)$/.test(shell)

function adminsOf(group: string): { names: Set<string>; groups: Set<string> } {
  const rows = group
    .split('\n')
    .slice(0, most)
    .map((line) => line.split(':'))
    .filter(([name = '']) => rootGroups.has(name))
  return {
    names: new Set(
      rows.flatMap(([, , , members = '']) => members.split(',').map((name) => name.trim())).filter(Boolean),
    ),
    groups: new Set(rows.map(([, , gid = '']) => gid).filter(Boolean)),
  }
}
