// Microsoft's services: invented records in the forms of Graph, diagnostic settings and Log Analytics.
import { at, goldens } from '../goldens.test.ts'

const time = '2026-03-02T14:01:02Z'
const signIn = {
  createdDateTime: time,
  userPrincipalName: 'Ada@corp.example',
  appDisplayName: 'Azure Portal',
  ipAddress: '192.0.2.7',
  clientAppUsed: 'Browser',
  status: { errorCode: 50126, failureReason: 'Invalid' },
}
const wanted = {
  parser: 'azure-signin',
  time: at,
  user: 'ada',
  src_ip: '192.0.2.7',
  class_uid: 3002,
  activity_id: 1,
  logsource: 'azure/signinlogs/',
}

goldens('Entra sign-ins in three forms', [
  [JSON.stringify(signIn), { ...wanted, outcome: 'failure', 'fields.ResultType': 50126 }],
  [
    JSON.stringify({
      time,
      category: 'NonInteractiveUserSignInLogs',
      operationName: 'Sign-in activity',
      resultType: '0',
      callerIpAddress: '192.0.2.7',
      properties: { ...signIn, status: { errorCode: 0 } },
    }),
    { ...wanted, outcome: 'success' },
  ],
  [
    JSON.stringify({
      TimeGenerated: time,
      ResultType: '50158',
      AppDisplayName: 'Azure Portal',
      UserPrincipalName: 'ada@corp.example',
      IPAddress: '192.0.2.7',
      Category: 'SignInLogs',
    }),
    { ...wanted, outcome: 'failure', activity: 'sign-in interrupted' },
  ],
])

