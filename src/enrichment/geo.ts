// Where an address of the internet is and who runs its network, from databases in MaxMind's format that the user brings.
import { Reader } from 'mmdb-lib'
import { z } from 'zod'
import { type Enricher, ends } from './enricher.ts'
import { kept } from './kept.ts'
import { reachOf } from './reach.ts'

/** What we read of a record: GeoIP2 and GeoLite2 Country, City, ASN and ISP; DB-IP and IPinfo use some of the same names. */
const Named = z.looseObject({ names: z.looseObject({ en: z.string().optional() }).optional() })
const Country = z.looseObject({ iso_code: z.string().optional() })
const Found = z.looseObject({
  country: z.union([Country, z.string()]).optional().catch(undefined),
  registered_country: Country.optional().catch(undefined),
  country_code: z.string().optional().catch(undefined),
  city: z.union([Named, z.string()]).optional().catch(undefined),
  location: z.looseObject({ latitude: z.number(), longitude: z.number() }).optional().catch(undefined),
  autonomous_system_number: z.number().optional().catch(undefined),
  autonomous_system_organization: z.string().optional().catch(undefined),
  asn: z.string().optional().catch(undefined),
  as_name: z.string().optional().catch(undefined),
})

/** An opened database: the facts of an address. */
export type GeoDatabase = (address: string) => Readonly<Record<string, string>>

const countryOf = ({ country, country_code, registered_country }: z.output<typeof Found>): string | undefined => {
  const said = typeof country === 'string' ? country : country?.iso_code
  return said ?? country_code ?? registered_country?.iso_code
}

function factsOf(found: z.output<typeof Found>): Record<string, string> {
  const facts: Record<string, string> = {}
  const country = countryOf(found)
  const city = typeof found.city === 'string' ? found.city : found.city?.names?.en
  const number = found.autonomous_system_number === undefined ? found.asn : `AS${found.autonomous_system_number}`
  const operator = found.autonomous_system_organization ?? found.as_name
  if (country !== undefined) facts['country'] = country
  if (city !== undefined && city !== '') facts['city'] = city
  if (found.location) {
    facts['latitude'] = String(found.location.latitude)
    facts['longitude'] = String(found.location.longitude)
  }
  if (number !== undefined) facts['asn'] = number
  if (operator !== undefined) facts['as'] = operator
  return facts
}

/** Opens a database from its bytes. Throws when they are not one. */
export function geoDatabase(bytes: Buffer): GeoDatabase {
  const reader = new Reader(bytes)
  return (address) => {
    const found = Found.safeParse(reader.get(address))
    return found.success ? factsOf(found.data) : {}
  }
}

/** Asks every database; what the first says counts. */
export function geoEnricher(databases: () => readonly GeoDatabase[]): Enricher {
  let read = databases()
  const find = kept((address: string): readonly (readonly [string, string])[] => {
    if (reachOf(address) !== 'internet') return []
    const facts: Record<string, string> = {}
    for (const database of read) for (const [name, text] of Object.entries(database(address))) facts[name] ??= text
    return Object.entries(facts)
  })
  return {
    name: 'geo',
    gives: ends.flatMap(([end]) => [
      { name: `${end}.country`, does: `country of the ${end} address (ISO 3166)` },
      { name: `${end}.city`, does: 'its city' },
      { name: `${end}.latitude`, does: 'its latitude in degrees, where the database has it' },
      { name: `${end}.longitude`, does: 'its longitude in degrees' },
      { name: `${end}.asn`, does: 'number of the network it belongs to: AS64500' },
      { name: `${end}.as`, does: 'who runs that network' },
    ]),
    add(event, _asset, facts) {
      const now = databases()
      if (now !== read) {
        read = now
        find.clear()
      }
      if (read.length === 0) return
      for (const [end, column] of ends) {
        const address = event[column]
        if (address !== undefined) for (const [name, text] of find(address)) facts[`${end}.${name}`] = text
      }
    },
  }
}
