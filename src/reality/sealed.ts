// Whether a flow is encrypted, judged by the application protocol that a sensor recognised, else by its port.

// names | encrypted: what sensors (Suricata's app_proto, Zeek's service) call protocols. Those that may be either are left out.
const table = `
tls ssl ssh quic ike ikev2 wireguard https dtls krb krb5 kerberos ipsec openvpn | yes
http http1 http2 ftp ftp-data telnet smtp imap pop3 irc mysql pgsql postgresql redis mongodb tftp modbus dnp3 enip mqtt sip rfb nfs dns ntp syslog dhcp bittorrent-dht socks gssapi-plain | no
`
const byName = new Map(
  table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [names = '', encrypted = ''] = line.split('|').map((cell) => cell.trim())
      return names.split(' ').map((name) => [name, encrypted === 'yes'] as const)
    }),
)

/**
 * Whether an application protocol is encrypted; undefined when its name does not tell. Zeek names several (`ssl,http`): one that is encrypted
 * makes the whole so, as the others were spoken before or inside it.
 */
export function sealedBy(application: string): boolean | undefined {
  const known = byName.get(application)
  if (known !== undefined || !application.includes(',')) return known
  const all = application.split(',', 8).map((name) => byName.get(name))
  return all.includes(true) ? true : all.includes(false) ? false : undefined
}

const sealedPorts = new Set([
  22, 88, 443, 465, 563, 636, 853, 989, 990, 993, 995, 2376, 3269, 4433, 5061, 5671, 5986, 6443, 6514, 8443, 8883,
  51_820,
])

/** Whether what usually speaks on a port is encrypted: a guess, good enough to propose a flow and no proof. */
export const usuallySealed = (port: number): boolean => sealedPorts.has(port)
