// AWS CloudTrail: management events of the last ninety days by the API (LookupEvents), for accounts without a trail in a bucket.
import { AwsClient } from 'aws4fetch'
import { z } from 'zod'
import type { AwsKeys } from '../credential.io.ts'
import { bodyAs, day, type Feed, hour, type Item, minute, second } from './feed.ts'

const Page = z.looseObject({
  Events: z.array(z.looseObject({ EventId: z.string(), CloudTrailEvent: z.string() })).default([]),
  NextToken: z.string().optional(),
})
const target = 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents'

/** One region. The API answers two questions a second, fifty events each, the newest first. */
export const cloudtrailFeed = (region: string, endpoint: string, keys: () => Promise<AwsKeys>): Feed => ({
  name: region,
  lateMilliseconds: 15 * minute,
  windowMilliseconds: hour,
  reachMilliseconds: 90 * day,
  async *pages({ from, to }, ask) {
    const url = endpoint === '' ? `https://cloudtrail.${region}.amazonaws.com/` : endpoint
    let token: string | undefined
    do {
      const body = JSON.stringify({
        StartTime: Math.floor(from / second),
        EndTime: Math.ceil(to / second),
        MaxResults: 50,
        ...(token !== undefined && { NextToken: token }),
      })
      const { sessionToken, ...pair } = await keys()
      const client = new AwsClient({
        ...pair,
        ...(sessionToken !== undefined && { sessionToken }),
        service: 'cloudtrail',
        region,
        retries: 0,
      })
      const signed = await client.sign(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
      })
      const answer = await ask(url, { method: 'POST', headers: Object.fromEntries(signed.headers), body })
      const { body: page } = await bodyAs(Page, answer)
      yield page.Events.map((event): Item => ({ id: event.EventId, text: event.CloudTrailEvent }))
      token = page.NextToken
    } while (token !== undefined)
  },
})
