// Settings for Suricata 6 and later, as it reads a capture: every protocol it knows, every kind of event, one file of EVE.

const protocols = [
  'tls', 'pgsql', 'quic', 'http2', 'mqtt', 'rfb', 'snmp', 'ike', 'krb5', 'dcerpc', 'ftp', 'ssh', 'smtp', 'smb', 'nfs', 'tftp', 'dhcp', 'sip', 'rdp', 'ntp',
  'modbus', 'http', 'imap', 'telnet', 'bittorrent-dht',
] // prettier-ignore
const types = [
  'alert', 'anomaly', 'http', 'dns', 'tls', 'files', 'smtp', 'ftp', 'rdp', 'nfs', 'smb', 'tftp', 'ike', 'dcerpc', 'krb5', 'snmp', 'rfb', 'sip', 'dhcp', 'ssh',
  'mqtt', 'http2', 'pgsql', 'quic', 'flow', 'bittorrent-dht',
] // prettier-ignore
const ownNetworks = '[10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7,fe80::/10]'
/** Address groups that rules commonly name; all but EXTERNAL_NET are our own networks. */
const servers = ['HTTP', 'SMTP', 'SQL', 'DNS', 'TELNET', 'AIM', 'DC', 'DNP3', 'MODBUS', 'ENIP']
const ports = {
  HTTP_PORTS: '80',
  SHELLCODE_PORTS: '!80',
  ORACLE_PORTS: '1521',
  SSH_PORTS: '22',
  DNP3_PORTS: '20000',
  MODBUS_PORTS: '502',
  FILE_DATA_PORTS: '[$HTTP_PORTS,110,143]',
  FTP_PORTS: '21',
  GENEVE_PORTS: '6081',
  VXLAN_PORTS: '4789',
  TEREDO_PORTS: '3544',
} as const

const more: Readonly<Record<string, string>> = {
  http: '{ extended: yes }',
  tls: '{ extended: yes }',
  dhcp: '{ extended: yes }',
  files: '{ force-hash: [md5, sha256] }',
  alert: '{ metadata: yes }',
}

/** suricata.yaml that writes `eve.json` into the log folder. */
export function suricataYaml(): string {
  const typeLines = types.map((type) => `        - ${type}${more[type] === undefined ? '' : `: ${more[type]}`}`)
  const protocolLines = protocols.map((name) => {
    const fingerprints = name === 'tls' ? ', ja3-fingerprints: yes' : name === 'ssh' ? ', hassh: yes' : ''
    return `    ${name}: { enabled: yes${fingerprints} }`
  })
  return [
    '%YAML 1.1',
    '---',
    'vars:',
    '  address-groups:',
    `    HOME_NET: "${ownNetworks}"`,
    '    EXTERNAL_NET: "!$HOME_NET"',
    ...servers.map((name) => `    ${name}_SERVERS: "$HOME_NET"`),
    ...['DNP3', 'MODBUS', 'ENIP'].map((name) => `    ${name}_CLIENT: "$HOME_NET"`),
    '  port-groups:',
    ...Object.entries(ports).map(([name, value]) => `    ${name}: "${value}"`),
    'outputs:',
    '  - eve-log:',
    '      enabled: yes',
    '      filetype: regular',
    '      filename: eve.json',
    '      types:',
    ...typeLines,
    'app-layer:',
    '  protocols:',
    ...protocolLines,
    '    dns: { tcp: { enabled: yes }, udp: { enabled: yes } }',
    'logging: { default-log-level: error, outputs: [ { console: { enabled: yes } } ] }',
    '',
  ].join('\n')
}
