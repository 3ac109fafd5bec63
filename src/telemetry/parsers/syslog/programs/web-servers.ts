// Web servers that send their logs to syslog.
import { ocsfClass, ocsfSeverity } from '#standards'
import { accessLine } from '../../web/access.ts'
import { statusSeverity, webSource } from '../../web/request.ts'
import type { LogLine, Program, Reading } from '../line.ts'

const products: Readonly<Record<string, string>> = {
  nginx: 'nginx',
  apache2: 'apache',
  httpd: 'apache',
  apache: 'apache',
}
const client =
  /, client: (?<src_ip>[0-9A-Fa-f:.]{2,45})(?:, server: (?<server>[^,]{0,255}))?(?:, request: "(?<request>[^"]{0,2048})")?/

function read({ program, text }: LogLine): Reading | undefined {
  const product = products[program.toLowerCase()]
  const access = accessLine(text)
  if (access) {
    const { who, fields, method, target, status } = access
    const detail = `${method ?? ''} ${target ?? ''} ${status ?? ''}`.trim()
    const fact = {
      class_uid: ocsfClass.httpActivity,
      activity: 'web request',
      severity_id: statusSeverity(status),
      detail,
    }
    return { logsource: webSource(product), who, fields, ...fact }
  }
  if (product === undefined) return undefined
  const found = client.exec(text)?.groups
  const src_ip = found?.['src_ip']
  return {
    logsource: { product, service: product, categories: [] },
    class_uid: ocsfClass.httpActivity,
    activity: 'web server message',
    severity_id: /\[(?:error|crit|alert|emerg)\]/.test(text) ? ocsfSeverity.low : ocsfSeverity.informational,
    detail: text,
    who: { src_ip },
    fields: src_ip === undefined ? {} : { 'c-ip': src_ip },
  }
}

export const webServers: Program = {
  names: ['nginx', 'apache2', 'httpd', 'apache', 'caddy', 'haproxy', 'traefik'],
  logsource: webSource(),
  read,
}
