// The table of parsers of cloud services. The narrower stand before the wider: an entry of any kind in Google's log after Google's audit.
import type { JsonParser, TextParser } from '../parser.ts'
import { atlassian, bitbucket } from './atlassian.ts'
import { auth0 } from './auth0.ts'
import { awsElb, awsS3Access, cloudFront } from './aws-access.ts'
import { guardDuty, securityHub } from './aws-findings.ts'
import { awsWaf, route53 } from './aws-network.ts'
import { azureActivity } from './azure-activity.ts'
import { azureAudit } from './azure-audit.ts'
import { azureFlow, defenderAlert, entraRisk } from './azure-security.ts'
import { azureSignIn } from './azure-signin.ts'
import { cloudflareAudit, cloudflareHttp, cloudflareZeroTrust } from './cloudflare.ts'
import { cloudtrail } from './cloudtrail.ts'
import { anomali, falcon, sentinelOne, zscaler } from './endpoint.ts'
import { vpcFlow, vpcFlowText } from './flow.ts'
import { gcpAudit, gcpFlow, gcpLog } from './gcp.ts'
import { githubAudit, githubWebhook } from './github.ts'
import { gitlabAudit, gitlabRequest, gitlabWebhook } from './gitlab.ts'
import { duo, oneLogin, onePassword } from './identity.ts'
import { kubernetes } from './kubernetes.ts'
import { messageTrace, microsoft365 } from './microsoft365.ts'
import { ocsfEvent } from './ocsf-event.ts'
import { okta } from './okta.ts'
import { umbrella, umbrellaCsv } from './umbrella.ts'
import { salesforce, slack, snowflake, zoom } from './workplace.ts'
import { workspace } from './workspace.ts'

export const cloudJsonParsers: readonly JsonParser[] = [
  cloudtrail,
  kubernetes,
  route53,
  vpcFlow,
  guardDuty,
  securityHub,
  awsWaf,
  gcpAudit,
  gcpFlow,
  gcpLog,
  workspace,
  azureFlow,
  entraRisk,
  azureSignIn,
  azureAudit,
  defenderAlert,
  azureActivity,
  microsoft365,
  messageTrace,
  okta,
  auth0,
  oneLogin,
  duo,
  onePassword,
  githubAudit,
  githubWebhook,
  gitlabAudit,
  gitlabWebhook,
  gitlabRequest,
  bitbucket,
  atlassian,
  cloudflareHttp,
  cloudflareZeroTrust,
  cloudflareAudit,
  slack,
  zoom,
  salesforce,
  snowflake,
  sentinelOne,
  falcon,
  zscaler,
  umbrella,
  anomali,
  ocsfEvent,
]
export const cloudTextParsers: readonly TextParser[] = [vpcFlowText, awsElb, awsS3Access, cloudFront, umbrellaCsv]
