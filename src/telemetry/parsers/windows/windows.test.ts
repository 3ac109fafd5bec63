// Windows events in all their shapes, and the log sources of Sigma's own regression data.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { parse as yaml } from 'yaml'
import { at, goldens, parse } from '../goldens.test.ts'

const system = (id: number, channel: string, provider: string): string =>
  `"System":{"Provider":{"#attributes":{"Name":"${provider}"}},"EventID":${id},"Level":4,"TimeCreated":{"#attributes":{"SystemTime":"2026-03-02T14:01:02.1234567Z"}},` +
  `"Execution":{"#attributes":{"ProcessID":5208,"ThreadID":1}},"Channel":"${channel}","Computer":"PC01.corp.example."}`
const sysmon = (id: number, eventData: object): string =>
  `{"Event":{${system(id, 'Microsoft-Windows-Sysmon/Operational', 'Microsoft-Windows-Sysmon')},"EventData":${JSON.stringify(eventData)}}}`
const security = (id: number, eventData: object): string =>
  `{"Event":{${system(id, 'Security', 'Microsoft-Windows-Security-Auditing')},"EventData":${JSON.stringify(eventData)}}}`

goldens('Windows: Sysmon', [
  [
    sysmon(1, {
      ProcessGuid: '{ab-1}',
      ProcessId: 77,
      Image: 'C:\\Windows\\System32\\cmd.exe',
      CommandLine: 'cmd.exe /c whoami',
      User: 'CORP\\Ada',
      ParentImage: 'C:\\x.exe',
      ParentProcessGuid: 'AB-0',
      Hashes: 'MD5=AA,SHA256=BB,IMPHASH=CC',
    }),
    {
      time: at + 123,
      parser: 'windows',
      logsource: 'windows/sysmon/process_creation',
      host: 'PC01.corp.example',
      user: 'ada',
      process: 'C:\\Windows\\System32\\cmd.exe',
      process_uid: 'AB-1',
      parent_process_uid: 'AB-0',
      command_line: 'cmd.exe /c whoami',
      'fields.Image': 'C:\\Windows\\System32\\cmd.exe',
      'fields.Provider_Name': 'Microsoft-Windows-Sysmon',
      'fields.md5': 'AA',
      'fields.sha256': 'BB',
      'fields.Imphash': 'CC',
      'fields.EventID': 1,
      class_uid: 1007,
      activity: 'process started',
    },
  ],
  [
    sysmon(3, {
      Image: 'C:\\a.exe',
      SourceIp: '10.0.0.1',
      SourcePort: 5000,
      DestinationIp: '::ffff:192.0.2.1',
      DestinationPort: '443',
      Initiated: 'true',
    }),
    { dst_ip: '192.0.2.1', dst_port: 443, src_port: 5000, logsource: 'windows/sysmon/network_connection' },
  ],
  [
    sysmon(10, {
      SourceImage: 'C:\\a.exe',
      SourceProcessGUID: 'S-1',
      TargetImage: 'C:\\lsass.exe',
      SourceUser: 'CORP\\ada',
    }),
    { process: 'C:\\a.exe', process_uid: 'S-1', user: 'ada', logsource: 'windows/sysmon/process_access' },
  ],
  [
    sysmon(12, { EventType: 'CreateKey', TargetObject: 'HKLM\\x' }),
    { logsource: 'windows/sysmon/registry_add+registry_event' },
  ],
  [
    sysmon(12, { EventType: 'DeleteValue', TargetObject: 'HKLM\\x' }),
    { logsource: 'windows/sysmon/registry_delete+registry_event' },
  ],
  [
    sysmon(12, { EventType: 'INFO', TargetObject: 'HKLM\\x' }),
    { logsource: 'windows/sysmon/registry_add+registry_delete+registry_event' },
  ],
  [
    sysmon(26, { TargetFilename: 'C:\\x' }),
    { logsource: 'windows/sysmon/file_delete_detected+file_delete', file: 'C:\\x' },
  ],
])

