// Kinds of applications, of what builds them and of what keeps copies. Columns: see library.ts.

export const applications = {
  application: `
web-application    | Web application               | any     | https:443+ | webserver application | own-code | processes | renders-user-content executes-queries | 79 89 352 862 639 | webapp web app portal
node-service       | Service on Node.js            | node    | https:8443+ http:3000 | nodejs/application webserver | own-code | processes | executes-queries | 79 89 918 1321 1395 | node nodejs express nextjs
java-service       | Service on Java               | java    | https:8443+ http:8080 | jvm/application spring/application webserver | own-code | processes | executes-queries | 89 502 611 917 1395 | java openjdk spring spring-boot eclipse-temurin wildfly jboss weblogic
python-service     | Service on Python             | python  | https:8443+ http:8000 | python/application django/application webserver | own-code | processes | executes-queries | 89 79 502 1336 1395 | python django flask fastapi gunicorn uvicorn
php-application    | Application on PHP            | php     | https:443+ http:80 | webserver application | own-code | processes | executes-queries renders-user-content parses-uploads | 79 89 434 98 1395 | php php-fpm laravel symfony
ruby-application   | Application on Ruby           | ruby    | https:443+ http:3000 | ruby_on_rails/application webserver | own-code | processes | executes-queries renders-user-content | 79 89 502 1395 | ruby rails puma
dotnet-service     | Service on .NET               | dotnet  | https:443+ http:5000 | webserver windows/application | own-code | processes | executes-queries | 79 89 502 1395 | dotnet aspnet kestrel
go-service         | Service in Go                 | go      | https:8443+ http:8080 | application webserver | own-code | processes | - | 89 918 1395 | golang go
api                | API                           | any     | https:443+ | webserver application | own-code | processes | executes-queries | 639 862 770 918 | rest-api graphql backend hasura postgrest
worker             | Background worker             | any     | - | application | own-code | processes | - | 502 20 1395 | celery sidekiq job batch consumer scheduler cron
function           | Serverless function           | any     | https:443+ | aws/cloudtrail application | own-code | processes | vendor-managed | 20 918 250 1395 | lambda aws-lambda cloud-function azure-function faas
file-converter     | Converter of uploaded files   | any     | - | application linux/auditd | own-code | processes | parses-uploads | 434 20 400 611 787 | imagemagick libreoffice ffmpeg gotenberg clamav
language-model     | Language model                | any     | https:443+ | application | vendor | processes | parses-uploads runs-foreign-code | 1427 77 200 | llm ollama vllm chatbot
chat-server        | Chat server                   | any     | https:443+ | application | vendor | stores | renders-user-content parses-uploads | 79 862 | mattermost rocketchat synapse matrix jitsi zulip
wiki               | Wiki                          | any     | https:443+ | webserver application | vendor | stores | renders-user-content parses-uploads executes-queries | 79 94 862 | confluence mediawiki bookstack xwiki
ticket-system      | Tickets                       | any     | https:443+ | webserver application | vendor | stores | renders-user-content parses-uploads executes-queries | 79 862 434 | jira redmine otrs zammad
erp                | Enterprise resource planning  | sap     | https:443+ sap-gui:3200 | application | vendor | stores | executes-queries holds-credentials hard-to-patch | 862 306 89 | sap odoo dynamics netsuite
crm                | Customer relations            | any     | https:443+ | application | vendor | stores | executes-queries renders-user-content | 862 79 89 | suitecrm
shop               | Online shop                   | any     | https:443+ | webserver application | own-code | stores | public-service executes-queries renders-user-content | 79 89 352 639 | magento woocommerce shopware prestashop
fhir-server        | Health records by FHIR        | fhir    | https:443+ | webserver application | vendor | stores | executes-queries | 862 639 311 | hapi-fhir hapi
fhir-gateway       | Gateway to health records     | fhir    | https:8443+ | webserver application | own-code | forwards | holds-credentials | 862 918 295 | hl7-gateway mirth
graphical-client   | Program with windows          | any     | - | application | vendor | processes | human-operated | 427 494 | desktop-app
castellan          | Castellan                     | node    | https:7600+ syslog-tls:6514+ syslog:514 | nodejs/application linux/auditd | vendor | stores | admin-interface holds-credentials executes-queries | 79 117 400 862 | -
siem               | Security information system   | any     | https:443+ syslog-tls:6514+ | application | vendor | stores | admin-interface executes-queries holds-credentials | 117 532 862 | splunk wazuh qradar sentinel elastic-siem
`,
  build: `
ci-server          | Builds and deployments        | any     | https:443+ ssh:22+ | application linux/auditd | linux | stores | builds-code runs-foreign-code holds-credentials admin-interface | 494 522 829 78 | ci
jenkins            | Jenkins                       | java    | http:8080 https:443+ | application jvm/application | java | stores | builds-code runs-foreign-code holds-credentials admin-interface | 502 78 522 352 | -
build-runner       | Runner of builds              | any     | - | linux/auditd application | linux | processes | builds-code runs-foreign-code holds-credentials | 494 829 522 | runner github-runner gitlab-runner drone woodpecker
git-server         | Git server                    | git     | https:443+ ssh:22+ | application gitlab | linux | stores | builds-code holds-credentials parses-uploads | 862 918 798 | gitlab gitea forgejo gogs
git-repository     | Git repository                | git     | - | - | own-code | stores | builds-code | 798 345 | repository
package-registry   | Registry of packages          | any     | https:443+ | application | vendor | stores | builds-code | 494 427 862 | verdaccio npm-registry
code-signing       | Signing of code               | any     | https:443+ | application | vendor | stores | holds-credentials issues-credentials | 347 522 | signing
`,
  backup: `
backup-server      | Backup server                 | any     | https:443+ ssh:22+ | linux/auditd linux/syslog | linux | stores | backs-up holds-credentials admin-interface | 311 522 732 | veeam bacula borg restic bareos duplicati
tape-library       | Tapes                         | tape    | - | - | vendor | stores | backs-up hard-to-patch | 311 | tape
disaster-site      | Second site                   | any     | https:443+ | - | os | stores | backs-up | 1104 | -
`,
} as const
