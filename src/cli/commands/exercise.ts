// castellan exercise: writes the telemetry of an invented organisation into files, for trying rules and other tools.
import { exitCodes, Fault } from '#kernel'
import { writeExercise } from '#app'
import type { Command, Given, Terminal } from '../command.ts'

const numberOf = (given: Given, name: string, standard: number): number => {
  const text = given.flags[name]?.at(-1)
  const value = text === undefined ? standard : Number(text)
  if (!Number.isFinite(value) || value < 0) throw new Fault('INPUT_INVALID', `--${name} ${text}: a number is needed`)
  return value
}

async function run(given: Given, terminal: Terminal): Promise<number> {
  const [organisation = 'fernhill', folder] = given.words
  if (folder === undefined)
    throw new Fault('INPUT_INVALID', 'name the folder to write to: castellan exercise fernhill OUT')
  const to = given.flags['to']?.at(-1)
  const end = to === undefined ? Date.now() : Date.parse(to)
  if (Number.isNaN(end)) throw new Fault('INPUT_INVALID', `--to ${to}: a time such as 2026-03-02T17:00:00Z is needed`)
  const days = numberOf(given, 'days', 1)
  const written = await writeExercise({
    organisation,
    folder,
    seed: numberOf(given, 'seed', 7),
    from: end - days * 86_400_000,
    to: end,
  })
  if (given.json) terminal.print(JSON.stringify(written))
  else for (const { file, records } of written.files) terminal.print(`${file}  ${records.toLocaleString('en')} records`)
  return exitCodes.clean
}

export const exercise: Command = {
  name: 'exercise',
  does: 'write a day of an invented organisation, attack included, into files (same seed, same records)',
  usage: 'exercise [fernhill] OUT [--seed 7] [--days 1] [--to TIME]',
  flags: {
    '--seed N': 'another day of the same organisation',
    '--days N': 'length',
    '--to TIME': 'its end; now when not given',
  },
  run,
}
