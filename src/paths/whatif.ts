// The estate as it would be: without a flow, with a weakness fixed, with a control added. A copy; the model is not touched.
import { Fault } from '#kernel'
import { Control, type Asset, type Estate } from '#model'
import type { ExtraFacts } from './nodes.ts'

export interface WhatIf {
  /** flow ids; `use PEOPLE -> ASSET`; `trust A -> B` */
  readonly without?: readonly string[]
  /** `CWE-89@asset`, `CVE-2024-1@asset`; `*` for all on it, or for all assets */
  readonly fix?: readonly string[]
  /** `waf@asset`; `*` for all assets */
  readonly add?: readonly string[]
}

export interface World {
  readonly estate: Estate
  readonly extra: ExtraFacts
}

/** Whether anything would be changed. */
export const changesAnything = ({ without, fix, add }: WhatIf): boolean =>
  [without, fix, add].some((list) => list && list.length > 0)

/** The world after these changes. Throws INPUT_INVALID for what is not written as above, NOT_FOUND for what does not exist. */
export function whatIf(world: World, { without = [], fix = [], add = [] }: WhatIf): World {
  let next = world
  for (const what of without) next = withoutOne(next, what)
  for (const what of fix) next = fixed(next, halves(what, 'CWE-89@asset'))
  for (const what of add) next = withControl(next, halves(what, 'waf@asset'))
  return next
}

function withoutOne({ estate, extra }: World, what: string): World {
  if (/^(use|trust) /.test(what)) {
    if (!credentialNames(estate).includes(what)) throw new Fault('NOT_FOUND', what)
    return { estate, extra: { ...extra, revoked: [...(extra.revoked ?? []), what] } }
  }
  const { opened = [] } = extra
  const flows = estate.flows.filter(({ id }) => id !== what)
  const ways = opened.filter(({ from, to }) => `${from} -> ${to} (open)` !== what)
  if (flows.length + ways.length === estate.flows.length + opened.length) throw new Fault('NOT_FOUND', `flow ${what}`)
  return { estate: { ...estate, flows }, extra: { ...extra, opened: ways } }
}

const credentialNames = ({ people, trust }: Estate): string[] => [
  ...people.flatMap(({ id, uses }) => uses.map(({ asset }) => `use ${id} -> ${asset}`)),
  ...trust.map(({ id }) => `trust ${id}`),
]

interface Halves {
  readonly what: string
  readonly asset: string
}

function halves(text: string, example: string): Halves {
  const at = text.lastIndexOf('@')
  if (at <= 0 || at === text.length - 1) throw new Fault('INPUT_INVALID', `${text}: write it as ${example}`)
  return { what: text.slice(0, at), asset: text.slice(at + 1) }
}

function onAssets({ estate, extra }: World, name: string, change: (asset: Asset) => Asset): World {
  if (name !== '*' && !estate.assets.some(({ id }) => id === name)) throw new Fault('NOT_FOUND', `asset ${name}`)
  return {
    estate: {
      ...estate,
      assets: estate.assets.map((asset) => (name === '*' || asset.id === name ? change(asset) : asset)),
    },
    extra,
  }
}

function fixed(world: World, { what, asset }: Halves): World {
  const meant = (weakness: string) => what === '*' || weakness.toUpperCase() === what.toUpperCase()
  const next = onAssets(world, asset, (one) => ({
    ...one,
    weaknesses: one.weaknesses.filter((weakness) => !meant(weakness)),
  }))
  // CWE-319 is not on an asset: it is a flow without encryption.
  const flows = meant('CWE-319')
    ? next.estate.flows.map((flow) =>
        asset === '*' || flow.from === asset || flow.to === asset ? { ...flow, encrypted: true } : flow,
      )
    : next.estate.flows
  const flaws = (world.extra.flaws ?? []).filter((flaw) => !meant(flaw.id) || (asset !== '*' && flaw.asset !== asset))
  return { estate: { ...next.estate, flows }, extra: { ...world.extra, flaws } }
}

function withControl(world: World, { what, asset }: Halves): World {
  const control = Control.safeParse(what)
  if (!control.success)
    throw new Fault('INPUT_INVALID', `${what} is no control; known are ${Control.options.join(', ')}`)
  return onAssets(world, asset, (one) => ({ ...one, controls: [...new Set([...one.controls, control.data])] }))
}