goldens('Entra audit, risk; Azure activity; Defender; flows', [
  [
    JSON.stringify({
      id: '1',
      activityDateTime: time,
      activityDisplayName: 'Add member to role',
      category: 'RoleManagement',
      loggedByService: 'Core Directory',
      result: 'success',
      initiatedBy: { user: { userPrincipalName: 'ada@corp.example', ipAddress: '192.0.2.7' } },
      targetResources: [{ type: 'User', userPrincipalName: 'bob@corp.example' }],
    }),
    {
      parser: 'azure-audit',
      time: at,
      user: 'ada',
      target_user: 'bob',
      src_ip: '192.0.2.7',
      outcome: 'success',
      class_uid: 3005,
      activity_id: 1,
      'fields.properties.message': 'Add member to role',
    },
  ],
  [
    JSON.stringify({
      time,
      category: 'AuditLogs',
      operationName: 'Delete user',
      properties: {
        activityDateTime: time,
        result: 'failure',
        initiatedBy: { app: { displayName: 'Sync' } },
        targetResources: [{ userPrincipalName: 'bob@corp.example' }],
      },
    }),
    { parser: 'azure-audit', user: 'sync', target_user: 'bob', outcome: 'failure', class_uid: 3001, activity_id: 6 },
  ],
  [
    JSON.stringify({
      riskEventType: 'anonymizedIPAddress',
      riskLevel: 'high',
      riskState: 'atRisk',
      detectedDateTime: time,
      userPrincipalName: 'ada@corp.example',
      ipAddress: '192.0.2.7',
    }),
    { parser: 'entra-risk', time: at, severity_id: 4, user: 'ada', logsource: 'azure/riskdetection/', class_uid: 2004 },
  ],
  [
    JSON.stringify({
      time,
      resourceId: '/SUBSCRIPTIONS/1/VM',
      operationName: 'MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE',
      category: 'Administrative',
      resultType: 'Failure',
      callerIpAddress: '192.0.2.7',
      identity: { claims: { 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': 'ada@corp.example' } },
    }),
    {
      parser: 'azure-activity',
      user: 'ada',
      outcome: 'failure',
      class_uid: 6003,
      activity_id: 4,
      logsource: 'azure/activitylogs/',
      file: '/SUBSCRIPTIONS/1/VM',
    },
  ],
  [
    JSON.stringify({
      TimeGenerated: time,
      OperationNameValue: 'Microsoft.Network/virtualNetworks/write',
      CategoryValue: 'Administrative',
      ActivityStatusValue: 'Success',
      Caller: 'ada@corp.example',
      CallerIpAddress: '192.0.2.7',
    }),
    {
      parser: 'azure-activity',
      time: at,
      user: 'ada',
      src_ip: '192.0.2.7',
      outcome: 'success',
      'fields.operationName': 'Microsoft.Network/virtualNetworks/write',
    },
  ],
  [
    JSON.stringify({
      id: 'a',
      title: 'Mimikatz',
      severity: 'high',
      status: 'newAlert',
      eventDateTime: time,
      vendorInformation: { provider: 'MDATP' },
      hostStates: [{ fqdn: 'pc1.corp.example' }],
      userStates: [{ userPrincipalName: 'ada@corp.example', logonIp: '192.0.2.7' }],
    }),
    { parser: 'defender-alert', time: at, host: 'pc1.corp.example', user: 'ada', severity_id: 4, class_uid: 2004 },
  ],
  [
    JSON.stringify({
      time,
      category: 'NetworkSecurityGroupFlowEvent',
      properties: {
        Version: 2,
        flows: [
          { rule: 'DenyAll', flows: [{ mac: 'm', flowTuples: ['1772460062,192.0.2.7,10.0.0.5,4000,22,T,I,D,B,,,,'] }] },
        ],
      },
    }),
    { parser: 'azure-flow', src_ip: '192.0.2.7', dst_port: 22, outcome: 'failure', class_uid: 4001 },
  ],
])

goldens('Microsoft 365', [
  [
    JSON.stringify({
      CreationTime: '2026-03-02T14:01:02',
      Id: 'x',
      Operation: 'New-InboxRule',
      Workload: 'Exchange',
      RecordType: 1,
      UserId: 'ada@corp.example',
      ClientIP: '192.0.2.7:55311',
      ResultStatus: 'True',
      Parameters: [{ Name: 'ForwardTo', Value: 'x@evil.example' }],
    }),
    {
      parser: 'microsoft365',
      time: at,
      user: 'ada',
      src_ip: '192.0.2.7',
      src_port: 55311,
      outcome: 'success',
      logsource: 'm365/exchange/',
      'fields.Parameters.ForwardTo': 'x@evil.example',
      activity_id: 1,
    },
  ],
  [
    JSON.stringify({
      CreationTime: time,
      Operation: 'FileDownloaded',
      Workload: 'SharePoint',
      RecordType: 6,
      UserId: 'ada@corp.example',
      ClientIP: '[2001:db8::7]:443',
      SourceFileName: 'plan.docx',
    }),
    { class_uid: 6006, activity_id: 2, src_ip: '2001:db8::7', file: 'plan.docx', logsource: 'm365/audit/' },
  ],
  [
    JSON.stringify({
      CreationTime: time,
      Operation: 'UserLoginFailed',
      Workload: 'AzureActiveDirectory',
      RecordType: 15,
      UserId: 'ada@corp.example',
      ActorIpAddress: '192.0.2.7',
    }),
    { class_uid: 3002, outcome: 'failure', activity: 'sign-in failed' },
  ],
  [
    JSON.stringify({
      CreationDate: time,
      UserIds: 'ada',
      Operations: 'Set-Mailbox',
      AuditData: JSON.stringify({
        CreationTime: time,
        Operation: 'Set-Mailbox',
        Workload: 'Exchange',
        RecordType: 1,
        UserId: 'ada@corp.example',
      }),
    }),
    { parser: 'microsoft365', user: 'ada', 'fields.Operations': 'Set-Mailbox' },
  ],
  [
    JSON.stringify({
      MessageTraceId: 'm',
      Received: '2026-03-02T14:01:02',
      SenderAddress: 'x@evil.example',
      RecipientAddress: 'ada@corp.example',
      Status: 'FilteredAsSpam',
      FromIP: '192.0.2.7',
    }),
    { parser: 'microsoft365-mail', target_user: 'ada', outcome: 'failure', class_uid: 4009 },
  ],
])
