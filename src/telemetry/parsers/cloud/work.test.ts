// Services of code, projects, the edge, work and endpoints: invented records in the forms of their documentation.
import { at, goldens } from '../goldens.test.ts'

const time = '2026-03-02T14:01:02Z'
const ms = at

goldens('code and projects', [
  [
    JSON.stringify({
      '@timestamp': ms,
      _document_id: 'd',
      action: 'org.add_member',
      actor: 'ada',
      user: 'bob',
      org: 'corp',
      actor_ip: '192.0.2.7',
    }),
    {
      parser: 'github-audit',
      time: at,
      user: 'ada',
      target_user: 'bob',
      src_ip: '192.0.2.7',
      class_uid: 3006,
      activity_id: 3,
      logsource: 'github/audit/application',
    },
  ],
  [
    JSON.stringify({
      action: 'opened',
      pull_request: { title: 'x', user: { login: 'bob' }, updated_at: time },
      repository: { full_name: 'corp/shop' },
      sender: { login: 'Ada' },
    }),
    { parser: 'github-webhook', time: at, user: 'ada', file: 'corp/shop' },
  ],
  [
    JSON.stringify({
      id: 1,
      author_id: 2,
      entity_id: 3,
      entity_type: 'Project',
      created_at: time,
      author_name: 'Ada',
      ip_address: '192.0.2.7',
      entity_path: 'corp/shop',
      details: { custom_message: 'Removed user', target_type: 'User', target_details: 'bob' },
    }),
    { parser: 'gitlab-audit', time: at, user: 'ada', target_user: 'bob', src_ip: '192.0.2.7' },
  ],
  [
    JSON.stringify({
      method: 'GET',
      path: '/corp/shop',
      status: 404,
      controller: 'ProjectsController',
      action: 'show',
      remote_ip: '192.0.2.7',
      username: 'ada',
      time,
      correlation_id: 'c',
    }),
    {
      parser: 'gitlab-request',
      time: at,
      user: 'ada',
      url: '/corp/shop',
      outcome: 'failure',
      class_uid: 4002,
      activity_id: 3,
    },
  ],
  [
    JSON.stringify({
      object_kind: 'push',
      user_username: 'ada',
      project: { path_with_namespace: 'corp/shop' },
      ref: 'refs/heads/main',
    }),
    { parser: 'gitlab-webhook', user: 'ada', file: 'corp/shop' },
  ],
  [
    JSON.stringify({
      timestamp: '1772460062',
      auditType: { category: 'Permissions', action: 'Project permission granted' },
      author: { name: 'ada' },
      source: '192.0.2.7',
      affectedObjects: [{ name: 'bob', type: 'USER' }],
    }),
    {
      parser: 'bitbucket',
      time: at,
      user: 'ada',
      target_user: 'bob',
      src_ip: '192.0.2.7',
      logsource: 'bitbucket/audit/application',
    },
  ],
  [
    JSON.stringify({
      id: 1,
      summary: 'User created',
      category: 'user management',
      authorKey: 'ada',
      remoteAddress: '192.0.2.7',
      created: '2026-03-02T14:01:02.000+0000',
      objectItem: { typeName: 'USER', name: 'bob' },
    }),
    {
      parser: 'atlassian',
      time: at,
      user: 'ada',
      target_user: 'bob',
      class_uid: 3001,
      logsource: 'jira/audit/application',
    },
  ],
])

