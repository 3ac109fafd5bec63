// The room at work: scenes of the estate as it is read now, or as it would be, and the questions asked of them.
import { Fault } from '#kernel'
import type { Estate, Model } from '#model'
import type { Best, Proof } from './best.ts'
import { likeliest } from './likeliest.ts'
import { blastOf } from './blast.ts'
import { asWhatIf, changesOf } from './changes.ts'
import { passed, unavoidable } from './choke.ts'
import { cheapestCut, type Cut } from './cut.ts'
import { type Coverage, isShown, lookOf, noCoverage, pathOf, shapeOf, techniqueOf } from './describe.ts'
import { factsOf } from './facts.ts'
import { crownJewels, type Goal, goalNamed, jewelService } from './goals.ts'
import type { ExtraFacts } from './nodes.ts'
import { type Profile, profiles } from './profiles.ts'
import { ground, type Grounded, type Scene, sceneOf, stepAt } from './scene.ts'
import { factText } from './space.ts'
import type { Blast, Choke, ChokePoint, Jewel, Path, PathList, ProfileView, Reached } from './types.ts'
import { changesAnything, type WhatIf, whatIf, type World } from './whatif.ts'

export interface OpenPaths {
  readonly model: Pick<Model, 'estate'>
  /** whether a tested detection covers a technique on an asset; without it nothing is covered */
  readonly coverage?: Coverage
  /** what other rooms know; asked at each question, read again when another object is answered */
  readonly extra?: () => ExtraFacts
}

export interface ListPaths extends WhatIf {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly profile?: string | undefined
  readonly k: number
  /** only paths that no tested detection covers */
  readonly unseen?: boolean
}

export interface AskChoke extends WhatIf {
  readonly from?: string | undefined
  readonly to: string
  readonly profile?: string | undefined
  /** no path may stay as likely as this; half of the likeliest when not given */
  readonly below?: number | undefined
}

export type Paths = ReturnType<typeof openPaths>

/** Opens the room over a model. Nothing is stored; what was worked out for an estate is kept until another is read. */
export function openPaths({ model, coverage = noCoverage, extra = () => noExtra }: OpenPaths) {
  const groundedOf = keeper()
  const scene = (ask: WhatIf & { profile?: string | undefined; from?: string | undefined }): Scene => {
    const now: World = { estate: model.estate, extra: extra() }
    const grounded = changesAnything(ask) ? changed(groundedOf(now), whatIf(now, ask), ask) : groundedOf(now)
    const start = sceneOf(grounded, profileNamed(ask.profile), ask.from)
    if (start.starts.size > 0 || ask.from === undefined) return start
    throw new Fault('NOT_FOUND', `asset or people ${ask.from}`)
  }
  return {
    list(ask: ListPaths): PathList {
      const at = scene(ask)
      const goals =
        ask.to === undefined ? crownJewels(at.facts, at.space, at.profile) : [goalNamed(at.facts, at.space, ask.to)]
      const found = goals.map((goal) => listTo(at, goal, ask, coverage))
      const items = found.flatMap(({ paths }) => paths).toSorted((a, b) => b.probability - a.probability)
      return { items, goals: found.map(({ reached }) => reached) }
    },
    /** `asset` may also be people. */
    blast: ({ asset, ...changes }: { asset: string } & WhatIf): Blast =>
      blastOf(scene({ ...changes, from: asset }), asset),
    choke(ask: AskChoke): Choke {
      const at = scene(ask)
      const goal = goalNamed(at.facts, at.space, ask.to)
      return chokeOf(at, goal, ask.below, coverage)
    },
    profiles(): ProfileView[] {
      const { facts, space } = groundedOf({ estate: model.estate, extra: extra() })
      return profiles.map((profile) => {
        const { id, title, does, skills } = profile
        const jewels = crownJewels(facts, space, profile)
        return {
          id,
          title,
          does,
          skills: { ...skills },
          starts: profile.starts(facts, space).length,
          goals: jewels.map((goal) => goal.id),
        }
      })
    },
    jewels: (): Jewel[] => jewelsOf(model.estate),
  }
}

const noExtra: ExtraFacts = {}

const groundWorld = ({ estate, extra }: World): Grounded => ground(factsOf(estate, extra))