goldens('Windows: other channels and other shapes', [
  [
    security(4688, {
      SubjectUserName: 'ada',
      SubjectDomainName: 'CORP',
      NewProcessId: '0xea8',
      NewProcessName: 'C:\\b.exe',
      ProcessId: '0x1e7c',
      ParentProcessName: 'C:\\a.exe',
      CommandLine: 'b',
      MandatoryLabel: 'S-1-16-12288',
    }),
    {
      logsource: 'windows/security/process_creation',
      'fields.Image': 'C:\\b.exe',
      'fields.ParentImage': 'C:\\a.exe',
      'fields.User': 'CORP\\ada',
      'fields.NewProcessName': 'C:\\b.exe',
      'fields.IntegrityLevel': 'High',
      process_uid: 'PC01.corp.example:3752',
      parent_process_uid: 'PC01.corp.example:7804',
      process: 'C:\\b.exe',
      parent_process: 'C:\\a.exe',
    },
  ],
  [
    security(4624, {
      SubjectUserName: 'PC01$',
      TargetUserName: 'ada@CORP.EXAMPLE',
      IpAddress: '::ffff:10.0.0.7',
      IpPort: '50000',
      LogonType: 3,
    }),
    { user: 'ada', src_ip: '10.0.0.7', src_port: 50_000, activity: 'login accepted' },
  ],
  [security(4624, { TargetUserName: 'ada', IpAddress: '-', IpPort: '-' }), { src_ip: undefined, src_port: undefined }],
  [
    `{"Event":{${system(1102, 'Security', 'Microsoft-Windows-Eventlog')},"UserData":{"LogFileCleared":{"SubjectUserName":"ada"}}}}`,
    { activity: 'audit log cleared', user: 'ada', severity_id: 4, 'fields.SubjectUserName': 'ada' },
  ],
  [
    `{"Event":{${system(4104, 'Microsoft-Windows-PowerShell/Operational', 'Microsoft-Windows-PowerShell')},"EventData":{"ScriptBlockText":"iex $x"}}}`,
    { logsource: 'windows/powershell/ps_script', process_uid: 'PC01.corp.example:5208' },
  ],
  [
    `{"Event":{${system(400, 'Windows PowerShell', 'PowerShell')},"EventData":{"Data":{"#text":["Available","None","HostApplication=x"]}}}}`,
    {
      logsource: 'windows/powershell-classic/ps_classic_start',
      'fields.Data': ['Available', 'None', 'HostApplication=x'],
    },
  ],
  [
    `{"Event":{${system(1116, 'Microsoft-Windows-Windows Defender/Operational', 'Microsoft-Windows-Windows Defender')},"EventData":{"Threat Name":"Virus:X"}}}`,
    { logsource: 'windows/windefend/', 'fields.ThreatName': 'Virus:X', severity_id: 4 },
  ],
  [
    '{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","Hostname":"W1.example","SourceName":"Microsoft-Windows-Sysmon","EventTime":"2026-03-02 10:01:02","@timestamp":"2026-03-02T14:01:02Z","Image":"C:\\\\a.exe","ProcessId":"9","tags":["x"]}',
    {
      time: at,
      host: 'W1.example',
      'fields.Computer': 'W1.example',
      'fields.Provider_Name': 'Microsoft-Windows-Sysmon',
      'fields.tags': ['x'],
      process_uid: 'W1.example:9',
      logsource: 'windows/sysmon/process_creation',
    },
  ],
  [
    '{"@timestamp":"2026-03-02T14:01:02Z","winlog":{"channel":"Security","event_id":"4625","computer_name":"W1","provider_name":"P","event_data":{"TargetUserName":"ada","IpAddress":"192.0.2.5"}},"host":{"name":"w1"}}',
    {
      logsource: 'windows/security/',
      user: 'ada',
      src_ip: '192.0.2.5',
      'fields.EventID': 4625,
      'fields.Computer': 'W1',
      'fields.host.name': 'w1',
      activity: 'login failed',
    },
  ],
  [
    '<Event xmlns="x"><System><Provider Name="Linux-Sysmon"/><EventID>1</EventID><TimeCreated SystemTime="2026-03-02T14:01:02Z"/><Channel>Linux-Sysmon/Operational</Channel><Computer>u5</Computer></System><EventData><Data Name="Image">/bin/sh</Data><Data Name="CommandLine">a &amp;&amp; b</Data></EventData></Event>',
    { time: at, logsource: 'linux/sysmon/process_creation', host: 'u5', command_line: 'a && b', process: '/bin/sh' },
  ],
])

test("Sigma's regression events arrive under the log source of the rule they belong to", (t) => {
  const sigma = join(process.env['CASTELLAN_DATA'] ?? '../shared/data', 'detection/sigma')
  const list = join(sigma, 'regression_index.json')
  if (!existsSync(list)) return t.skip(`no ground truth at ${list}`)
  const cases: { case: string; files: string[] }[] = JSON.parse(readFileSync(list, 'utf8'))
  const wrong: string[] = []
  let compared = 0
  for (const { case: folder, files } of cases) {
    const rule = join(sigma, `${folder.replace('regression_data/', '')}.yml`)
    const file = files.find((name) => name.endsWith('.json'))
    if (!existsSync(rule) || file === undefined) continue
    const wanted: { logsource: Partial<Record<'product' | 'service' | 'category', string>> } = yaml(
      readFileSync(rule, 'utf8'),
    )
    const texts = readFileSync(join(sigma, folder, file), 'utf8')
      .trim()
      .split(/\n(?=\{)/)
    const { product, service, category } = wanted.logsource
    compared++
    const fits = texts
      .map((text) => parse(text).logsource)
      .some(
        (source) =>
          (product === undefined || source.product === product) &&
          (service === undefined || source.service === service) &&
          (category === undefined || source.categories.includes(category)),
      )
    if (!fits) wrong.push(folder)
  }
  t.diagnostic(`${compared - wrong.length} of ${compared} cases`)
  assert.deepEqual(wrong, [])
})
