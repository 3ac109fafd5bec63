// Objects of a bucket, through the API of Amazon S3 that other stores speak as well (ListObjectsV2, GetObject; Signature Version 4).
import { AwsClient } from 'aws4fetch'
import { Fault } from '#kernel'
import { type Answer, asked } from '../ask.io.ts'
import type { Listed, ObjectPlace } from './place.ts'

export interface BucketAt {
  /** `s3://bucket/prefix` */
  readonly from: string
  readonly region: string
  /** Of another store that speaks S3; empty for Amazon. */
  readonly endpoint: string
  /** Asked before each request, so that a changed file counts. */
  readonly keys: () => Promise<AwsKeys>
}
interface AwsKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

const mostPages = 10_000
const longestList = 33_554_432

/** A text of XML: the five entities and numbers. */
const plain = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g, (_, decimal, hex, name: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Math.min(Number(decimal), 0x10ffff))
    if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(String(hex), 16), 0x10ffff))
    return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name] ?? ''
  })

/** The text of the first element of this name; elements are not nested in themselves here. */
function elementOf(xml: string, name: string, from = 0): string | undefined {
  const begin = xml.indexOf(`<${name}>`, from)
  const end = begin < 0 ? -1 : xml.indexOf(`</${name}>`, begin)
  return end < 0 ? undefined : xml.slice(begin + name.length + 2, end)
}

/** The objects of a ListBucketResult, and how to go on. */
export function listingOf(xml: string): { readonly items: Listed[]; readonly next: string | undefined } {
  if (!xml.includes('<ListBucketResult'))
    throw new Fault('UNREADABLE', 'the list of the bucket: it is no ListBucketResult')
  const items: Listed[] = []
  for (let at = xml.indexOf('<Contents>'); at >= 0; at = xml.indexOf('<Contents>', at + 1)) {
    const one = elementOf(xml, 'Contents', at) ?? ''
    const key = plain(elementOf(one, 'Key') ?? '')
    const modified = Date.parse(elementOf(one, 'LastModified') ?? '')
    const size = Number(elementOf(one, 'Size') ?? 0)
    // A key that ends in / is a folder that somebody made.
    if (key !== '' && !key.endsWith('/') && Number.isFinite(modified)) items.push({ key, size, modified })
  }
  const next = elementOf(xml, 'NextContinuationToken')
  return { items, next: next === undefined ? undefined : plain(next) }
}

const partsOf = (from: string): { readonly bucket: string; readonly prefix: string } => {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(from) ?? []
  return { bucket, prefix }
}
const pathOf = (key: string): string => key.split('/').map(encodeURIComponent).join('/')

/** The objects below a prefix of a bucket. */
export function bucketPlace(at: BucketAt): ObjectPlace {
  const { bucket, prefix } = partsOf(at.from)
  // Other stores are asked by path: they have no name in DNS for each bucket.
  const base =
    at.endpoint === ''
      ? `https://${bucket}.s3.${at.region}.amazonaws.com`
      : `${at.endpoint.replace(/\/$/, '')}/${bucket}`
  const request = async (url: string, signal: AbortSignal): Promise<Answer> => {
    const { sessionToken, ...keys } = await at.keys()
    const client = new AwsClient({
      ...keys,
      ...(sessionToken !== undefined && { sessionToken }),
      service: 's3',
      region: at.region,
      retries: 0,
    })
    const { url: to, headers } = await client.sign(url)
    return asked(to, { headers: Object.fromEntries(headers), signal })
  }
  return {
    name: at.from,
    async *list(since, signal) {
      let token: string | undefined
      for (let page = 0; page < mostPages; page += 1) {
        const query = new URLSearchParams({ 'list-type': '2', prefix })
        if (token !== undefined) query.set('continuation-token', token)
        const answer = await request(`${base}/?${query.toString()}`, signal)
        const { items, next } = listingOf(await answer.text(longestList))
        yield* items.filter(({ modified }) => modified >= since)
        if (next === undefined) return
        token = next
      }
      throw new Fault('TOO_LARGE', `bucket ${at.from}: more than ${mostPages} pages; name a longer prefix`)
    },
    async *read(key, signal) {
      const answer = await request(`${base}/${pathOf(key)}`, signal)
      yield* answer.pieces()
    },
  }
}
