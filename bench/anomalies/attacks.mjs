// Attacks of different strength for the mill: each family has levels from what should be missed to what nobody should miss, and says which detector is there for it.
import {
  day,
  diceOf,
  flow,
  hour,
  login,
  minute,
  question,
  second,
  servers,
  start,
  sudo,
  touch,
  event,
} from './mill.mjs'

const evil = (dice) => ({ address: `192.0.2.${dice.below(250)}`, name: `${dice.hex(6)}.example` })

/** Calls home for eighteen hours. */
const beat =
  (every, jitter) =>
  ({ person, at, dice, emit }) => {
    const to = evil(dice)
    for (let t = at; t < at + 18 * hour; t += every * second * (1 + jitter * (2 * dice.next() - 1)))
      emit(flow(t, person.address, to, [900 + dice.below(60), 1]))
  }
const families = {
  'beacon, jitter at 5 minutes': {
    by: 'beaconing',
    levels: {
      none: beat(300, 0),
      '10 %': beat(300, 0.1),
      '25 %': beat(300, 0.25),
      '50 %': beat(300, 0.5),
      '90 %': beat(300, 0.9),
    },
  },
  'beacon, distance at 10 % jitter': {
    by: 'beaconing',
    levels: {
      '1 min': beat(60, 0.1),
      '10 min': beat(600, 0.1),
      '30 min': beat(1800, 0.1),
      '1 h': beat(3600, 0.1),
      '2 h': beat(7200, 0.1),
    },
  },
  'spray over four hours, accounts an hour': {
    by: 'password-spraying',
    levels: Object.fromEntries(
      [3, 6, 9, 15, 40].map((many) => [
        many,
        ({ mill, at, dice, emit }) => {
          const from = `10.99.1.${dice.below(250)}`
          const all = [...mill.people].sort(() => dice.next() - 0.5)
          for (let n = 0; n < 4 * many; n++)
            emit(
              login(at + (n * hour) / many, all[n % all.length], 'dc2', {
                outcome: 'failure',
                activity: 'login refused',
                src_ip: from,
              }),
            )
        },
      ]),
    ),
  },
  'guessing one account, tries an hour': {
    by: 'volume',
    levels: Object.fromEntries(
      [10, 20, 30, 60, 200].map((many) => [
        many,
        ({ person, at, dice, emit }) => {
          for (let n = 0; n < 2 * many; n++)
            emit(
              login(at + (n * hour) / many, person, 'dc2', {
                outcome: 'failure',
                activity: 'login refused',
                src_ip: `10.99.2.${dice.below(4)}`,
              }),
            )
        },
      ]),
    ),
  },
  'upload to a new place, megabytes in two hours': {
    by: 'new-destination-volume',
    levels: Object.fromEntries(
      [5, 20, 60, 200, 2000].map((many) => [
        many,
        ({ person, at, dice, emit }) => {
          const to = evil(dice)
          for (let n = 0; n < 20; n++) emit(flow(at + n * 6 * minute, person.address, to, [(many * 1e6) / 20, 200]))
        },
      ]),
    ),
  },
  'data in names, questions an hour': {
    by: 'dns-tunnel',
    levels: Object.fromEntries(
      [10, 30, 60, 120, 1000].map((many) => [
        many,
        ({ person, at, dice, emit }) => {
          const below = `${dice.hex(7)}.example`
          for (let n = 0; n < 3 * many; n++)
            emit(question(at + (n * hour) / many, person.address, `${dice.hex(40)}.${below}`))
        },
      ]),
    ),
  },
  'data in short names (12 letters), questions an hour': {
    by: 'dns-tunnel',
    levels: Object.fromEntries(
      [60, 1000].map((many) => [
        many,
        ({ person, at, dice, emit }) => {
          const below = `${dice.hex(7)}.example`
          for (let n = 0; n < 3 * many; n++)
            emit(question(at + (n * hour) / many, person.address, `${dice.hex(12)}.${below}`))
        },
      ]),
    ),
  },
  'encrypting files, in ten minutes': {
    by: 'mass-files',
    levels: Object.fromEntries(
      [20, 60, 100, 200, 1500].map((many) => [
        many,
        ({ person, at, emit }) => {
          for (let n = 0; n < 2 * many; n++)
            emit(touch(at + (n * 10 * minute) / many, person, `D:\\all\\${n}.dat.lck`, 'file renamed'))
        },
      ]),
    ),
  },
  'account on other machines, how many': {
    by: 'new-user-host',
    levels: Object.fromEntries(
      [1, 3, 8].map((many) => [
        many,
        ({ mill, person, at, dice, emit }) => {
          const others = mill.people.filter(({ team }) => team !== person.team)
          for (let n = 0; n < many; n++)
            emit(
              login(
                at + n * 7 * minute,
                person,
                n === 0 ? dice.pick(['hist01', 'jump01', 'bak01']) : dice.pick(others).host,
              ),
            )
        },
      ]),
    ),
  },
  'program from nowhere, of one account': {
    by: 'new-binary',
    levels: {
      once: ({ person, at, dice, emit }) =>
        emit(
          start(at, person, `${dice.hex(5)}.exe`, {
            process: `C:\\ProgramData\\${['kx', 'lo', 'wq'][dice.below(3)]}svc.exe`,
          }),
        ),
    },
  },
  'tool of another team': {
    by: 'rare-for-peers',
    levels: {
      once: ({ person, at, dice, emit }) =>
        emit(
          start(
            at,
            person,
            person.team === 'admins' ? 'panel.exe' : dice.pick(['mmc.exe', 'putty.exe', 'powershell.exe']),
          ),
        ),
    },
  },
  'two places, hours between them': {
    by: 'impossible-travel',
    levels: Object.fromEntries(
      [
        ['DE 1 h', 'DE', 1],
        ['PT 4 h', 'PT', 4],
        ['PT 1 h', 'PT', 1],
        ['SG 20 h', 'SG', 20],
        ['SG 8 h', 'SG', 8],
        ['SG 1 h', 'SG', 1],
      ].map(([name, country, hours]) => [
        name,
        ({ person, at, dice, emit }) => {
          emit(login(at, person, 'mail1', { country: 'AT', src_ip: '203.0.113.7' }))
          emit(login(at + hours * hour, person, 'mail1', { country, src_ip: `192.0.2.${dice.below(250)}` }))
        },
      ]),
    ),
  },
  'administration, hours after the last usual one': {
    by: 'off-hours-admin',
    who: 'admins',
    levels: Object.fromEntries(
      [1, 2, 3, 4, 6].map((late) => [
        late,
        ({ person, at, emit }) => {
          const end = person.shift === 0 ? 16 : 5
          emit(sudo(Math.floor(at / day) * day + (end + late - 0.5) * hour, person, 'jump01', '/usr/bin/systemctl x'))
        },
      ]),
    ),
  },
  'act of administration never done': {
    by: 'new-admin-action',
    who: 'admins',
    levels: { once: ({ person, at, emit }) => emit(sudo(at, person, 'jump01', '/usr/sbin/useradd -o -u 0 x')) },
  },
  'service on a server': {
    by: 'new-persistence',
    levels: {
      once: ({ at, dice, emit }) =>
        emit(
          event(at, 'windows', {
            class_uid: 1006,
            activity: 'service installed',
            host: dice.pick(servers),
            fields: { ServiceName: `svc-${dice.hex(6)}` },
          }),
        ),
    },
  },
  'connection that stays, hours': {
    by: 'long-connection',
    levels: Object.fromEntries(
      [1, 3, 5, 12].map((hours) => [
        hours,
        ({ person, at, dice, emit }) => emit(flow(at, person.address, evil(dice), [4e5, hours * 3600])),
      ]),
    ),
  },
}
export { families }

/** The attacks of one round: each family at one level, on so many victims, in the time given. Answers `[event, label]`, and what was planted. */
export function roundOf(mill, round, { from, to, victims }) {
  const scene = []
  const planted = []
  const dice = diceOf(mill.seed, 'round', round)
  const free = [...mill.people].sort(() => dice.next() - 0.5)
  const admins = free.filter(({ team }) => team === 'admins')
  for (const [family, { by, who, levels }] of Object.entries(families)) {
    const [level, act] = Object.entries(levels)[round] ?? []
    if (act === undefined) continue
    for (let n = 0; n < victims; n++) {
      const person =
        who === 'admins'
          ? admins[n % admins.length]
          : free.splice(
              free.findIndex(({ team }) => team !== 'admins'),
              1,
            )[0]
      const label = `${family}|${level}|${n}`
      const at = from + 6 * hour + dice.below(to - from - 30 * hour)
      act({ mill, person, at, dice, emit: (one) => void scene.push([one, label]) })
      planted.push({ family, level, by, label })
    }
  }
  return { scene, planted }
}
