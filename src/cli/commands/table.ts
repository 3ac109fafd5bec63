// The commands that are more than an operation. Adding one: its file, and its line here.
import type { Command } from '../command.ts'
import { detect } from './detect.ts'
import { doctor } from './doctor.ts'
import { exercise } from './exercise.ts'
import { hunt } from './hunt.ts'
import { init } from './init.ts'
import { modelImport } from './model-import.ts'
import { normalise } from './normalise.ts'
import { parserCheck, parserList, parserTry } from './parser.ts'
import { ruleLint, ruleTest } from './rules.ts'
import { threats } from './threats.ts'
import { up } from './up.ts'

// prettier-ignore
export const commands: readonly Command[] = [
  init, up, hunt, detect, doctor, modelImport, normalise, parserCheck, parserList, parserTry, ruleLint, ruleTest, threats, exercise,
]
