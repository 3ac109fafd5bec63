// What system calls are called, by number, for the machines that run most of Linux; and what those that matter do, in OCSF's terms.
import { ocsfClass } from '#standards'
import { files, network } from '../syslog/acts.ts'
import type { Act } from '../syslog/line.ts'

const x64 = `0 read|1 write|2 open|3 close|9 mmap|10 mprotect|21 access|32 dup|33 dup2|41 socket|42 connect|43 accept|44 sendto|45 recvfrom|49 bind|50 listen|56 clone|
57 fork|58 vfork|59 execve|60 exit|62 kill|76 truncate|77 ftruncate|80 chdir|82 rename|83 mkdir|84 rmdir|85 creat|86 link|87 unlink|88 symlink|90 chmod|91 fchmod|92 chown|
93 fchown|94 lchown|99 sysinfo|101 ptrace|103 syslog|105 setuid|106 setgid|113 setreuid|117 setresuid|119 setresgid|132 utime|133 mknod|135 personality|155 pivot_root|159 adjtimex|
161 chroot|163 acct|164 settimeofday|165 mount|166 umount2|167 swapon|169 reboot|170 sethostname|171 setdomainname|175 init_module|176 delete_module|188 setxattr|189 lsetxattr|
190 fsetxattr|197 removexattr|198 lremovexattr|199 fremovexattr|227 clock_settime|246 kexec_load|257 openat|258 mkdirat|259 mknodat|260 fchownat|263 unlinkat|264 renameat|265 linkat|
266 symlinkat|268 fchmodat|272 unshare|288 accept4|298 perf_event_open|304 open_by_handle_at|305 clock_adjtime|308 setns|310 process_vm_readv|311 process_vm_writev|313 finit_module|
316 renameat2|319 memfd_create|320 kexec_file_load|321 bpf|322 execveat|425 io_uring_setup|435 clone3|437 openat2|452 fchmodat2`
const arm64 = `5 setxattr|33 mknodat|34 mkdirat|35 unlinkat|36 symlinkat|37 linkat|38 renameat|39 umount2|40 mount|41 pivot_root|45 truncate|46 ftruncate|49 chdir|51 chroot|52 fchmod|53 fchmodat|
54 fchownat|55 fchown|56 openat|57 close|63 read|64 write|93 exit|97 unshare|104 kexec_load|105 init_module|106 delete_module|116 syslog|117 ptrace|129 kill|142 reboot|144 setgid|146 setuid|
147 setresuid|161 sethostname|170 settimeofday|171 adjtimex|198 socket|200 bind|201 listen|202 accept|203 connect|206 sendto|220 clone|221 execve|222 mmap|226 mprotect|241 perf_event_open|
242 accept4|268 setns|270 process_vm_readv|271 process_vm_writev|273 finit_module|276 renameat2|279 memfd_create|280 bpf|281 execveat|294 kexec_file_load|435 clone3|437 openat2|452 fchmodat2`
const i386 = `1 exit|2 fork|3 read|4 write|5 open|6 close|8 creat|9 link|10 unlink|11 execve|12 chdir|14 mknod|15 chmod|21 mount|23 setuid|26 ptrace|37 kill|38 rename|39 mkdir|40 rmdir|
61 chroot|83 symlink|88 reboot|102 socketcall|120 clone|128 init_module|129 delete_module|182 chown|190 vfork|212 chown32|295 openat|296 mkdirat|301 unlinkat|302 renameat|306 fchmodat|
310 unshare|346 setns|350 finit_module|353 renameat2|356 memfd_create|357 bpf|358 execveat|359 socket|361 bind|362 connect|363 listen|364 accept4`

const tableOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .replaceAll('\n', '')
      .split('|')
      .map((entry) => {
        const at = entry.indexOf(' ')
        return [entry.slice(0, at), entry.slice(at + 1)] as const
      }),
  )
const tables: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  c000003e: tableOf(x64),
  c00000b7: tableOf(arm64),
  '40000003': tableOf(i386),
}

/** Name of a system call; the number's meaning depends on the machine (`arch`, hexadecimal as audit writes it). */
export const callName = (arch: unknown, number: unknown): string | undefined =>
  tables[String(arch).replace(/^0x/, '')]?.get(String(number))

const process = { class_uid: ocsfClass.processActivity } as const
const moduleLoad = { activity: 'kernel module loaded', class_uid: ocsfClass.kernelExtension, activity_id: 1 } as const
const kernel = { class_uid: ocsfClass.kernelActivity, activity_id: 99 } as const
const groups: readonly (readonly [string, Act])[] = [
  ['execve execveat', { ...process, activity: 'process started', activity_id: 1 }],
  ['fork vfork clone clone3', { ...process, activity: 'process forked', activity_id: 1 }],
  ['exit kill', { ...process, activity: 'process signalled or ended', activity_id: 2 }],
  ['ptrace process_vm_readv process_vm_writev', { ...process, activity: 'process looked into', activity_id: 4 }],
  ['setuid setgid setreuid setresuid setresgid', { ...process, activity: 'process changed its user', activity_id: 5 }],
  ['open openat openat2 open_by_handle_at access', { ...files.opened }],
  ['read', { ...files.read }],
  ['write truncate ftruncate', { ...files.written }],
  ['creat mkdir mkdirat mknod mknodat link linkat symlink symlinkat memfd_create', { ...files.created }],
  ['unlink unlinkat rmdir', { ...files.deleted }],
  ['rename renameat renameat2', { ...files.renamed }],
  ['utime setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr', { ...files.attributes }],
  [
    'chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat chown32',
    { ...files.attributes, activity: "file's rights changed", activity_id: 7 },
  ],
  ['mount', { ...files.opened, activity: 'file system mounted', activity_id: 12 }],
  ['umount2', { ...files.opened, activity: 'file system unmounted', activity_id: 13 }],
  ['connect', { activity: 'connection opened', class_uid: ocsfClass.networkActivity, activity_id: 1 }],
  ['sendto recvfrom', { activity: 'data sent or received', class_uid: ocsfClass.networkActivity, activity_id: 6 }],
  [
    'bind listen',
    { activity: 'listening', class_uid: ocsfClass.networkActivity, activity_id: network.listening.activity_id },
  ],
  ['accept accept4', { activity: 'connection accepted', class_uid: ocsfClass.networkActivity, activity_id: 1 }],
  ['init_module finit_module', moduleLoad],
  ['delete_module', { ...moduleLoad, activity: 'kernel module unloaded', activity_id: 2 }],
  [
    'bpf kexec_load kexec_file_load perf_event_open reboot settimeofday adjtimex clock_settime clock_adjtime sethostname setdomainname acct swapon',
    { ...kernel, activity: 'kernel asked' },
  ],
]
const acts = new Map(groups.flatMap(([names, act]) => names.split(' ').map((name) => [name, act] as const)))
export const callAct = (name: string | undefined): Act | undefined => (name === undefined ? undefined : acts.get(name))
