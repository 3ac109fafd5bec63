// Google, Kubernetes and identity services: invented records in the forms of their documentation.
import { at, goldens } from '../goldens.test.ts'

const time = '2026-03-02T14:01:02Z'

goldens('Google', [
  [
    JSON.stringify({
      insertId: 'i',
      logName: 'projects/p/logs/cloudaudit.googleapis.com%2Factivity',
      timestamp: time,
      severity: 'NOTICE',
      resource: { type: 'project', labels: { project_id: 'p' } },
      protoPayload: {
        serviceName: 'cloudresourcemanager.googleapis.com',
        methodName: 'SetIamPolicy',
        resourceName: 'projects/p',
        authenticationInfo: { principalEmail: 'ada@corp.example' },
        requestMetadata: { callerIp: '192.0.2.7' },
      },
    }),
    {
      parser: 'gcp-audit',
      time: at,
      user: 'ada',
      src_ip: '192.0.2.7',
      outcome: 'success',
      activity_id: 3,
      file: 'projects/p',
      logsource: 'gcp/gcp.audit/',
      'fields.gcp.audit.method_name': 'SetIamPolicy',
    },
  ],
  [
    JSON.stringify({
      logName: 'projects/p/logs/cloudaudit.googleapis.com%2Fdata_access',
      timestamp: time,
      protoPayload: { methodName: 'storage.objects.get', status: { code: 7, message: 'PERMISSION_DENIED' } },
    }),
    { outcome: 'failure', activity_id: 2, activity: 'google cloud call refused' },
  ],
  [
    JSON.stringify({
      logName: 'organizations/1/logs/x',
      timestamp: time,
      protoPayload: { serviceName: 'login.googleapis.com', methodName: 'google.login.LoginService.loginFailure' },
    }),
    { logsource: 'gcp/google_workspace.login/' },
  ],
  [
    JSON.stringify({
      timestamp: time,
      logName: 'projects/p/logs/compute.googleapis.com%2Fvpc_flows',
      resource: {},
      jsonPayload: {
        connection: { src_ip: '10.0.0.5', src_port: 1, dest_ip: '192.0.2.7', dest_port: 443, protocol: 6 },
        src_instance: { vm_name: 'vm1' },
      },
    }),
    { parser: 'gcp-flow', time: at, host: 'vm1', dst_port: 443, class_uid: 4001 },
  ],
  [
    JSON.stringify({
      timestamp: time,
      logName: 'projects/p/logs/dns.googleapis.com%2Fdns_queries',
      resource: { type: 'dns_query' },
      jsonPayload: { queryName: 'evil.example.', queryType: 'A', responseCode: 'NXDOMAIN', sourceIP: '10.0.0.5' },
    }),
    { parser: 'gcp-log', domain: 'evil.example', src_ip: '10.0.0.5', outcome: 'failure', class_uid: 4003 },
  ],
  [
    JSON.stringify({
      kind: 'admin#reports#activity',
      id: { time, uniqueQualifier: '1', applicationName: 'admin', customerId: 'C' },
      actor: { email: 'ada@corp.example' },
      ipAddress: '192.0.2.7',
      events: [
        { type: 'USER_SETTINGS', name: 'CREATE_USER', parameters: [{ name: 'USER_EMAIL', value: 'bob@corp.example' }] },
      ],
    }),
    {
      parser: 'google-workspace',
      time: at,
      user: 'ada',
      target_user: 'bob',
      src_ip: '192.0.2.7',
      logsource: 'gcp/google_workspace.admin/',
      'fields.eventName': 'CREATE_USER',
      class_uid: 3001,
      activity_id: 1,
    },
  ],
  [
    JSON.stringify({
      time_usec: 1772460062000000,
      email: 'ada@corp.example',
      event_name: 'login_failure',
      event_type: 'login',
      record_type: 'login',
      ip_address: '192.0.2.7',
    }),
    { parser: 'google-workspace', time: at, user: 'ada', outcome: 'failure', class_uid: 3002 },
  ],
])

