// One event of Windows through every tool that carries it: the same columns, the same log source, the same fields.
import assert from 'node:assert/strict'
import test from 'node:test'
import type { ParsedEvent } from '../../types.ts'
import { parse } from '../goldens.test.ts'

const system = {
  channel: 'Security',
  provider: 'Microsoft-Windows-Security-Auditing',
  host: 'PC01.corp.example',
  time: '2026-03-02T14:01:02.000Z',
}
const data = {
  SubjectUserSid: 'S-1-5-18', SubjectUserName: 'PC01$', SubjectDomainName: 'CORP', SubjectLogonId: '0x3e7', TargetUserName: 'Ada', TargetDomainName: 'CORP', LogonType: '3', WorkstationName: 'WS7',
  ProcessName: 'C:\\Windows\\System32\\lsass.exe', IpAddress: '192.0.2.7', IpPort: '51000',
} // prettier-ignore
const xmlData = Object.entries(data)
  .map(([name, value]) => `<Data Name="${name}">${value}</Data>`)
  .join('')
const xml = (before: string, tag: string, after: string): string =>
  `${before}<${tag}Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><${tag}System><${tag}Provider Name='${system.provider}'/><${tag}EventID>4624</${tag}EventID><${tag}Keywords>0x8020000000000000</${tag}Keywords>` +
  `<${tag}TimeCreated SystemTime='${system.time}'/><${tag}Channel>Security</${tag}Channel><${tag}Computer>${system.host}</${tag}Computer></${tag}System><${tag}EventData>${xmlData.replaceAll('<Data', `<${tag}Data`).replaceAll('</Data', `</${tag}Data`)}</${tag}EventData>${after}</${tag}Event>`
const message = [
  'An account was successfully logged on.', '', 'Subject:', '\tSecurity ID:\t\tS-1-5-18', '\tAccount Name:\t\tPC01$', '\tAccount Domain:\t\tCORP', '\tLogon ID:\t\t0x3e7', '', 'Logon Information:', '\tLogon Type:\t\t3', '', 'New Logon:',
  '\tAccount Name:\t\tAda', '\tAccount Domain:\t\tCORP', '', 'Process Information:', '\tProcess Name:\t\tC:\\Windows\\System32\\lsass.exe', '', 'Network Information:', '\tWorkstation Name:\tWS7', '\tSource Network Address:\t192.0.2.7', '\tSource Port:\t\t51000',
] // prettier-ignore
const beat = {
  channel: 'Security',
  provider_name: system.provider,
  event_id: 4624,
  computer_name: system.host,
  keywords: ['Audit Success'],
  event_data: data,
}

const shapes: Readonly<Record<string, string>> = {
  'EVTX as evtx_dump writes it': JSON.stringify({
    Event: {
      System: {
        Provider: { '#attributes': { Name: system.provider } },
        EventID: 4624,
        Keywords: '0x8020000000000000',
        TimeCreated: { '#attributes': { SystemTime: system.time } },
        Channel: 'Security',
        Computer: system.host,
      },
      EventData: data,
    },
  }),
  'raw XML': xml('', '', ''),
  'XML with declaration, prefix and rendering': xml(
    '<?xml version="1.0" encoding="utf-8"?>',
    'e:',
    '<e:RenderingInfo Culture="en-US"><e:Message>An account was successfully logged on.</e:Message></e:RenderingInfo>',
  ),
  'XML in syslog': `<14>1 2026-03-02T14:01:03Z collector winevt - - - ${xml('', '', '')}`,
  'Winlogbeat 7 and 8, Elastic agent': JSON.stringify({
    '@timestamp': system.time,
    winlog: beat,
    host: { name: 'x' },
    event: { code: '4624' },
  }),
  'Winlogbeat 6': JSON.stringify({
    '@timestamp': system.time,
    log_name: 'Security',
    source_name: system.provider,
    event_id: '4624',
    computer_name: system.host,
    keywords: ['Audit Success'],
    event_data: data,
  }),
  NXLog: JSON.stringify({
    EventTime: '2026-03-02 14:01:02',
    Hostname: system.host,
    Keywords: -9214364837600034816,
    EventType: 'AUDIT_SUCCESS',
    EventID: 4624,
    SourceName: system.provider,
    Channel: 'Security',
    ...data,
  }),
  'OTRF, forwarded as flat JSON': JSON.stringify({
    '@timestamp': system.time,
    EventID: 4624,
    Channel: 'Security',
    Hostname: system.host,
    SourceName: system.provider,
    Keywords: -9214364837600034816,
    ...data,
  }),
  Velociraptor: JSON.stringify({
    System: {
      Provider: { Name: system.provider, Guid: '1' },
      EventID: { Value: 4624 },
      Keywords: '0x8020000000000000',
      TimeCreated: { SystemTime: 1772460062 },
      Channel: 'Security',
      Computer: system.host,
    },
    EventData: data,
    Message: 'An account',
  }),
  'Get-WinEvent as JSON': JSON.stringify({
    Id: 4624,
    LogName: 'Security',
    ProviderName: system.provider,
    MachineName: system.host,
    TimeCreated: '/Date(1772460062000)/',
    Message: message.join('\r\n'),
  }),
  "Splunk's text": `03/02/2026 02:01:02 PM\nLogName=Security\nSourceName=Microsoft Windows security auditing.\nEventCode=4624\nEventType=0\nComputerName=${system.host}\nKeywords=Audit Success\nMessage=${message.join('\n')}`,
  Snare: `<14>Mar  2 14:01:02 collector MSWinEventLog\t1\tSecurity\t77\tMon Mar 02 14:01:02 2026\t4624\t${system.provider}\tN/A\tN/A\tSuccess Audit\t${system.host}\tLogon\t\t${message.join('  ').replaceAll('\t', ' ')}\t77`,
}

