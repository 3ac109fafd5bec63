// Kinds of identity, networks and security machines. Columns: see library.ts.

export const infrastructure = {
  identity: `
active-directory   | Active Directory              | windows | kerberos:88+ ldaps:636+ ldap:389 smb:445 dns:53 | windows/security windows/sysmon windows/ldap windows/dns-server | windows | stores | issues-credentials holds-credentials legacy-protocols | 522 287 269 327 | domain-controller ad
entra-id           | Microsoft Entra ID            | entra   | https:443+ | azure/signinlogs azure/auditlogs | vendor | stores | issues-credentials holds-credentials public-service vendor-managed many-tenants admin-interface | 287 307 863 | azure-ad aad
okta               | Okta                          | okta    | https:443+ | okta/okta | vendor | stores | issues-credentials holds-credentials public-service vendor-managed many-tenants admin-interface | 287 307 863 | auth0
keycloak           | Keycloak                      | keycloak | https:8443+ | application webserver | java | stores | issues-credentials holds-credentials admin-interface | 287 601 352 | authentik zitadel dex ory hydra identity-provider
single-sign-on     | Single sign-on                | any     | https:443+ | application | vendor | stores | issues-credentials holds-credentials public-service admin-interface | 287 307 601 | sso onelogin ping
ldap-server        | LDAP server                   | openldap | ldaps:636+ ldap:389 | linux/syslog | linux | stores | issues-credentials holds-credentials legacy-protocols | 90 319 522 | openldap slapd freeipa 389ds
radius             | RADIUS server                 | radius  | radius:1812 | linux/syslog | linux | processes | issues-credentials legacy-protocols | 327 290 | freeradius nps
certificate-authority | Certificate authority      | any     | https:443+ | windows/security application | windows | stores | issues-credentials holds-credentials | 295 269 863 | adcs step-ca ejbca pki
secrets-vault      | Vault of secrets              | vault   | https:8200+ | vault | vendor | stores | holds-credentials issues-credentials | 522 862 | vault openbao secrets-manager key-vault infisical vaultwarden
password-manager   | Password manager              | any     | https:443+ | application | vendor | stores | holds-credentials vendor-managed | 522 312 | bitwarden 1password
hardware-security-module | Hardware security module | any     | pkcs11:1792+ | - | vendor | stores | holds-credentials issues-credentials hard-to-patch | 522 | hsm
`,
  network: `
router             | Router                        | any     | ssh:22+ https:443+ | cisco/aaa firewall | vendor | forwards | sees-traffic admin-interface hard-to-patch | 798 1104 306 | gateway cisco-router juniper mikrotik openwrt
switch             | Switch                        | any     | ssh:22+ snmp:161 | cisco/aaa | vendor | forwards | sees-traffic admin-interface hard-to-patch legacy-protocols | 798 1104 319 | network-switch
wireless           | Wireless access               | any     | https:443+ | - | vendor | forwards | sees-traffic hard-to-patch remote-access | 326 287 1104 | access-point wifi wlan
vpn-gateway        | VPN gateway                   | any     | ipsec:500+ https:443+ | firewall | vendor | forwards | public-service remote-access filters-traffic sees-traffic | 287 307 1104 787 | openvpn ipsec strongswan anyconnect globalprotect
wireguard          | WireGuard                     | wireguard | wireguard:51820+ | linux/syslog | linux | forwards | public-service remote-access | 287 | wg
dhcp-server        | DHCP server                   | any     | dhcp:67 | linux/syslog windows/dhcp | linux | processes | legacy-protocols | 290 | dhcpd kea
nat-gateway        | Translation of addresses      | any     | - | firewall | vendor | forwards | sees-traffic | 16 | nat
internet-line      | Line to the internet          | any     | - | - | vendor | forwards | vendor-managed sees-traffic | 319 | isp
`,
  security: `
firewall           | Firewall                      | any     | https:443+ ssh:22+ | firewall | vendor | forwards | filters-traffic sees-traffic admin-interface | 787 287 1104 | fortigate palo-alto checkpoint pfsense opnsense sophos asa
linux-firewall     | Firewall on Linux             | nftables | ssh:22+ | firewall linux/auditd linux/sshd | linux | forwards | filters-traffic sees-traffic remote-access | 693 269 | nftables iptables
suricata           | Suricata                      | suricata | - | suricata | linux | processes | sees-traffic | 693 787 | snort ids
zeek               | Zeek                          | zeek    | - | zeek/conn zeek/dns zeek/http | linux | processes | sees-traffic | 693 787 | bro
endpoint-protection | Protection of endpoints      | any     | https:443+ | antivirus windows/defender | vendor | stores | admin-interface vendor-managed holds-credentials runs-foreign-code | 494 269 | edr crowdstrike defender sentinelone antivirus
mail-filter        | Filter for mail               | any     | smtp:25 | application linux/syslog | vendor | forwards | public-service parses-uploads filters-traffic | 693 20 | rspamd proofpoint mimecast spamassassin
vulnerability-scanner | Vulnerability scanner      | any     | https:443+ | qualys linux/auditd | vendor | stores | holds-credentials admin-interface | 522 862 | openvas nessus qualys greenbone
honeypot           | Honeypot                      | any     | ssh:22+ http:80 | opencanary/application | linux | none | - | - | opencanary cowrie
`,
} as const
