// One line for each protocol that pushes by HTTP.
import { elastic } from './elastic.ts'
import { gelf } from './gelf.ts'
import { hec } from './hec.ts'
import { otlp } from './otlp.ts'
import type { PushProtocol } from './protocol.ts'

export const pushProtocols: readonly PushProtocol[] = [hec, elastic, otlp, gelf]
