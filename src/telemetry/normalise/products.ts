// Who makes what writes a log, for `metadata.product`, and the system it runs on.

/** Sigma product | name | vendor | operating system by OCSF, where the product is one | cloud provider, where it is one */
const table = `
windows | Windows | Microsoft | 100 Windows
linux | Linux | | 200 Linux
macos | macOS | Apple | 300 macOS
aws | CloudTrail | AWS | | AWS
azure | Azure | Microsoft | | Azure
gcp | Google Cloud | Google | | GCP
m365 | Microsoft 365 | Microsoft
google_workspace | Google Workspace | Google
github | GitHub | GitHub
gitlab | GitLab | GitLab
okta | Okta | Okta
cisco | Cisco | Cisco
fortigate | FortiGate | Fortinet
fortinet | FortiGate | Fortinet
paloalto | PAN-OS | Palo Alto Networks
zeek | Zeek | Zeek
suricata | Suricata | OISF
kubernetes | Kubernetes | Kubernetes
falco | Falco | Falco
osquery | osquery | osquery
postgresql | PostgreSQL | PostgreSQL
mysql | MySQL | Oracle
nginx | nginx | F5
apache | Apache HTTP Server | Apache
squid | Squid | Squid
haproxy | HAProxy | HAProxy
opnsense | OPNsense | Deciso
pfsense | pfSense | Netgate
`
interface Product {
  readonly name: string
  readonly vendor: string
  readonly os: readonly [id: number, name: string] | undefined
  readonly cloud: string | undefined
}
const products = new Map<string, Product>(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [key = '', name = '', vendor = '', os = '', cloud = ''] = line.split('|').map((cell) => cell.trim())
      const [id = '', system = ''] = os.split(' ')
      return [key, { name, vendor, os: os === '' ? undefined : [Number(id), system], cloud: cloud || undefined }]
    }),
)

/** The product behind a log source; without a known one the parser's name stands for it. */
export const productOf = (product: string | undefined, parser: string): Product =>
  products.get(product ?? '') ?? { name: product ?? parser, vendor: '', os: undefined, cloud: undefined }