const columns = (event: ParsedEvent): object => {
  const {
    time,
    logsource,
    class_uid,
    activity_id,
    activity,
    outcome,
    host,
    user,
    target_user,
    src_ip,
    src_port,
    src_host,
    process,
  } = event
  return {
    time,
    logsource,
    class_uid,
    activity_id,
    activity,
    outcome,
    host,
    user,
    target_user,
    src_ip,
    src_port,
    src_host,
    process,
  }
}
const wanted = {
  time: Date.UTC(2026, 2, 2, 14, 1, 2), logsource: { product: 'windows', service: 'security', categories: [] }, class_uid: 3002, activity_id: 1, activity: 'login accepted', outcome: 'success', host: system.host, user: 'ada',
  target_user: undefined, src_ip: '192.0.2.7', src_port: 51000, src_host: 'WS7', process: data.ProcessName,
} // prettier-ignore

for (const [name, text] of Object.entries(shapes))
  test(`a login through ${name}`, () => {
    const event = parse(text)
    assert.equal(event.parse_error, undefined)
    assert.deepEqual(columns(event), wanted)
    for (const [field, value] of Object.entries(data)) assert.equal(String(event.fields[field]), value, field)
    for (const [field, value] of Object.entries({
      EventID: 4624,
      Channel: 'Security',
      Computer: system.host,
      Provider_Name: system.provider,
    }))
      assert.equal(event.fields[field], value, field)
  })

const audit = (id: number, more: object): ParsedEvent =>
  parse(
    JSON.stringify({
      '@timestamp': system.time,
      EventID: id,
      Channel: 'Security',
      Hostname: 'dc1',
      SourceName: system.provider,
      SubjectUserName: 'Ada',
      ...more,
    }),
  )

test('accounts, groups, tickets: who does it to whom, and how it went', () => {
  const created = audit(4720, { TargetUserName: 'Mallory' })
  assert.deepEqual(
    [created.user, created.target_user, created.class_uid, created.activity_id],
    ['ada', 'mallory', 3001, 1],
  )
  const added = audit(4732, {
    MemberName: 'CN=Bob Baker,OU=Staff,DC=corp',
    MemberSid: 'S-1-5-21-1',
    TargetUserName: 'Administrators',
  })
  assert.deepEqual([added.target_user, added.class_uid, added.activity_id], ['bob baker', 3006, 3])
  assert.equal(audit(4732, { MemberName: '-', MemberSid: 'S-1-5-21-1' }).target_user, 's-1-5-21-1')
  assert.equal(audit(4768, { TargetUserName: 'bob', Status: '0x6' }).outcome, 'failure')
  assert.equal(audit(4769, { TargetUserName: 'bob', Status: '0x0' }).outcome, 'success')
  assert.equal(audit(4776, { TargetUserName: 'bob', Workstation: '\\\\WS7', Status: '0xc000006a' }).outcome, 'failure')
  assert.equal(audit(4776, { TargetUserName: 'bob', Workstation: '\\\\WS7', Status: '0x0' }).src_host, 'WS7')
  assert.equal(audit(4625, { TargetUserName: 'bob' }).outcome, 'failure')
  assert.equal(audit(4648, { TargetUserName: 'bob', TargetServerName: 'srv1' }).dst_host, 'srv1')
  assert.equal(audit(1102, {}).class_uid, 1008)
})
