// The kernel's messages besides packets: crashes, memory, modules, devices, AppArmor and SELinux refusals, WireGuard's handshakes.
import { ocsfClass, ocsfSeverity } from '#standards'
import { network, runs } from '../acts.ts'
import type { Phrase } from '../line.ts'

const { base, kernelActivity, kernelExtension, fileActivity, networkActivity } = ocsfClass
// dmesg's seconds since boot may stand in front of every line
const boot = '^(?:\\[ {0,10}(?<uptime>\\d{1,10}\\.\\d{1,9})\\] {0,4})?'
const on = (rest: string, act: Omit<Phrase, 'match'>): Phrase => ({ match: new RegExp(boot + rest), ...act })
const peer = '(?<peer>\\d+) \\(\\[?(?<src_ip>[0-9A-Fa-f.:]+?)\\]?:(?<src_port>\\d+)\\)'

const wireguard: readonly Phrase[] = [
  on(`wireguard: (?<interface>[^:\\s]{1,32}): Receiving handshake initiation from peer ${peer}`, network.tunnelOpened),
  on(
    `wireguard: (?<interface>[^:\\s]{1,32}): (?:Receiving handshake response from|Sending handshake (?:initiation|response) to) peer ${peer}`,
    network.tunnelRenewed,
  ),
  on(
    `wireguard: (?<interface>[^:\\s]{1,32}): Keypair (?<keypair>\\d+) (?<what>created|destroyed) for peer (?<peer>\\d+)`,
    network.tunnelRenewed,
  ),
  on(
    `wireguard: (?<interface>[^:\\s]{1,32}): (?:Handshake for peer ${peer} did not complete|Invalid (?:MAC|handshake|cookie)[^(]{0,64}\\(?\\[?(?<from>[0-9A-Fa-f.:]{2,64}))`,
    network.tunnelFailed,
  ),
  on(
    'wireguard: (?<interface>[^:\\s]{1,32}): Invalid (?<what>[^,]{1,64}?)(?:,| from) (?:dropping packet from |from )?\\[?(?<src_ip>[0-9A-Fa-f.:]+?)\\]?:(?<src_port>\\d+)',
    network.tunnelFailed,
  ),
  on(
    `wireguard: (?<interface>[^:\\s]{1,32}): (?:Receiving keepalive packet from|Sending keepalive packet to|Retrying handshake with|Zeroing out all keys for|Packet has (?:unallowed|disallowed) src IP \\([^)]{1,64}\\) from) peer ${peer}`,
    { ...network.tunnelRenewed, activity: 'tunnel message', activity_id: 99 },
  ),
  on('wireguard: (?<interface>[^:\\s]{1,32}): Peer (?<peer>\\d+) \\((?<key>[^)]{1,64})\\) (?<what>created|destroyed)', {
    ...network.tunnelOpened,
    activity: 'tunnel peer changed',
    activity_id: 99,
  }),
  on('wireguard: (?<interface>[^:\\s]{1,32}): Interface (?<what>created|destroyed)', {
    ...network.tunnelOpened,
    activity: 'tunnel interface changed',
    activity_id: 99,
  }),
]

const refused = { outcome: 'failure', severity_id: ocsfSeverity.low } as const
export const kernelPhrases: readonly Phrase[] = [
  ...wireguard,
  on(
    '(?:audit: )?type=\\d+ audit\\([\\d.:]+\\): apparmor="(?<apparmor>DENIED)" operation="(?<operation>[^"]{1,64})"(?: class="(?<class>[^"]{1,64})")?(?: info="[^"]{0,255}" error=-?\\d+)? profile="(?<profile>[^"]{1,255})" name="(?<file>[^"]{1,1024})" pid=(?<pid>\\d+) comm="(?<process>[^"]{1,64})"',
    { activity: 'access refused by policy', class_uid: fileActivity, activity_id: 14, ...refused },
  ),
  on(
    '(?:audit: )?type=\\d+ audit\\([\\d.:]+\\): apparmor="(?<apparmor>\\w+)" operation="(?<operation>[^"]{1,64})"(?:.{0,512}? profile="(?<profile>[^"]{1,255})")?(?:.{0,512}? comm="(?<process>[^"]{1,64})")?',
    { activity: 'policy message', class_uid: kernelActivity, activity_id: 99 },
  ),
  on(
    '(?:\\S{1,128}: )?(?<process>[^\\s[:]{1,128})\\[(?<pid>\\d+)\\]: segfault at (?<address>\\S+) ip (?<ip>\\S+) sp (?<sp>\\S+) error (?<error>\\S+)(?: in (?<module>[^\\s[]+))?',
    runs.crashed,
  ),
  on('traps: (?<process>[^\\s[]{1,128})\\[(?<pid>\\d+)\\] (?<what>.{1,64}?) ip:(?<ip>\\S+)', runs.crashed),
  on('(?:Memory cgroup out of memory|Out of memory): Kill(?:ed)? process (?<pid>\\d+) \\((?<process>[^)]{1,64})\\)', {
    ...runs.crashed,
    activity: 'killed for want of memory',
    severity_id: ocsfSeverity.medium,
  }),
  on('(?<process>\\S{1,64}) invoked oom-killer', {
    activity: 'out of memory',
    class_uid: kernelActivity,
    severity_id: ocsfSeverity.medium,
  }),
  on('(?:device )?(?<interface>\\S{1,32}?):? (?<what>entered|left) promiscuous mode', {
    activity: 'promiscuous mode changed',
    class_uid: networkActivity,
    activity_id: 99,
    severity_id: ocsfSeverity.low,
  }),
  on(
    '(?<module>\\S{1,64}): (?:loading out-of-tree module taints kernel|module verification failed|module license .{1,64} taints kernel)',
    { activity: 'kernel module loaded', class_uid: kernelExtension, activity_id: 1, severity_id: ocsfSeverity.medium },
  ),
  on(
    'usb (?<port>\\S{1,32}): New USB device found, idVendor=(?<vendor>[0-9a-f]{4}), idProduct=(?<product>[0-9a-f]{4})',
    { activity: 'USB device plugged in', class_uid: kernelActivity, activity_id: 99 },
  ),
  on(
    'usb (?<port>\\S{1,32}): (?<what>USB disconnect|new .{1,64} USB device|Product: .*|Manufacturer: .*|SerialNumber: .*)',
    { activity: 'USB device message', class_uid: kernelActivity, activity_id: 99 },
  ),
  on(
    '(?:TCP: )?(?:request_sock_TCP: )?Possible SYN flooding on port (?:\\[?[0-9a-fA-F.:]*?\\]?:)?(?<dst_port>\\d+)\\.',
    { activity: 'flood of connections', class_uid: networkActivity, activity_id: 6, severity_id: ocsfSeverity.medium },
  ),
  on('IPv4: martian source (?<dst_ip>[\\d.]+) from (?<src_ip>[\\d.]+), on dev (?<interface>\\S+)', {
    activity: 'packet with an impossible source',
    class_uid: networkActivity,
    activity_id: 6,
    severity_id: ocsfSeverity.low,
  }),
  on(
    '(?<interface>(?:eth|en|wl|bond|br|veth|tun|tap)\\w{0,12}):? (?:NIC )?[Ll]ink (?:is )?(?:becomes )?(?<what>up|down|ready)',
    { activity: 'network link changed', class_uid: base },
  ),
  on('(?<what>Linux version|Command line:|Kernel command line:) (?<detail>.*)', {
    activity: 'machine started',
    class_uid: kernelActivity,
    activity_id: 99,
  }),
]