/** Controls change chances, not steps (but for who filters mail): with nothing else changed the steps are those known. */
function changed(known: Grounded, world: World, { without = [], fix = [], add = [] }: WhatIf): Grounded {
  const onlyControls = without.length === 0 && fix.length === 0 && !add.some((what) => what.startsWith('mail-filter@'))
  return onlyControls ? { ...known, facts: factsOf(world.estate, world.extra) } : groundWorld(world)
}

/** Keeps what was worked out for an estate as long as the estate itself is kept. */
function keeper(): (world: World) => Grounded {
  const kept = new WeakMap<Estate, { extra: ExtraFacts; grounded: Grounded }>()
  return (world) => {
    const known = kept.get(world.estate)
    if (known?.extra === world.extra) return known.grounded
    const grounded = groundWorld(world)
    kept.set(world.estate, { extra: world.extra, grounded })
    return grounded
  }
}

function profileNamed(id = 'internet'): Profile {
  const found = profiles.find((profile) => profile.id === id)
  if (!found) throw new Fault('NOT_FOUND', `profile ${id}; known are ${profiles.map((one) => one.id).join(', ')}`)
  return found
}

/** Costs under which every covered step is impossible: what is left are paths that nothing sees. */
function unseenCost(scene: Scene, coverage: Coverage): Float64Array {
  const cost = scene.graph.cost.slice()
  for (let index = 0; index < scene.graph.steps; index += 1) {
    const step = stepAt(scene, index)
    const asset = scene.facts.nodes[step.on]?.asset.id ?? ''
    if (isShown(step) && coverage(asset, techniqueOf(step))) cost[index] = Infinity
  }
  return cost
}

function search(scene: Scene, goal: Goal, k: number, cost = scene.graph.cost): Best & { likewise: number[] } {
  const shape = shapeOf(scene)
  const counts = new Map<string, number>()
  const same = (steps: readonly number[]): string => {
    const text = shape(steps)
    counts.set(text, (counts.get(text) ?? -1) + 1)
    return text
  }
  const best = likeliest(scene, { goal: goal.fact, k, cost, same })
  return { ...best, likewise: best.proofs.map(({ steps }) => counts.get(shape(steps)) ?? 0) }
}

function listTo(
  scene: Scene,
  goal: Goal,
  { k, unseen = false }: ListPaths,
  coverage: Coverage,
): { paths: Path[]; reached: Reached } {
  const blind = coverage === noCoverage ? scene.graph.cost : unseenCost(scene, coverage)
  const found = search(scene, goal, k, unseen ? blind : scene.graph.cost)
  const chance = (proofs: readonly Proof[]) => Math.exp(-(proofs[0]?.cost ?? Infinity))
  const undetected =
    unseen || blind === scene.graph.cost ? chance(found.proofs) : chance(search(scene, goal, 1, blind).proofs)
  const paths = found.proofs.map((proof, at) => ({
    ...pathOf(scene, goal, proof, coverage),
    likewise: found.likewise[at] ?? 0,
  }))
  const probability = chance(found.proofs)
  const reached = { probability, undetected, exact: found.exact, atMost: Math.exp(-found.bound) }
  return { paths, reached: { goal: goal.id, title: goal.title, reachable: paths.length > 0, ...reached } }
}

function chokeOf(scene: Scene, goal: Goal, wanted: number | undefined, coverage: Coverage): Choke {
  const { graph, starts } = scene
  const { proofs } = likeliest(scene, { goal: goal.fact, k: 5, same: shapeOf(scene) })
  const [proof] = proofs
  const probability = Math.exp(-(proof?.cost ?? Infinity))
  const given = new Set([goal.fact, ...[...starts.values()].map(({ gives }) => gives)])
  const facts = proof ? unavoidable(graph, goal.fact, proof).filter((fact) => !given.has(fact)) : []
  return {
    goal: goal.id,
    title: goal.title,
    probability,
    points: pointsOf(scene, goal, proofs, coverage),
    facts: facts.map((fact) => factText(scene.facts, scene.space, fact)),
    cut: cutOf(scene, goal, wanted ?? Number((probability / 2).toPrecision(2))),
  }
}

