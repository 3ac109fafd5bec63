// The asset of the model that an event is about.
import type { Model } from '#model'
import type { ParsedEvent } from '#telemetry'

/** Log sources whose writer only looks on: what they write is about the machines they saw. */
const onlookers = new Set(['suricata', 'zeek'])
const isOnlooker = ({ logsource: { product, categories } }: ParsedEvent): boolean =>
  (product !== undefined && onlookers.has(product)) || categories.includes('firewall')

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/**
 * An onlooker's event is about the machine it saw being reached, else the one that reached out, else itself. Any other event is about the
 * machine that wrote it; a cloud call about its bucket, else its account. What is left is told by addresses.
 */
export function assetOf(event: ParsedEvent, locate: Model['locate']): string | undefined {
  const { host, dst_ip, src_ip, fields } = event
  const addresses = [dst_ip, src_ip].filter((address) => address !== undefined)
  if (isOnlooker(event)) return locate({ addresses }) ?? locate({ host })
  const names = [host, text(fields['requestParameters.bucketName']), text(fields['recipientAccountId'])]
  for (const name of names) {
    const found = name === undefined ? undefined : locate({ host: name })
    if (found !== undefined) return found
  }
  return locate({ addresses })
}
