// Kinds of servers and what serves pages, passes requests on and runs containers. Columns: see library.ts.

export const servers = {
  server: `
server             | Server                        | any     | - | - | os | processes | - | 1104 | host
linux-server       | Linux server                  | linux   | ssh:22+ | linux/auditd linux/auth linux/sshd linux/syslog | linux | processes | remote-access | 1104 269 732 | debian ubuntu alpine busybox centos rocky fedora linux
windows-server     | Windows server                | windows | rdp:3389+ winrm:5986+ smb:445 | windows/security windows/sysmon windows/powershell windows/system | windows | processes | remote-access holds-credentials legacy-protocols | 1104 269 522 | -
legacy-server      | Server out of support         | any     | - | - | none | processes | hard-to-patch legacy-protocols holds-credentials | 1104 327 319 287 | -
mainframe          | Mainframe                     | zos     | tn3270:23 tn3270s:992+ | - | vendor | stores | hard-to-patch legacy-protocols executes-queries holds-credentials | 319 287 862 | zos as400 ibm-i
program            | Program on a server           | any     | - | application | os | processes | - | 1104 | process daemon
mail-server        | Mail server                   | any     | smtp:25 submission:587+ imaps:993+ | linux/syslog | os | stores | public-service parses-uploads | 290 20 434 | dovecot mailcow exim cyrus
postfix            | Postfix mail relay            | postfix | smtp:25 submission:587+ smtps:465+ | linux/syslog | linux | forwards | public-service parses-uploads | 290 20 400 | sendmail opensmtpd
exchange           | Microsoft Exchange            | exchange | https:443+ smtp:25 | windows/msexchange-management windows/security webserver | windows | stores | public-service parses-uploads holds-credentials renders-user-content | 918 502 287 22 | exchange-server
dns-server         | DNS server                    | bind    | dns:53 | dns linux/syslog | linux | processes | legacy-protocols | 345 350 400 | bind9 named unbound coredns powerdns knot pihole dnsmasq
ntp-server         | Time server                   | ntp     | ntp:123 | linux/syslog | linux | none | legacy-protocols | 345 406 | chrony chronyd ntpd
file-server        | File server                   | windows | smb:445 | windows/security windows/smbserver | windows | stores | holds-credentials legacy-protocols | 732 319 269 | -
samba              | Samba file server             | samba   | smb:445 | linux/auditd linux/syslog | linux | stores | legacy-protocols | 732 319 269 | smbd
nfs-server         | NFS server                    | nfs     | nfs:2049 | linux/auditd linux/syslog | linux | stores | legacy-protocols | 732 319 290 | nfsd nfs
ftp-server         | FTP server                    | ftp     | ftp:21 | linux/vsftpd linux/syslog | linux | stores | legacy-protocols parses-uploads | 319 522 434 | vsftpd proftpd pure-ftpd
sftp-server        | SFTP server                   | openssh | sftp:22+ | linux/sshd linux/auditd | linux | stores | parses-uploads | 732 307 | sftp
print-server       | Print server                  | windows | ipp:631 smb:445 | windows/printservice-operational windows/security | windows | processes | legacy-protocols | 269 427 | cups cupsd
openssh            | SSH server                    | openssh | ssh:22+ | linux/sshd linux/auth | linux | forwards | remote-access | 307 287 | sshd ssh dropbear
telnet-server      | Telnet server                 | telnet  | telnet:23 | linux/syslog | linux | forwards | remote-access legacy-protocols | 319 307 | telnetd
`,
  web: `
nginx              | nginx                         | nginx   | https:443+ http:80 | webserver | linux | forwards | public-service | 444 22 16 | openresty
apache             | Apache httpd                  | apache  | https:443+ http:80 | webserver | linux | forwards | public-service | 444 22 16 | httpd apache2
caddy              | Caddy                         | caddy   | https:443+ http:80 | webserver | vendor | forwards | public-service | 444 22 | -
iis                | Microsoft IIS                 | iis     | https:443+ http:80 | webserver windows/security windows/iis-configuration | windows | forwards | public-service | 444 22 502 | w3wp
tomcat             | Apache Tomcat                 | java    | http:8080 https:8443+ | webserver jvm/application | java | processes | public-service admin-interface | 502 22 434 | jetty
static-site        | Static site                   | any     | https:443+ | webserver | own-code | none | public-service | 79 16 | website
content-management | Content management system     | php     | https:443+ http:80 | webserver application | php | stores | public-service parses-uploads renders-user-content admin-interface executes-queries | 79 89 434 352 1395 | wordpress drupal joomla typo3 ghost cms
`,
  proxy: `
reverse-proxy      | Reverse proxy                 | any     | https:443+ http:80 | webserver | linux | forwards | public-service | 444 918 16 | proxy
haproxy            | HAProxy                       | haproxy | https:443+ http:80 | webserver | linux | forwards | public-service | 444 16 | -
traefik            | Traefik                       | traefik | https:443+ http:80 | webserver | vendor | forwards | public-service admin-interface | 444 16 306 | -
envoy              | Envoy                         | envoy   | https:443+ | webserver | vendor | forwards | - | 444 16 | istio linkerd
load-balancer      | Load balancer                 | any     | https:443+ http:80 | webserver | vendor | forwards | public-service | 444 16 | elb alb nlb f5 lb aws-alb
api-gateway        | API gateway                   | any     | https:443+ | webserver | vendor | forwards | public-service holds-credentials | 287 862 770 | kong apigee krakend tyk apisix
web-application-firewall | Web application firewall | any    | https:443+ http:80 | webserver modsecurity | vendor | forwards | public-service filters-traffic sees-traffic | 693 | waf modsecurity
web-proxy          | Proxy for browsing            | squid   | http-proxy:3128 | proxy | linux | forwards | sees-traffic filters-traffic | 319 918 | squid forward-proxy bluecoat zscaler
content-delivery   | Content delivery network      | any     | https:443+ | webserver | vendor | forwards | public-service vendor-managed many-tenants | 525 444 | cdn cloudflare cloudfront fastly akamai
service-mesh       | Service mesh                  | any     | https:15443+ | kubernetes/application | vendor | forwards | issues-credentials | 295 16 | consul
`,
  container: `
container          | Container                     | any     | - | linux/auditd application | image | processes | - | 1395 250 | pod
container-host     | Container host                | docker  | ssh:22+ docker:2376+ | linux/auditd linux/syslog | linux | processes | runs-foreign-code remote-access many-tenants | 250 269 306 | docker dockerd containerd podman docker-host dind
kubernetes         | Kubernetes cluster            | kubernetes | https:6443+ | kubernetes/audit kubernetes/application | kubernetes | processes | runs-foreign-code admin-interface holds-credentials many-tenants | 269 862 250 1188 | k3s eks gke aks openshift k8s rancher kube-apiserver
kubernetes-node    | Kubernetes node               | kubernetes | https:10250+ | linux/auditd kubernetes/application | kubernetes | processes | runs-foreign-code many-tenants | 250 269 | kubelet
container-registry | Container registry            | any     | https:443+ | application | vendor | stores | holds-credentials builds-code | 494 862 | registry harbor ecr acr nexus artifactory
hypervisor         | Hypervisor                    | any     | https:443+ ssh:22+ | linux/syslog | vendor | processes | admin-interface many-tenants holds-credentials hard-to-patch | 269 1104 | esxi vsphere proxmox hyper-v vmware kvm
`,
  management: `
management-server  | Management server             | windows | rdp:3389+ winrm:5986+ https:443+ | windows/security windows/sysmon windows/powershell | windows | processes | admin-interface holds-credentials remote-access | 522 269 | sccm intune wsus
bastion            | Bastion                       | openssh | ssh:22+ | linux/sshd linux/auditd linux/sudo | linux | forwards | remote-access admin-interface holds-credentials public-service | 307 287 522 | jump-host jump-server teleport guacamole
configuration-management | Configuration management | any    | ssh:22+ https:8140+ | linux/auditd linux/sshd | linux | processes | admin-interface holds-credentials runs-foreign-code | 798 522 269 | ansible puppet salt chef awx
mobile-device-management | Management of devices     | any    | https:443+ | application | vendor | stores | admin-interface holds-credentials vendor-managed | 862 269 | mdm jamf
remote-support     | Remote support                | any     | https:443+ | application | vendor | forwards | remote-access admin-interface vendor-managed | 287 269 | teamviewer anydesk screenconnect vnc rmm
monitoring-server  | Monitoring                    | any     | https:443+ | application linux/syslog | linux | stores | admin-interface holds-credentials | 306 522 200 | grafana prometheus zabbix nagios icinga checkmk alertmanager cadvisor node-exporter netdata uptime-kuma jaeger
log-server         | Log server                    | any     | syslog-tls:6514+ syslog:514 | linux/syslog | linux | stores | legacy-protocols | 117 319 532 | rsyslog syslog-ng loki graylog fluentd fluentbit fluent-bit logstash filebeat vector promtail systemd-journal
admin-console      | Administration console        | any     | https:443+ | webserver application | own-code | processes | admin-interface holds-credentials | 306 352 862 | admin-panel phpmyadmin adminer pgadmin portainer kibana
`,
} as const