/** The assets of the likeliest paths, those that are alike together: whether all paths pass them, and how likely the best way round is. */
function pointsOf(scene: Scene, goal: Goal, proofs: readonly Proof[], coverage: Coverage): ChokePoint[] {
  const shown = proofs.map((proof) => pathOf(scene, goal, proof, coverage))
  const looks = scene.facts.nodes.map(({ index }) => lookOf(scene, index))
  const look = new Map(scene.facts.nodes.map(({ name, index }) => [name, looks[index] ?? '']))
  const onPaths = [...new Set(shown.flatMap(({ steps }) => steps.map(({ asset }) => look.get(asset) ?? '')))]
  const parts = onPaths.map((one) => ({ name: one, steps: stepsOn(scene, (node) => looks[node] === one) }))
  const points = passed(scene.graph, goal.fact, parts).map(({ name, otherwise }) => {
    const isHere = ({ asset }: { asset: string }) => look.get(asset) === name
    const here = shown.flatMap(({ steps }) => steps.filter(isHere))
    return {
      assets: scene.facts.nodes.filter(({ index }) => looks[index] === name).map((node) => node.name),
      steps: [...new Set(here.map(({ gives }) => gives))],
      techniques: [...new Set(here.map(({ technique }) => technique))],
      seenBy: [...new Set(here.flatMap(({ seenBy }) => seenBy))],
      unavoidable: otherwise === Infinity,
      otherwise: Math.exp(-otherwise),
      through: shown.filter(({ steps }) => steps.some(isHere)).length,
      detected: here.some(({ detected }) => detected),
    }
  })
  return points.toSorted((a, b) => a.otherwise - b.otherwise || b.through - a.through)
}

function stepsOn(scene: Scene, isMeant: (node: number) => boolean): number[] {
  const found: number[] = []
  for (const [index, { on }] of scene.table.hows.entries())
    if (isMeant(on) && isShown(stepAt(scene, index))) found.push(index)
  return found
}

function cutOf(scene: Scene, goal: Goal, below: number): Choke['cut'] {
  const changes = changesOf(scene)
  const wanted = cheapestCut(scene.graph, changes, { goal: goal.fact, below: -Math.log(below) })
  // What cannot be had in full is had as far as it goes: to the likeliest path that is left after all changes.
  const cut = wanted.possible
    ? wanted
    : cheapestCut(scene.graph, changes, { goal: goal.fact, below: wanted.proof.cost - 1e-9 })
  if (!cut.possible)
    return {
      below,
      possible: false,
      changes: [],
      price: 0,
      atLeast: 0,
      exact: false,
      left: Math.exp(-cut.proof.cost),
      paths: 0,
    }
  const names = cut.changes.map((change) => changes.names[change] ?? '')
  return {
    below,
    possible: wanted.possible,
    changes: cut.changes.map((change, at) => ({ change: names[at] ?? '', price: changes.prices[change] ?? 0 })),
    ...priced(cut),
    left: leftAfter(scene, goal, names),
    paths: cut.paths,
  }
}

const priced = ({ price, bound, sure }: Extract<Cut, { possible: true }>) => ({
  price,
  atLeast: bound,
  exact: sure && bound >= price,
})

/** The likeliest path once these changes are made: worked out from scratch, so that it proves the cut. */
function leftAfter({ facts, profile }: Scene, goal: Goal, names: readonly string[]): number {
  const { estate, extra } = facts
  const after = sceneOf(groundWorld(whatIf({ estate, extra }, asWhatIf(names))), profile)
  const [proof] = likeliest(after, { goal: goalNamed(after.facts, after.space, goal.id).fact, k: 1 }).proofs
  return Math.exp(-(proof?.cost ?? Infinity))
}

function jewelsOf({ assets, data, services }: Estate): Jewel[] {
  const kept = data
    .filter(({ confidentiality }) => confidentiality === 'critical')
    .map(({ id, title }) => ({
      id: `data:${id}`,
      title,
      why: 'its confidentiality is critical',
      assets: assets.filter(({ stores }) => stores.includes(id)).map((asset) => asset.id),
    }))
  const run = services.flatMap((service) => {
    const why = jewelService(service)
    return why === undefined
      ? []
      : [{ id: `service:${service.id}`, title: service.title, why, assets: [...service.needs] }]
  })
  return [...kept, ...run]
}