goldens('Kubernetes and identity services', [
  [
    JSON.stringify({
      kind: 'Event',
      apiVersion: 'audit.k8s.io/v1',
      level: 'Metadata',
      auditID: 'a',
      stage: 'ResponseComplete',
      requestURI: '/api/v1/namespaces/shop/pods/web/exec',
      verb: 'create',
      user: { username: 'ada@corp.example' },
      impersonatedUser: { username: 'system:admin' },
      sourceIPs: ['192.0.2.7'],
      objectRef: { resource: 'pods', subresource: 'exec', namespace: 'shop', name: 'web', apiGroup: 'v1' },
      responseStatus: { code: 403 },
      requestReceivedTimestamp: '2026-03-02T14:01:02.000000Z',
    }),
    {
      parser: 'kubernetes',
      time: at,
      user: 'ada',
      target_user: 'system:admin',
      src_ip: '192.0.2.7',
      outcome: 'failure',
      activity_id: 1,
      'fields.apiGroup': 'v1',
      logsource: 'kubernetes/audit/application',
    },
  ],
  [
    JSON.stringify({
      uuid: 'u',
      published: time,
      eventType: 'group.user_membership.add',
      severity: 'INFO',
      displayMessage: 'Add user to group',
      actor: { alternateId: 'ada@corp.example', type: 'User' },
      client: { ipAddress: '192.0.2.7' },
      outcome: { result: 'SUCCESS' },
      target: [
        { type: 'UserGroup', displayName: 'Admins' },
        { type: 'User', alternateId: 'bob@corp.example' },
      ],
    }),
    {
      parser: 'okta',
      time: at,
      user: 'ada',
      target_user: 'bob',
      src_ip: '192.0.2.7',
      outcome: 'success',
      class_uid: 3006,
      activity_id: 3,
      'fields.eventtype': 'group.user_membership.add',
    },
  ],
  [
    JSON.stringify({
      published: time,
      eventType: 'user.session.start',
      actor: { alternateId: 'ada@corp.example' },
      outcome: { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' },
    }),
    { class_uid: 3002, outcome: 'failure', severity_id: 2 },
  ],
  [
    JSON.stringify({
      log_id: '1',
      data: { date: time, type: 'fp', user_name: 'ada@corp.example', ip: '192.0.2.7', hostname: 'corp.auth0.com' },
    }),
    {
      parser: 'auth0',
      time: at,
      user: 'ada',
      src_ip: '192.0.2.7',
      outcome: 'failure',
      class_uid: 3002,
      domain: 'corp.auth0.com',
    },
  ],
  [
    JSON.stringify({
      id: 1,
      event_type_id: 6,
      account_id: 2,
      created_at: time,
      user_name: 'ada@corp.example',
      ipaddr: '192.0.2.7',
    }),
    { parser: 'onelogin', time: at, outcome: 'failure', class_uid: 3002, logsource: 'onelogin/onelogin.events/' },
  ],
  [
    JSON.stringify({
      txid: 't',
      timestamp: 1772460062,
      isotimestamp: '2026-03-02T14:01:02+00:00',
      event_type: 'authentication',
      factor: 'duo_push',
      result: 'fraud',
      user: { name: 'ada' },
      access_device: { ip: '192.0.2.7', hostname: 'pc1' },
      application: { name: 'VPN' },
    }),
    {
      parser: 'duo',
      time: at,
      user: 'ada',
      src_host: 'pc1',
      dst_host: 'VPN',
      outcome: 'failure',
      severity_id: 4,
      logsource: 'cisco/duo/',
    },
  ],
  [
    JSON.stringify({
      uuid: 'u',
      session_uuid: 's',
      timestamp: time,
      category: 'credentials_failed',
      target_user: { email: 'ada@corp.example' },
      client: { ip_address: '192.0.2.7' },
    }),
    { parser: 'onepassword', outcome: 'failure', user: 'ada', src_ip: '192.0.2.7', class_uid: 3002 },
  ],
])
