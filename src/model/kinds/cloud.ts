// Kinds of services that others run: software by subscription, and accounts at cloud providers. Columns: see library.ts.

export const cloud = {
  saas: `
saas               | Software by subscription      | any     | https:443+ | application | vendor | stores | public-service vendor-managed many-tenants | 287 862 | -
office-cloud       | Mail, files and meetings      | any     | https:443+ smtp:25 | m365/audit | vendor | stores | public-service vendor-managed many-tenants reads-mail renders-user-content | 287 862 732 | office365 m365
microsoft-365      | Microsoft 365                 | m365    | https:443+ smtp:25 | m365/audit m365/threat_management azure/signinlogs | vendor | stores | public-service vendor-managed many-tenants reads-mail renders-user-content | 287 862 732 | sharepoint onedrive teams
google-workspace   | Google Workspace              | google  | https:443+ smtp:25 | google_workspace/google_workspace.admin | vendor | stores | public-service vendor-managed many-tenants reads-mail renders-user-content | 287 862 732 | gsuite gmail
code-hosting       | Code and packages             | git     | https:443+ ssh:22+ | github/audit bitbucket/audit | vendor | stores | public-service vendor-managed many-tenants builds-code holds-credentials runs-foreign-code | 798 494 862 | github bitbucket gitlab-cloud
payment-service    | Payments                      | any     | https:443+ | application | vendor | stores | public-service vendor-managed many-tenants | 345 862 352 | stripe adyen paypal payment-provider
sms-service        | Text messages                 | any     | https:443+ | application | vendor | forwards | vendor-managed many-tenants | 290 319 | twilio sms
mail-service       | Sending of mail               | any     | https:443+ smtp:587+ | application | vendor | forwards | vendor-managed many-tenants | 290 522 | sendgrid mailgun ses postmark
finance-service    | Bookkeeping and bank          | any     | https:443+ | application | vendor | stores | public-service vendor-managed many-tenants | 287 862 | bank payroll bookkeeping
crm-service        | Customer relations by subscription | any | https:443+ | application | vendor | stores | public-service vendor-managed many-tenants renders-user-content | 287 862 | salesforce hubspot
ticket-service     | Tickets by subscription       | any     | https:443+ | application | vendor | stores | public-service vendor-managed many-tenants renders-user-content parses-uploads | 287 862 79 | zendesk servicenow
chat-service       | Chat by subscription          | any     | https:443+ | application | vendor | stores | public-service vendor-managed many-tenants renders-user-content | 287 200 | slack
video-service      | Video meetings                | any     | https:443+ | application | vendor | forwards | public-service vendor-managed many-tenants | 287 862 | zoom webrtc
analytics-service  | Analytics                     | any     | https:443+ | - | vendor | stores | vendor-managed many-tenants | 359 829 | google-analytics matomo plausible
external-api       | API of somebody else          | any     | https:443+ | - | vendor | processes | vendor-managed | 345 918 295 | third-party
`,
  cloud: `
cloud-account      | Account at a cloud provider   | any     | https:443+ | aws/cloudtrail | vendor | stores | admin-interface public-service vendor-managed holds-credentials | 269 522 732 | -
aws-account        | AWS account                   | aws     | https:443+ | aws/cloudtrail | vendor | stores | admin-interface public-service vendor-managed holds-credentials issues-credentials | 269 522 732 | aws
azure-subscription | Azure subscription            | azure   | https:443+ | azure/activitylogs azure/signinlogs | vendor | stores | admin-interface public-service vendor-managed holds-credentials issues-credentials | 269 522 732 | azure
gcp-project        | Google Cloud project          | gcp     | https:443+ | gcp/gcp.audit | vendor | stores | admin-interface public-service vendor-managed holds-credentials issues-credentials | 269 522 732 | gcp
virtual-machine    | Virtual machine               | any     | ssh:22+ | linux/auditd linux/sshd | os | processes | remote-access | 1104 269 918 | ec2 aws-instance vm droplet compute-instance
metadata-service   | Metadata of machines          | any     | http:80 | aws/cloudtrail | vendor | stores | issues-credentials vendor-managed | 918 | imds
dns-zone           | Public DNS zone               | any     | dns:53 | aws/cloudtrail dns | vendor | stores | public-service vendor-managed | 350 1104 | route53 registrar
key-management     | Management of keys            | any     | https:443+ | aws/cloudtrail | vendor | stores | holds-credentials vendor-managed | 522 862 | kms
`,
} as const
