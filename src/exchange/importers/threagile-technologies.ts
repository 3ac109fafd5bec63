// The technologies of Threagile models → kinds.
import { generic, kindOf } from '../kinds.ts'

// technology | kind
const table = `
ai language-model
application-server program
artifact-registry package-registry
batch-processing worker
big-data-platform data-warehouse
block-storage file-store
browser browser
build-pipeline ci-server
cli command-line
client-system machines
cms content-management
code-inspection-platform ci-server
container-platform kubernetes
data-lake data-warehouse
desktop windows-desktop
devops-client admin-workstation
ejb java-service
erp erp
event-listener worker
file-server file-server
function function
gateway api-gateway
hsm hardware-security-module
identity-provider single-sign-on
identity-store-ldap ldap-server
ids suricata
iot-device sensor
ips suricata
ldap-server ldap-server
library program
load-balancer load-balancer
local-file-system file-store
mail-server mail-server
mainframe mainframe
message-queue message-queue
mobile-app mobile-app
monitoring monitoring-server
report-engine program
reverse-proxy reverse-proxy
scheduler worker
search-engine elasticsearch
search-index elasticsearch
service-mesh service-mesh
service-registry etcd
sourcecode-repository git-server
stream-processing kafka
task worker
tool program
vault secrets-vault
waf web-application-firewall
web-application web-application
web-server web-application
web-service-rest api
web-service-soap api
`
const kinds = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [technology = '', kind = ''] = line.split(' ')
      return [technology, kind] as const
    }),
)

/** The kind of a technical asset from its technology and its type; databases and what is not known by their role. */
export function technologyKind(technology: string, type: string): string {
  if (technology === 'database' || technology === 'identity-store-database') return generic.database
  const known = kinds.get(technology)
  if (known !== undefined) return known
  const role = type === 'datastore' ? generic.database : type === 'external-entity' ? 'external-api' : generic.program
  return technology === '' || technology.startsWith('unknown') ? role : kindOf(technology, role)
}
