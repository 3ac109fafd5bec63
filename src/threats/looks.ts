// What several rules ask in the same words.
import type { Asset, Habit, Person } from '#model'
import { among, type Facts, is, isStore, isWorkplace, rank } from './facts.ts'
import type { RatingInput, Witness } from './words.ts'

/** Whether people of this function read mail or browse: at a machine of theirs, or because it is a habit of theirs to open attachments. */
export const readsMail = (facts: Facts, person: Person): boolean =>
  person.habits.includes('opens-attachments') ||
  person.uses.some(({ asset }) => is(facts.asset(asset), 'reads-mail', 'browses-internet'))

const habits: Partial<Readonly<Record<Habit, readonly [number, string]>>> = {
  'opens-attachments': [1.5, 'are known to open attachments'],
  'approves-prompts': [2, 'are known to say yes when asked'],
  'reuses-passwords': [1.5, 'use passwords in several places'],
  trained: [0.6, 'are trained to notice it'],
}

/** Habits that make a person easier or harder to fool, as inputs of the rating. */
export const habitFactors = (
  person: Person,
  of: readonly Habit[] = ['opens-attachments', 'approves-prompts', 'trained'],
): RatingInput[] =>
  of
    .filter((habit) => person.habits.includes(habit))
    .flatMap((habit) => {
      const known = habits[habit]
      return known ? [{ name: 'habit', value: known[0], why: `${person.title} ${known[1]}` }] : []
    })

/** Keeps data as its task: stores, directories, and whatever keeps something and is not there for strangers. */
export const keepsForOthers = (facts: Facts, asset: Asset): boolean =>
  isStore(asset) ||
  among(asset, 'identity') ||
  (facts.roleOf(asset) === 'stores' &&
    among(asset, 'application', 'server') &&
    !is(asset, 'public-service') &&
    facts.kept(asset.id).length > 0)

/** Passes requests on to others without looking into them. */
export const passesOn = (facts: Facts, asset: Asset | undefined): boolean =>
  asset !== undefined && (among(asset, 'proxy', 'network') || facts.roleOf(asset) === 'forwards')

/** Other assets of the same zone, in the order of the model. */
export const neighboursOf = (facts: Facts, asset: Asset): Asset[] =>
  facts.inZone(asset.zone).filter(({ id }) => id !== asset.id)

/** How much is lost with an asset, to choose the worst of several: 0 to 8. */
export const weightOf = (facts: Facts, id: string): number => {
  const asset = facts.asset(id)
  const data = facts.held(id).map((one) => rank(one.confidentiality) + 1)
  return (asset ? rank(asset.criticality) : 0) + Math.max(0, ...data)
}

/** The application for which a proxy stands: the first that it passes requests on to; anything else for itself. */
export function worksFor(facts: Facts, asset: Asset): string {
  if (!passesOn(facts, asset)) return asset.id
  const behind = facts.outOf(asset.id).find(({ to }) => among(facts.asset(to), 'application', 'web', 'container'))
  return behind?.to ?? asset.id
}

/** Whether a data class is kept, or carried to where it is kept, by anything that makes backups. */
export const isCopied = (facts: Facts, data: string): boolean => facts.copied.has(data)

/** Whether a login there can be tried from anywhere: a service on the internet, or one behind nothing but a gate that passes requests on. */
export function takesLoginsFromAnywhere(facts: Facts, asset: Asset): boolean {
  const way = facts.reach.internet.way(asset.id, '-')
  const passed = way?.assets.slice(0, -1).every((id) => passesOn(facts, facts.asset(id))) ?? false
  return (
    passed ||
    (way === undefined && among(asset, 'saas', 'cloud')) ||
    (facts.isPartner(asset.id) && among(asset, 'saas', 'identity'))
  )
}

/** A stolen login that works only from inside is worth less, as an input of the rating. */
export const insideFactor = (facts: Facts, asset: Asset): RatingInput[] =>
  takesLoginsFromAnywhere(facts, asset)
    ? []
    : [{ name: 'inside only', value: 0.25, why: `a login at ${asset.title} works only from inside` }]

/** Has an interface for administration, and is not there for the public. */
export const isAdministered = (asset: Asset): boolean =>
  is(asset, 'admin-interface', 'remote-access') && !is(asset, 'public-service')

/** Opens, shows or runs what others made. */
export const handlesForeignContent = (asset: Asset): boolean =>
  is(asset, 'parses-uploads', 'renders-user-content', 'runs-foreign-code') || isWorkplace(asset)

/** A workplace as the beginning of a way: nothing has to be reached first. */
export const workplaceItself = ({ id }: Asset): Witness => ({
  origin: 'workplace',
  start: id,
  assets: [id],
  flows: [],
  people: [],
  trust: [],
  hops: 0,
  text: '',
})

/** Keeps the records of others: a log server, or whatever gates and sensors send theirs to. */
export const collectsRecords = (facts: Facts, asset: Asset): boolean =>
  (among(asset, 'management', 'security') && facts.roleOf(asset) === 'stores' && !is(asset, 'runs-foreign-code')) ||
  facts
    .into(asset.id)
    .some(
      ({ from, data }) =>
        data.length > 0 && among(facts.asset(from), 'network', 'security') && facts.kept(asset.id).length > 0,
    )

/** Whether one machine administers another because that one runs on it: a host, and programs and files in its zone or one within. */
export function runsOn(facts: Facts, host: Asset, program: Asset): boolean {
  if (!among(host, 'server', 'container') || among(program, 'server')) return false
  for (let zone = facts.zoneOf(program.id), deep = 0; zone !== undefined && deep < 20; deep += 1) {
    if (zone.id === host.zone) return true
    const { parent } = zone
    zone = facts.estate.zones.find(({ id }) => id === parent)
  }
  return false
}

/** The first answer that there is. */
export function firstOf<One, Answer>(all: readonly One[], find: (one: One) => Answer | undefined): Answer | undefined {
  for (const one of all) {
    const answer = find(one)
    if (answer !== undefined) return answer
  }
  return undefined
}
