// The rooms opened on their ground, each with what it needs of the others.
import { join, resolve } from 'node:path'
import { openAccess } from '#access'
import { builtInRules, openDetection } from '#detection'
import { openDrawing } from '#drawing'
import { openEnrichment } from '#enrichment'
import { openIncidents } from '#incidents'
import { openLedger } from '#ledger'
import { openModel } from '#model'
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

/** Opens every room. */
export async function openRooms(ground: Ground, close: Closers): Promise<Rooms> {
  const { workspace, folder, config, clock, random, state, secrets } = ground
  const log = (room: string) => ground.log.child({ room })
  const ledger = await openLedger({ state, folder: join(folder, 'ledger'), clock, secrets, log: log('ledger') })
  close.add(() => ledger.close())
  const model = await openModel({ workspace, log: log('model') })
  const folders = config.rules.map((rules) => resolve(workspace, rules))
  const enrichment = await openEnrichment({ workspace, config, model, clock, log: log('enrichment') })
  const { lists } = config
  const telemetry = await telemetryOn(ground)
  const detection = await openDetection({
    folders,
    state,
    clock,
    lists,
    anomalies: config.anomalies,
    builtIn: builtInRules,
    random,
    eventsOf: (ids) => telemetry.explore.byIds(ids),
    matching: (asked) => telemetry.matching(asked),
    log: log('detection'),
  })
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
    incidents: openIncidents({ state, alerts: detection, clock, random }),
    telemetry,
  }
}