goldens('edge, work and endpoints', [
  [
    JSON.stringify({
      RayID: 'r',
      EdgeStartTimestamp: time,
      ClientIP: '192.0.2.7',
      ClientRequestMethod: 'GET',
      ClientRequestHost: 'shop.example',
      ClientRequestURI: '/a',
      EdgeResponseStatus: 403,
      Action: 'block',
    }),
    {
      parser: 'cloudflare-http',
      time: at,
      domain: 'shop.example',
      url: '/a',
      outcome: 'failure',
      activity: 'web request blocked',
    },
  ],
  [
    JSON.stringify({
      ActionType: 'login',
      ActorEmail: 'ada@corp.example',
      ActorIP: '192.0.2.7',
      When: time,
      ActionResult: true,
    }),
    { parser: 'cloudflare-audit', time: at, user: 'ada', class_uid: 3002, outcome: 'success' },
  ],
  [
    JSON.stringify({
      id: 'x',
      date_create: 1772460062,
      action: 'file_downloaded',
      actor: { type: 'user', user: { email: 'ada@corp.example' } },
      entity: { type: 'file', file: { name: 'plan.pdf' } },
      context: { ip_address: '192.0.2.7' },
    }),
    { parser: 'slack', time: at, user: 'ada', file: 'plan.pdf', class_uid: 6006, activity_id: 2 },
  ],
  [
    JSON.stringify({
      time,
      operator: 'ada@corp.example',
      category_type: 'User',
      action: 'Delete',
      operation_detail: 'Delete User bob',
    }),
    { parser: 'zoom', time: at, user: 'ada', activity_id: 4 },
  ],
  [
    JSON.stringify({
      EVENT_TYPE: 'Login',
      TIMESTAMP_DERIVED: time,
      USER_NAME: 'ada@corp.example',
      ORGANIZATION_ID: '00D',
      SOURCE_IP: '192.0.2.7',
      LOGIN_STATUS: 'LOGIN_NO_ERROR',
    }),
    { parser: 'salesforce', time: at, user: 'ada', outcome: 'success', class_uid: 3002 },
  ],
  [
    JSON.stringify({
      QUERY_ID: 'q',
      QUERY_TEXT: 'SELECT * FROM CUSTOMERS',
      QUERY_TYPE: 'SELECT',
      USER_NAME: 'ADA',
      START_TIME: time,
      EXECUTION_STATUS: 'SUCCESS',
    }),
    { parser: 'snowflake', time: at, user: 'ada', class_uid: 6005, activity_id: 1, outcome: 'success' },
  ],
  [
    JSON.stringify({
      event_type: 'LOGIN',
      event_timestamp: time,
      reported_client_type: 'OTHER',
      user_name: 'ADA',
      client_ip: '192.0.2.7',
      is_success: 'NO',
      error_code: 390100,
    }),
    { parser: 'snowflake', outcome: 'failure', class_uid: 3002, src_ip: '192.0.2.7' },
  ],
  [
    JSON.stringify({
      alertInfo: { alertId: '1', createdAt: time, dstIp: '192.0.2.7', dstPort: '443' },
      ruleInfo: { name: 'R', severity: 'High' },
      agentRealtimeInfo: { name: 'pc1' },
      sourceProcessInfo: { commandline: 'x.exe', filePath: 'C:\\x.exe', user: 'CORP\\ada' },
    }),
    { parser: 'sentinelone', time: at, host: 'pc1', user: 'ada', command_line: 'x.exe', dst_port: 443, severity_id: 4 },
  ],
  [
    JSON.stringify({
      event_simpleName: 'ProcessRollup2',
      event_platform: 'Win',
      timestamp: String(ms),
      aid: 'a',
      ComputerName: 'pc1',
      ImageFileName: '\\x.exe',
      CommandLine: 'x.exe /a',
    }),
    {
      parser: 'crowdstrike-falcon',
      time: at,
      host: 'pc1',
      logsource: 'windows//process_creation',
      'fields.Image': '\\x.exe',
      class_uid: 1007,
    },
  ],
  [
    JSON.stringify({
      metadata: { eventType: 'DetectionSummaryEvent', eventCreationTime: ms },
      event: { ComputerName: 'pc1', UserName: 'ada', DetectName: 'NGAV', Severity: 4, CommandLine: 'x.exe' },
    }),
    { parser: 'crowdstrike-falcon', time: at, severity_id: 4, class_uid: 2004, command_line: 'x.exe' },
  ],
  [
    JSON.stringify({
      sourcetype: 'zscalernss-web',
      event: {
        datetime: '2026-03-02 14:01:02',
        user: 'ada@corp.example',
        ClientIP: '192.0.2.7',
        url: 'evil.example/a',
        hostname: 'evil.example',
        action: 'Blocked',
        requestmethod: 'GET',
        urlcategory: 'x',
      },
    }),
    {
      parser: 'zscaler',
      time: at,
      user: 'ada',
      src_ip: '192.0.2.7',
      domain: 'evil.example',
      outcome: 'failure',
      logsource: 'zscaler//proxy',
    },
  ],
  [
    JSON.stringify({
      timestamp: 1772460062,
      type: 'dns',
      verdict: 'blocked',
      identities: [{ label: 'ada' }],
      internalip: '10.0.0.5',
      externalip: '192.0.2.7',
      domain: 'evil.example',
    }),
    {
      parser: 'cisco-umbrella',
      time: at,
      domain: 'evil.example',
      src_ip: '10.0.0.5',
      outcome: 'failure',
      class_uid: 4003,
    },
  ],
  [
    '"2026-03-02 14:01:02","ada","ada,Site","10.0.0.5","192.0.2.7","Blocked","1 (A)","NOERROR","evil.example.","Malware","AD Users","AD Users,Sites","Malware"',
    { parser: 'cisco-umbrella-csv', time: at, user: 'ada', domain: 'evil.example', outcome: 'failure' },
  ],
  [
    JSON.stringify({
      itype: 'phish_url',
      confidence: 92,
      value_type: 'url',
      url: 'https://evil.example/a',
      added_at: '2026-03-02T14:01:02.860',
      severity: 'very-high',
      id: 1,
    }),
    { parser: 'anomali', domain: 'evil.example', severity_id: 5, url: 'https://evil.example/a' },
  ],
  [
    JSON.stringify({
      class_uid: 3002,
      category_uid: 3,
      activity_id: 1,
      time: ms,
      severity_id: 2,
      status_id: 2,
      user: { name: 'ada' },
      src_endpoint: { ip: '192.0.2.7' },
      metadata: { version: '1.6.0' },
    }),
    { parser: 'ocsf', time: at, user: 'ada', src_ip: '192.0.2.7', outcome: 'failure', class_uid: 3002, activity_id: 1 },
  ],
])
