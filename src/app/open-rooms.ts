// The rooms opened on their ground, each with what it needs of the others.
import { join, resolve } from 'node:path'
import { openAccess } from '#access'
import { builtInRules, type Detection, openDetection, packFolders, type QueueNeeds } from '#detection'
import { openDrawing } from '#drawing'
import { openEnrichment } from '#enrichment'
import { openIncidents } from '#incidents'
import { openLedger } from '#ledger'
import { type Model, openModel } from '#model'
import { openPaths } from '#paths'
import { openReality } from '#reality'
import { checkDeclared, openTelemetry, parserFolder, type Telemetry } from '#telemetry'
import { openThreats } from '#threats'
import { coverageOf } from './coverage.ts'
import { exerciseRecords } from './exercise.ts'
import type { Closers, Ground } from './ground.ts'
import { hostTexts } from './host-watch.ts'
import type { Rooms } from './house.ts'

/** Parsers of the workspace; what is wrong with them is told at once, and stops nothing. */
async function telemetryOn(ground: Ground): Promise<Telemetry> {
  const { folder, clock, workspace } = ground
  const log = ground.log.child({ room: 'telemetry' })
  const { parsers, issues } = await checkDeclared(parserFolder(workspace), clock.now())
  for (const issue of issues) log.warn({ issue }, 'a parser of the workspace has a problem')
  const watch = { hostTexts: () => hostTexts({ folder, clock }), exerciseRecords }
  return openTelemetry({ ...ground, log, ...watch, parsers })
}

const day = 86_400_000
/** What hygiene and risk of alerts need of the other rooms. */
const queueNeeds = ({
  ground: { workspace, config },
  model,
  trueIncidents,
  incidentsHeld,
}: {
  ground: Ground
  model: Model
  trueIncidents: NonNullable<QueueNeeds['trueIncidents']>
  incidentsHeld: NonNullable<QueueNeeds['incidentsHeld']>
}): QueueNeeds => ({
  workspace,
  own: config.rules[0] === undefined ? undefined : resolve(workspace, config.rules[0]),
  risk: { halfLife: config.risk.halfLifeDays * day, threshold: config.risk.threshold },
  criticalityOf: (id) => model.estate.assets.find((asset) => asset.id === id)?.criticality,
  trueIncidents,
  incidentsHeld,
  keepAlerts: config.alerts.keepDays * day,
})

/** Opens every room. */
export async function openRooms(ground: Ground, close: Closers): Promise<Rooms> {
  const { workspace, folder, config, clock, random, state, secrets } = ground
  const log = (room: string) => ground.log.child({ room })
  const ledger = await openLedger({ state, folder: join(folder, 'ledger'), clock, secrets, log: log('ledger') })
  close.add(() => ledger.close())
  const model = await openModel({ workspace, log: log('model') })
  const packs = { root: join(folder, 'packs'), workspace, all: config.packs }
  const folders = [...config.rules.map((rules) => resolve(workspace, rules)), ...packFolders(packs)]
  const enrichment = await openEnrichment({ workspace, config, model, clock, log: log('enrichment') })
  const { lists, overrides } = config
  const telemetry = await telemetryOn(ground)
  const detection: Detection = await openDetection({
    ...queueNeeds({
      ground,
      model,
      trueIncidents: () => incidents.confirmed(),
      incidentsHeld: { held: (ids) => incidents.held(ids), forget: (alerts) => incidents.forget(alerts) },
    }),
    indicators: () => enrichment.view().indicators,
    folders,
    cache: join(folder, 'rules.cache'),
    state,
    clock,
    lists,
    overrides,
    packs,
    metrics: ground.metrics,
    anomalies: config.anomalies,
    builtIn: builtInRules,
    correlation: { lateness: config.correlation.latenessSeconds * 1000, bytes: config.correlation.bytes },
    random,
    eventsOf: (ids) => telemetry.explore.byIds(ids),
    stored: telemetry,
    log: log('detection'),
  })
  const incidents = openIncidents({ state, alerts: detection, clock, random })
  const estateAt = async (rev: string) => (await model.at(rev)).estate
  return {
    ledger,
    model,
    detection,
    enrichment,
    access: openAccess({ state, clock, random }),
    exchange: { workspace, model },
    drawing: openDrawing({ model, folder, log: log('drawing') }),
    reality: openReality({ state, model, clock }),
    threats: openThreats({ workspace, model, clock, log: log('threats'), estateAt }),
    paths: openPaths({ model, coverage: coverageOf(model, detection) }),
    incidents,
    telemetry,
  }
}
