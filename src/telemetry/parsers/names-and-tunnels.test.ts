// Name servers, DHCP and tunnels: who asked for which name, who got which address, who came in by which tunnel.
import { at, goldens } from './goldens.test.ts'

const dns = {
  class_uid: 4003,
  src_ip: '10.0.0.5',
  domain: 'evil.example',
  'fields.record_type': 'A',
  logsource: 'linux/syslog/dns',
}
goldens('name servers', [
  [
    '02-Mar-2026 14:01:02.425 queries: info: client @0x7f37 10.0.0.5#4242 (evil.example): view lan: query: evil.example IN A +E(0)K (10.0.0.1)',
    { ...dns, time: at + 425, activity_id: 1, src_port: 4242, dst_ip: '10.0.0.1', 'fields.view': 'lan' },
  ],
  ['Mar  2 14:01:02 gw dnsmasq[1]: query[A] evil.example from 10.0.0.5', dns],
  ['Mar  2 14:01:02 gw dnsmasq[1]: 12 10.0.0.5/4242 query[A] Evil.example from 10.0.0.5', dns],
  [
    'Mar  2 14:01:02 gw dnsmasq[1]: reply evil.example is 203.0.113.7',
    { activity_id: 2, domain: 'evil.example', 'fields.answer': '203.0.113.7' },
  ],
  [
    'Mar  2 14:01:02 gw unbound: [123:0] info: 10.0.0.5 evil.example. A IN NOERROR 0.012 0 64',
    { ...dns, 'fields.rcode': 'NOERROR' },
  ],
  ['[1772460062] unbound[123:0] info: 10.0.0.5 evil.example. A IN', { ...dns, time: at, process: 'unbound' }],
  [
    "security: client @0x7f 10.0.0.5#6244 (evil.example): query (cache) 'evil.example/A/IN' denied",
    { ...dns, outcome: 'failure' },
  ],
  [
    "Mar  2 14:01:02 gw named[1]: REFUSED unexpected RCODE resolving 'evil.example/A/IN': 198.51.100.4#53",
    { domain: 'evil.example', dst_ip: '198.51.100.4', dst_port: 53, outcome: 'failure' },
  ],
])

const lease = { class_uid: 4004, activity_id: 5, src_ip: '10.0.0.5', src_host: 'laptop', outcome: 'success' }
goldens('DHCP', [
  [
    'Mar  2 14:01:02 gw dhcpd[1]: DHCPACK on 10.0.0.5 to 00:11:22:33:44:55 (laptop) via eth1',
    { ...lease, 'fields.mac': '00:11:22:33:44:55', logsource: 'linux/dhcp/dhcp' },
  ],
  [
    'Mar  2 14:01:02 gw dhcpd[1]: DHCPDISCOVER from 00:11:22:33:44:55 via eth1',
    { activity_id: 1, 'fields.interface': 'eth1' },
  ],
  [
    'Mar  2 14:01:02 gw dhcpd[1]: DHCPREQUEST for 10.0.0.5 (10.0.0.1) from 00:11:22:33:44:55 (laptop) via eth1',
    { activity_id: 3, src_ip: '10.0.0.5', 'fields.server': '10.0.0.1' },
  ],
  ['Mar  2 14:01:02 gw dnsmasq-dhcp[1]: DHCPACK(eth0) 10.0.0.5 00:11:22:33:44:55 laptop', lease],
  [
    '2026-03-02 14:01:02.123 INFO  [kea-dhcp4.leases/1234.140] DHCP4_LEASE_ALLOC [hwtype=1 00:11:22:33:44:55], cid=[01:00:11], tid=0x1: lease 10.0.0.5 has been allocated for 3600 seconds',
    { time: at + 123, activity_id: 5, src_ip: '10.0.0.5', process: 'kea', 'fields.seconds': '3600' },
  ],
  [
    '10,03/02/26,14:01:02,Assign,10.0.0.5,laptop.corp.example,001122334455,,12345,0,,,,,,,,,0',
    {
      parser: 'dhcp-windows',
      time: at,
      activity_id: 5,
      src_ip: '10.0.0.5',
      src_host: 'laptop.corp.example',
      'fields.MAC Address': '001122334455',
    },
  ],
])

goldens('tunnels', [
  [
    "2026-03-02 14:01:02 192.0.2.4:1194 TLS: Username/Password authentication succeeded for username 'ada'",
    {
      time: at,
      activity: 'login accepted',
      user: 'ada',
      src_ip: '192.0.2.4',
      src_port: 1194,
      logsource: 'linux/openvpn/vpn',
    },
  ],
  [
    'Mon Mar  2 14:01:02 2026 us=123456 192.0.2.4:1194 TLS Error: TLS handshake failed',
    { time: at, class_uid: 4014, outcome: 'failure', src_ip: '192.0.2.4' },
  ],
  [
    'Mar  2 14:01:02 vpn openvpn[9]: ada/192.0.2.4:1194 SIGUSR1[soft,ping-restart] received, client-instance restarting',
    { host: 'vpn', user: 'ada', src_ip: '192.0.2.4', activity: 'tunnel closed', activity_id: 2 },
  ],
  [
    'Mar  2 14:01:02 gw kernel: [12345.678] wireguard: wg0: Handshake for peer 3 (192.0.2.9:51820) did not complete after 5 seconds, retrying (try 2)',
    {
      class_uid: 4014,
      outcome: 'failure',
      src_ip: '192.0.2.9',
      src_port: 51_820,
      'fields.interface': 'wg0',
      'fields.peer': '3',
    },
  ],
  [
    'Mar  2 14:01:02 vpn charon: 05[IKE] IKE_SA office[1] established between 192.0.2.1[gw]...198.51.100.4[ada]',
    { activity: 'tunnel opened', src_ip: '198.51.100.4', dst_ip: '192.0.2.1', user: 'ada' },
  ],
])
