// One line for each kind of input.
import type { SourceConfig } from '#platform'
import { evtx } from './evtx.io.ts'
import { exercise } from './exercise.io.ts'
import { file } from './file.io.ts'
import { host } from './host.io.ts'
import { gelfTcp } from './gelf-tcp.io.ts'
import { gelfUdp } from './gelf-udp.io.ts'
import { http } from './http.ts'
import type { InputContext } from './input.ts'
import { journald } from './journald.io.ts'
import { kafka } from './kafka/kafka.io.ts'
import { objects } from './objects/objects.io.ts'
import { netflow } from './netflow.io.ts'
import { sflow } from './sflow.io.ts'
import { pcap } from './pcap/pcap.io.ts'
import { cloudtrail, entra, github, googleWorkspace, m365, okta } from './poll/sources.io.ts'
import { syslogTcp } from './syslog-tcp.io.ts'
import { syslogTls } from './syslog-tls.io.ts'
import { syslogUdp } from './syslog-udp.io.ts'
import { syslogUnix } from './syslog-unix.io.ts'

/** Runs the input of a source until the context's signal. Throwing means: try again after a while. */
// oxlint-disable-next-line complexity
export function runInput(source: SourceConfig, context: InputContext): Promise<void> {
  // oxfmt-ignore
  switch (source.kind) {
    case 'file': return file(source, context)
    case 'pcap': return pcap(source, context)
    case 'evtx': return evtx(source, context)
    case 'journald': return journald(source, context)
    case 'syslog-udp': return syslogUdp(source, context)
    case 'syslog-tcp': return syslogTcp(source, context)
    case 'syslog-tls': return syslogTls(source, context)
    case 'syslog-unix': return syslogUnix(source, context)
    case 'gelf-udp': return gelfUdp(source, context)
    case 'gelf-tcp': return gelfTcp(source, context)
    case 'netflow': return netflow(source, context)
    case 'sflow': return sflow(source, context)
    case 'objects': return objects(source, context)
    case 'kafka': return kafka(source, context)
    case 'okta': return okta(source, context)
    case 'entra': return entra(source, context)
    case 'm365': return m365(source, context)
    case 'google-workspace': return googleWorkspace(source, context)
    case 'github': return github(source, context)
    case 'cloudtrail': return cloudtrail(source, context)
    case 'http': return http(source, context)
    case 'host': return host(source, context)
    case 'exercise': return exercise(source, context)
  }
}
