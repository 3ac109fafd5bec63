// AWS's services: invented records in the forms of their documentation.
import { at, goldens } from '../goldens.test.ts'

const trail = (more: object): string =>
  JSON.stringify({
    eventVersion: '1.11',
    eventTime: '2026-03-02T14:01:02Z',
    awsRegion: 'eu-central-1',
    recipientAccountId: '111122223333',
    sourceIPAddress: '192.0.2.7',
    ...more,
  })

goldens('CloudTrail: identities and outcomes', [
  [
    trail({
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
      userIdentity: { type: 'IAMUser', userName: 'Ada', arn: 'arn:aws:iam::111122223333:user/Ada' },
      requestParameters: { userName: 'mallory' },
    }),
    {
      time: at,
      parser: 'cloudtrail',
      user: 'ada',
      target_user: 'mallory',
      src_ip: '192.0.2.7',
      class_uid: 3001,
      activity_id: 1,
      outcome: 'success',
    },
  ],
  [
    trail({
      eventSource: 'iam.amazonaws.com',
      eventName: 'AddUserToGroup',
      userIdentity: { type: 'Root' },
      requestParameters: { userName: 'x', groupName: 'Admins' },
    }),
    { user: 'root', target_user: 'x', class_uid: 3006, activity_id: 3 },
  ],
  [
    trail({
      eventSource: 's3.amazonaws.com',
      eventName: 'GetObject',
      errorCode: 'AccessDenied',
      userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/Admin/ada@corp.example' },
    }),
    { user: 'ada', class_uid: 6003, activity_id: 2, outcome: 'failure', severity_id: 2 },
  ],
  [
    trail({
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      sourceIPAddress: 'lambda.amazonaws.com',
      userIdentity: { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' },
    }),
    { user: 'lambda.amazonaws.com', src_host: 'lambda.amazonaws.com', src_ip: undefined },
  ],
  [
    trail({
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      responseElements: { ConsoleLogin: 'Failure' },
      userIdentity: { type: 'IAMUser', userName: 'ada' },
    }),
    { class_uid: 3002, activity_id: 1, outcome: 'failure', activity: 'console login failed' },
  ],
  [
    trail({
      eventSource: 'sso.amazonaws.com',
      eventName: 'Authenticate',
      userIdentity: { type: 'SAMLUser', userName: 'ada@corp.example' },
    }),
    { user: 'ada', class_uid: 6003 },
  ],
  [
    JSON.stringify({
      eventVersion: '1.09',
      eventTime: '2026-03-02T14:01:02Z',
      eventType: 'AwsCloudTrailInsight',
      awsRegion: 'us-east-1',
      insightDetails: {
        state: 'Start',
        eventSource: 'ec2.amazonaws.com',
        eventName: 'RunInstances',
        insightType: 'ApiCallRateInsight',
      },
    }),
    { parser: 'cloudtrail', class_uid: 2004, activity_id: 1, severity_id: 3 },
  ],
  [
    JSON.stringify({
      digestStartTime: '2026-03-02T13:01:02Z',
      digestEndTime: '2026-03-02T14:01:02Z',
      digestS3Bucket: 'b',
    }),
    { parser: 'cloudtrail', activity: 'digest of log files', time: at },
  ],
])

const eni = 'eni-0a1b2c3d4e5f60718'
goldens('VPC flow', [
  [
    `2 111122223333 ${eni} 192.0.2.7 10.0.0.5 51000 22 6 20 4249 1772460062 1772460120 REJECT OK`,
    {
      time: at,
      parser: 'vpc-flow-text',
      logsource: 'aws/vpcflow/',
      src_ip: '192.0.2.7',
      src_port: 51000,
      dst_ip: '10.0.0.5',
      dst_port: 22,
      outcome: 'failure',
      activity_id: 5,
      'fields.bytes': 4249,
      class_uid: 4001,
    },
  ],
  [
    `2 111122223333 ${eni} - - - - - - - 1772460062 1772460120 - NODATA`,
    { src_ip: undefined, outcome: undefined, 'fields.log_status': 'NODATA' },
  ],
  [
    `5 111122223333 ${eni} 10.0.0.5 192.0.2.7 443 51000 6 20 4249 1772460062 1772460120 ACCEPT OK vpc-1 subnet-1 i-1 19 IPv4 10.0.0.5 192.0.2.7 us-east-1 use1-az1 - - - S3 egress 8`,
    { host: 'i-1', outcome: 'success', 'fields.flow_direction': 'egress', 'fields.pkt_dst_aws_service': 'S3' },
  ],
  [
    'version vpc-id start srcaddr dstaddr dstport action\n3 vpc-1 1772460062 10.0.0.5 192.0.2.7 443 ACCEPT',
    { time: at, src_ip: '10.0.0.5', dst_port: 443, 'fields.vpc_id': 'vpc-1' },
  ],
  [
    'account_id,action,srcaddr,dstaddr,srcport,dstport,start\n111122223333,REJECT,192.0.2.7,10.0.0.5,1,2,1772460062',
    { time: at, dst_ip: '10.0.0.5', outcome: 'failure' },
  ],
  [
    JSON.stringify({
      version: 2,
      interface_id: eni,
      srcaddr: '10.0.0.5',
      dstaddr: '192.0.2.7',
      dstport: 443,
      start: 1772460062,
      action: 'ACCEPT',
    }),
    { parser: 'vpc-flow', time: at, dst_port: 443 },
  ],
  [
    JSON.stringify({ srcAddr: '10.0.0.5', dstAddr: '192.0.2.7', srcPort: 9, dstPort: 53, 'account-id': '1' }),
    { parser: 'vpc-flow', src_port: 9, 'fields.account_id': '1' },
  ],
])

goldens('AWS: findings, firewall, names', [
  [
    JSON.stringify({
      schemaVersion: '2.0',
      accountId: '111122223333',
      region: 'us-east-1',
      id: 'f1',
      type: 'UnauthorizedAccess:EC2/SSHBruteForce',
      severity: 8,
      title: 'SSH brute force',
      updatedAt: '2026-03-02T14:01:02.000Z',
      resource: { instanceDetails: { instanceId: 'i-1', networkInterfaces: [{ privateIpAddress: '10.0.0.5' }] } },
      service: {
        serviceName: 'guardduty',
        detectorId: 'd',
        count: 3,
        action: {
          networkConnectionAction: { remoteIpDetails: { ipAddressV4: '192.0.2.7' }, localPortDetails: { port: 22 } },
        },
      },
    }),
    {
      parser: 'guardduty',
      time: at,
      host: 'i-1',
      src_ip: '192.0.2.7',
      dst_ip: '10.0.0.5',
      dst_port: 22,
      severity_id: 4,
      class_uid: 2004,
      activity_id: 2,
    },
  ],
  [
    JSON.stringify({
      SchemaVersion: '2018-10-08',
      AwsAccountId: '111122223333',
      ProductArn: 'arn:aws:securityhub:x',
      GeneratorId: 'g',
      Id: 'f',
      Title: 'S3 open',
      UpdatedAt: '2026-03-02T14:01:02Z',
      Types: ['Software and Configuration Checks'],
      Severity: { Label: 'HIGH' },
      Compliance: { Status: 'FAILED' },
      Workflow: { Status: 'NEW' },
    }),
    { parser: 'security-hub', class_uid: 2003, outcome: 'failure', severity_id: 4, activity_id: 1, time: at },
  ],
  [
    JSON.stringify({
      AwsAccountId: '1',
      GeneratorId: 'g',
      Id: 'v',
      Vulnerabilities: [{ Id: 'CVE-2026-1' }],
      Types: ['Software and Configuration Checks/Vulnerabilities/CVE'],
      FindingProviderFields: { Severity: { Label: 'LOW' } },
    }),
    { class_uid: 2002, severity_id: 2 },
  ],
  [
    JSON.stringify({
      timestamp: at,
      webaclId: 'arn:acl',
      action: 'BLOCK',
      terminatingRuleId: 'sqli',
      httpRequest: {
        clientIp: '192.0.2.7',
        uri: '/login',
        httpMethod: 'POST',
        headers: [
          { name: 'Host', value: 'Shop.example' },
          { name: 'User-Agent', value: 'curl' },
        ],
      },
    }),
    {
      parser: 'aws-waf',
      time: at,
      src_ip: '192.0.2.7',
      url: '/login',
      domain: 'shop.example',
      outcome: 'failure',
      class_uid: 4002,
      activity_id: 6,
      'fields.user_agent': 'curl',
    },
  ],
  [
    JSON.stringify({
      version: '1.1',
      query_timestamp: '2026-03-02T14:01:02Z',
      query_name: 'evil.example.',
      query_type: 'A',
      rcode: 'NXDOMAIN',
      srcaddr: '10.0.0.5',
      srcport: '5353',
      vpc_id: 'vpc-1',
      srcids: { instance: 'i-1' },
      firewall_rule_action: 'BLOCK',
    }),
    {
      parser: 'route53-resolver',
      domain: 'evil.example',
      host: 'i-1',
      src_port: 5353,
      outcome: 'failure',
      class_uid: 4003,
      'fields.query': 'evil.example.',
      logsource: 'aws/route53resolver/dns',
    },
  ],
])

const owner = '7'.repeat(64)
goldens('AWS: access logs', [
  [
    'https 2026-03-02T14:01:02.000000Z app/shop/50dc6c495c0c9188 192.0.2.7:2817 10.0.0.1:80 0.000 0.001 0.000 502 502 34 366 "GET https://shop.example:443/a?b=c HTTP/1.1" "curl/8" ECDHE TLSv1.2 arn:aws:x "Root=1" "shop.example" "-" 0 2026-03-02T14:01:01Z "forward,redirect" "-" "-" "10.0.0.1:80" "502" "-" "-"',
    {
      parser: 'aws-elb',
      time: at,
      host: 'shop',
      src_ip: '192.0.2.7',
      src_port: 2817,
      dst_ip: '10.0.0.1',
      dst_port: 80,
      domain: 'shop.example',
      outcome: 'failure',
      activity_id: 3,
      'fields.cs-uri-stem': '/a',
      'fields.cs-uri-query': '/a?b=c',
      'fields.sc-status': 502,
    },
  ],
  [
    '2026-03-02T14:01:02.000000Z my-elb 192.0.2.7:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://shop.example:80/ HTTP/1.1" "curl/7.38.0" - -',
    { parser: 'aws-elb', host: 'my-elb', outcome: 'success', domain: 'shop.example' },
  ],
  [
    'tls 2.0 2026-03-02T14:01:02 net/n1/c6e77e28c25b2234 g3d4b5e8bb8464cd 192.0.2.7:51341 10.0.0.1:443 5 2 98 246 - arn:aws:acm:x - ECDHE-RSA-AES128-SHA tlsv12 - shop.example - - - 2026-03-02T14:01:00',
    { parser: 'aws-elb', host: 'n1', domain: 'shop.example', class_uid: 4001, dst_port: 443, time: at },
  ],
  [
    `${owner} bucket1 [02/Mar/2026:14:01:02 +0000] 192.0.2.7 arn:aws:iam::111122223333:user/ada 3E57427F3EXAMPLE REST.GET.OBJECT plan.pdf "GET /bucket1/plan.pdf HTTP/1.1" 403 AccessDenied 113 - 7 - "-" "S3Console/0.4" - h= SigV4 ECDHE AuthHeader bucket1.s3.amazonaws.com TLSv1.2 - -`,
    {
      parser: 'aws-s3-access',
      time: at,
      user: 'ada',
      src_ip: '192.0.2.7',
      file: 's3://bucket1/plan.pdf',
      outcome: 'failure',
      class_uid: 6006,
      activity_id: 2,
      domain: 'bucket1.s3.amazonaws.com',
    },
  ],
  [
    '2026-03-02\t14:01:02\tFRA50-C1\t392\t192.0.2.7\tGET\td1.cloudfront.net\t/index.html\t200\t-\tMozilla/5.0%20(X11)\ta=b\t-\tHit\tid==\tshop.example\thttps\t23\t0.001\t-\tTLSv1.3\tTLS_AES\tHit\tHTTP/2.0\t-\t-\t11040\t0.001\tHit\ttext/html\t78\t-\t-',
    {
      parser: 'aws-cloudfront',
      time: at,
      domain: 'shop.example',
      url: '/index.html?a=b',
      src_port: 11040,
      outcome: 'success',
      'fields.cs-user-agent': 'Mozilla/5.0 (X11)',
    },
  ],
  [
    '#Fields: date time x-edge-location c-ip cs-method cs-uri-stem sc-status\n2026-03-02\t14:01:02\tFRA50\t192.0.2.7\tPOST\t/x\t500',
    { parser: 'aws-cloudfront', time: at, outcome: 'failure', activity_id: 6 },
  ],
])

const inner = trail({ eventSource: 'ec2.amazonaws.com', eventName: 'StopInstances', userIdentity: { type: 'Root' } })
goldens('events in envelopes', [
  [
    JSON.stringify({
      version: '0',
      id: 'e1',
      'detail-type': 'AWS API Call via CloudTrail',
      source: 'aws.ec2',
      account: '1',
      detail: JSON.parse(inner) as object,
    }),
    { parser: 'cloudtrail', user: 'root', 'fields.detail-type': 'AWS API Call via CloudTrail' },
  ],
  [
    JSON.stringify({ Type: 'Notification', MessageId: 'm', TopicArn: 't', Message: inner }),
    { parser: 'cloudtrail', time: at },
  ],
  [
    JSON.stringify({
      messageId: 'q',
      receiptHandle: 'r',
      body: JSON.stringify({ MessageId: 'm', TopicArn: 't', Message: inner }),
    }),
    { parser: 'cloudtrail', 'fields.messageId': 'q' },
  ],
  [
    JSON.stringify({
      kinesis: { data: Buffer.from(inner).toString('base64'), partitionKey: 'p' },
      eventSource: 'aws:kinesis',
    }),
    { parser: 'cloudtrail', 'fields.kinesis.partitionKey': 'p' },
  ],
  [
    JSON.stringify({
      logGroup: 'g',
      logStream: 's',
      owner: '1',
      id: '9',
      timestamp: at,
      message: `2 111122223333 ${eni} 192.0.2.7 10.0.0.5 1 22 6 2 4 1772460062 1772460120 ACCEPT OK`,
    }),
    { parser: 'vpc-flow-text', 'fields.logGroup': 'g', dst_port: 22 },
  ],
  [
    JSON.stringify({ '@timestamp': '2026-03-02T14:05:00Z', agent: { type: 'filebeat' }, message: inner }),
    { parser: 'cloudtrail', time: at, 'fields.agent.type': 'filebeat' },
  ],
  [
    JSON.stringify(
      Object.fromEntries(
        Object.entries(JSON.parse(inner) as object).map(([name, value]) => [name.toLowerCase(), value as unknown]),
      ),
    ),
    { parser: 'cloudtrail', 'fields.eventName': 'StopInstances' },
  ],
])
