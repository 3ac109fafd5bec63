// The sixty people of Fernhill Health. All invented; one table, read once.
import type { Zone } from './calendar.ts'
import { hexOf } from './dice.ts'
import type { Machine } from './machines.ts'

export const teams = [
  'clinicians',
  'support',
  'developers',
  'operations',
  'it',
  'finance',
  'hr',
  'marketing',
  'management',
] as const
export type Team = (typeof teams)[number]
export type Site = 'dublin' | 'cork' | 'boston'

export interface Person {
  /** Account name: `orla.keaveney`. */
  readonly id: string
  readonly name: string
  readonly team: Team
  readonly site: Site
  readonly zone: Zone
  readonly sid: string
  readonly laptop: Machine
  /** Address of the laptop when it is not at the site: out of the VPN's pool. */
  readonly away: string
}

const roster = `
clinicians | dublin | Aoife Tiernan, Brid Hanratty, Conall Mulqueen, Dervla Scully, Emer Fallon, Fintan Rooney, Grainne Halpin, Hugh Lavelle
clinicians | cork | Ide Cotter, Jarlath Buckley, Keelin Horgan, Lorcan Desmond, Mairead Twomey, Nessa Cronin, Oran Lucey, Padraigin Healy, Ronan Kiely, Sorcha Aherne, Tadhg Linnane, Una Coveney, Vivienne Ring, Wojciech Nowicki
support | dublin | Amara Okonjo, Bartosz Wilk, Caoimhe Dolan, Dylan Farrelly
support | boston | Eliza Marchetti, Franklin Osei, Giulia Brandt, Harper Lindqvist
developers | dublin | Ilse Vandamme, Joao Teles, Katarzyna Mazur, Liam Garrity, Mei Tanaka, Niall Cassidy, Oisin Prendergast, Priya Raman, Quentin Lefort, Rosa Iglesias
operations | dublin | Saoirse Devane, Tomas Havel, Ultan McGing
it | dublin | Declan Morrow, Yusuf Demirci, Zofia Krol
finance | dublin | Orla Keaveney, Peadar Stack, Rachel Ennis, Stefan Lupu
hr | dublin | Tara Molloy, Uinseann Daly, Valerie Crowe
marketing | dublin | Adele Quill, Brendan Quirke, Chiara Sforza
management | dublin | Dympna Forde, Eamon Vaughan, Fidelma Garrihy, Gearoid Swords
`
export const domain = 'FERNHILL'
const domainSid = 'S-1-5-21-3181044871-2207745116-1040922317'

interface Kit {
  /** First letters of the laptops' names. */
  readonly prefix: string
  /** Third byte of addresses at the Dublin office (10.20.8.0/22) and in the VPN's pool (10.30.0.0/22). */
  readonly office: number
  readonly pool: number
}
const developersKit: Kit = { prefix: 'DV', office: 11, pool: 3 }
const kits: Readonly<Partial<Record<Team, Kit>>> = {
  developers: developersKit,
  operations: developersKit,
  it: { prefix: 'IT', office: 10, pool: 2 },
  finance: { prefix: 'FN', office: 9, pool: 1 },
}

const accountOf = (name: string): string => name.toLowerCase().replace(' ', '.')

function personOf(name: string, team: Team, site: Site, number: number): Person {
  const kit = kits[team] ?? { prefix: site === 'cork' ? 'CK' : 'LT', office: 8, pool: 0 }
  const laptop = `${kit.prefix}-${String(100 + number).padStart(4, '0')}`
  return {
    id: accountOf(name),
    name,
    team,
    site,
    zone: site === 'boston' ? 'boston' : 'dublin',
    sid: `${domainSid}-${1200 + number}`,
    laptop: {
      name: laptop,
      computer: `${laptop}.corp.fernhill.example`,
      address: site === 'cork' ? `10.21.8.${10 + number}` : `10.20.${kit.office}.${10 + number}`,
      guid: hexOf(8, 'machine', laptop).toUpperCase(),
    },
    away: `10.30.${kit.pool}.${10 + number}`,
  }
}

const isTeam = (text: string): text is Team => teams.some((team) => team === text)
const isSite = (text: string): text is Site => text === 'dublin' || text === 'cork' || text === 'boston'

export const people: readonly Person[] = roster
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [team = '', site = '', names = ''] = line.split('|').map((cell) => cell.trim())
    return isTeam(team) && isSite(site) ? names.split(', ').map((name) => ({ name, team, site })) : []
  })
  .map(({ name, team, site }, number) => personOf(name, team, site, number))

/** Accounts for administration, apart from the ones their owners read mail with. */
export const adminOf = (person: Person): { readonly id: string; readonly sid: string } => ({
  id: `adm-${person.id.charAt(0)}${person.id.split('.')[1] ?? ''}`,
  sid: person.sid.replace(/-1(\d{3})$/, '-3$1'),
})

const found = (id: string): Person => {
  const person = people.find((candidate) => candidate.id === id)
  if (person === undefined) throw new Error(`people.ts: no ${id} in the roster`)
  return person
}
/** Whose laptop the attack begins on. */
export const accountant = found('orla.keaveney')
/** Whose administrator account is stolen. */
export const administrator = found('declan.morrow')
export const ofTeam = (...wanted: readonly Team[]): readonly Person[] =>
  people.filter((person) => wanted.includes(person.team))
