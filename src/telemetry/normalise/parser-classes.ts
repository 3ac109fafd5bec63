// Which classes the events of each parser are of, as far as its tests and the sample logs show; the reference prints it, the golden tests hold it.

/** Parser | class_uid of its events; 0 is what a record is that says nothing of a class. */
const table = `
host-change | 4001
source-watch | 0
netflow | 0 4001
windows | 0 1001 1002 1005 1006 1007 1008 2004 3001 3002 3005 3006 4001 4003 4007 201001 201002
journald | 0 1007
suricata | 0 2004 3002 4001 4003
snort | 2004
zeek | 0 3002 4001 4002 4003 4004 4006 4007 4009 4010
laurel | 1007
docker-log | 0
docker-event | 1007 6002
osquery | 1007 5001
falco | 2004
mongodb | 3002
postgres-json | 3002
mysql-audit | 3002
samba-json | 3002
web-json | 4002
cloudtrail | 0 2004 3001 3002 3006 6003
kubernetes | 6003
route53-resolver | 4003
vpc-flow | 4001
guardduty | 2004
security-hub | 2002 2003
aws-waf | 4002
gcp-audit | 3002 6003
gcp-flow | 4001
gcp-log | 4003
google-workspace | 3001 3002
azure-flow | 4001
entra-risk | 2004
azure-signin | 3002
azure-audit | 3001 3004 3005
defender-alert | 2004
azure-activity | 6003
microsoft365 | 3002 6003 6006
microsoft365-mail | 4009
okta | 3001 3002 3006
auth0 | 3002
onelogin | 3002 6003
duo | 3002
onepassword | 3002
github-audit | 3004 3006
github-webhook | 6003
gitlab-audit | 6003
gitlab-webhook | 6003
gitlab-request | 4002
bitbucket | 6003
atlassian | 3001
cloudflare-http | 4002
cloudflare-gateway | 4001 4002 4003
cloudflare-audit | 3002
slack | 6006
zoom | 6003
salesforce | 3002
snowflake | 3002 6005
sentinelone | 2004
crowdstrike-falcon | 1007 2004
zscaler | 4002
cisco-umbrella | 4003
anomali | 2004
ocsf | 0 1007 3002 4001 6003
json | 0
windows-xml | 0 1001 1002 1005 1006 1007 1008 2004 3001 3002 3005 3006 4001 4003 4007 201001 201002
windows-text | 0 1001 1002 1005 1006 1007 1008 2004 3001 3002 3005 3006 4001 4003 4007 201001 201002
windows-snare | 0 1001 1002 1005 1006 1007 1008 2004 3001 3002 3005 3006 4001 4003 4007 201001 201002
auditd | 1001 1002 1007 3001 3002 4001
cisco | 0 2004 3001 3002 4001 4002 4008 4014 5019
junos | 4001
meraki | 4001
cef | 2004 3002
leef | 0 4001
fortigate | 4001 5019
palo-alto | 2004 4001 4002
sonicwall | 4001
sophos | 4001
checkpoint | 4001
vpc-flow-text | 4001
aws-elb | 4001 4002
aws-s3-access | 6006
aws-cloudfront | 4002
cisco-umbrella-csv | 4003
postgres-csv | 6005
dhcp-windows | 4004
silk | 4001
zeek-tsv | 0 3002 4001 4002 4003 4004 4006 4007 4009 4010
w3c | 4002
csv | 0
apache-error | 2004 4002
nginx-error | 4002
squid | 4002
haproxy | 4001 4002
filterlog | 4001
sensor-alert | 2004
mikrotik | 3002 4001
service-log | 0 2004 3002 4001 4003 4004 4008 4009 4014 6002 6005
syslog | 0 1001 1003 1006 1007 2004 3001 3002 3006 4001 4003 4004 4007 4009 4014 6002 6005
watchguard | 4001
web | 4002
app-log | 0 3002
logfmt | 0
plain | 0
`

/** By parser's name. */
export const parserClasses: ReadonlyMap<string, readonly number[]> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', classes = ''] = line.split('|').map((cell) => cell.trim())
      return [name, classes.split(' ').filter(Boolean).map(Number)]
    }),
)
