// A mill: another invented organisation than Fernhill, made for the trial of detectors alone. Events as parsers would give them, hour by hour, from a seed.
// Three shifts on seven days, a small office, many machines that speak by themselves, and the noise that real networks have: pollers that beat, names of
// delivery networks, passwords that ran out, programs rolled out over night, backups abroad, phones that roam.

const [second, minute, hour, day] = [1e3, 6e4, 36e5, 864e5]
export { day, hour, minute, second }

/** Numbers from a seed (mulberry32), the same on every machine. */
export function diceOf(...seed) {
  let a = 0x9e3779b9
  for (const letter of seed.join('/')) a = Math.imul(a ^ letter.charCodeAt(0), 0x85ebca6b) ^ (a >>> 13)
  const next = () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (most) => Math.floor(next() * most)
  return {
    next,
    below,
    between: (from, to) => from + below(Math.max(1, to - from)),
    chance: (share) => next() < share,
    pick: (list) => list[below(list.length)],
    /** Poisson by counting, for small means. */
    count(mean) {
      let [n, left] = [0, Math.exp(-Math.min(mean, 500))]
      for (let p = next(); p > left; p *= next()) n++
      return n
    },
    hex: (length) => Array.from({ length }, () => below(16).toString(16)).join(''),
  }
}

const teams = [
  // name, people, letters of machines, shifts (1 early, 2 late, 3 night, 0 office hours), programs
  ['line', 120, 'HMI-', [1, 2, 3], ['panel.exe', 'recipe.exe', 'labels.exe', 'viewer.exe']],
  ['maintenance', 36, 'MT-', [1, 2, 3], ['cad.exe', 'orders.exe', 'plcview.exe', 'edge.exe', 'notepad.exe']],
  ['quality', 24, 'QA-', [1, 2], ['lab.exe', 'excel.exe', 'edge.exe', 'outlook.exe']],
  ['office', 48, 'OF-', [0], ['excel.exe', 'outlook.exe', 'edge.exe', 'erp.exe', 'winword.exe', 'teams.exe']],
  ['logistics', 30, 'LG-', [1, 2], ['erp.exe', 'scanner.exe', 'edge.exe', 'labels.exe']],
  ['admins', 6, 'AD-', [0, 3], ['mmc.exe', 'powershell.exe', 'putty.exe', 'edge.exe', 'outlook.exe']],
]
const shiftHours = { 0: [7, 16], 1: [5, 13], 2: [13, 21], 3: [21, 29] }
const servers = [
  'erp01',
  'mes01',
  'mes02',
  'files01',
  'files02',
  'dc1',
  'dc2',
  'print1',
  'hist01',
  'jump01',
  'mail1',
  'bak01',
]

/** Who and what there is; the same for every run of a seed. */
export function millOf(seed) {
  const dice = diceOf(seed, 'mill')
  const people = []
  for (const [team, size, letters, shifts, programs] of teams)
    for (let n = 0; n < size; n++) {
      const at = people.length
      people.push({
        id: `${team.slice(0, 2)}${String(100 + n)}`,
        team,
        host: `${letters}${String(1000 + n).slice(1)}`,
        address: `10.${60 + (at >> 7)}.${at % 7}.${10 + (at % 120)}`,
        shift: dice.pick(shifts),
        programs,
        busy: 0.5 + dice.next(),
        // Some read the news, some have a phone abroad, some own a second machine.
        browses: team !== 'line' || dice.chance(0.1),
        roams: dice.chance(0.05),
        country: 'AT',
      })
    }
  const sites = Array.from({ length: 260 }, (_, n) => ({
    address: `198.51.100.${n % 250}`,
    name: `site${n}.${dice.pick(['example', 'test', 'invalid'])}`,
    weight: 1 / (1 + n),
    polls: dice.chance(0.06) ? dice.pick([30, 60, 120, 300, 600]) : 0,
  }))
  return {
    seed,
    people,
    sites,
    total: sites.reduce((sum, { weight }) => sum + weight, 0),
    hosts: people.length + servers.length,
  }
}

const shape = {
  id: '',
  seq: 0,
  received: 0,
  source: '',
  asset: undefined,
  enriched: undefined,
  raw: '',
  time: 0,
  timeGuessed: false,
  parser: 'mill',
  logsource: { categories: [] },
  class_uid: 0,
  activity_id: 1,
  activity: '',
  severity_id: 1,
  outcome: undefined,
  host: undefined,
  user: undefined,
  target_user: undefined,
  src_ip: undefined,
  src_port: undefined,
  src_host: undefined,
  dst_ip: undefined,
  dst_port: undefined,
  dst_host: undefined,
  domain: undefined,
  url: undefined,
  process: undefined,
  process_uid: undefined,
  parent_process: undefined,
  parent_process_uid: undefined,
  command_line: undefined,
  file: undefined,
  message: '',
  fields: {},
  parse_error: undefined,
}
const places = {
  AT: ['48.2', '16.4'],
  DE: ['52.5', '13.4'],
  IT: ['45.5', '9.2'],
  PT: ['38.7', '-9.1'],
  US: ['40.7', '-74.0'],
  SG: ['1.35', '103.8'],
}
const groupOf = (person) => ({ 'identity.group': person.team })
export const event = (time, source, more) => ({ ...shape, time, received: time, source, ...more })
export const login = (time, person, host, more = {}) => {
  const { country = '', ...rest } = more
  const place = places[country]
    ? { 'src.country': country, 'src.latitude': places[country][0], 'src.longitude': places[country][1] }
    : {}
  return event(time, 'windows', {
    class_uid: 3002,
    activity: 'login accepted',
    outcome: 'success',
    user: person.id,
    host,
    src_ip: person.address,
    enriched: { ...groupOf(person), ...place },
    ...rest,
  })
}
export const start = (time, person, program, more = {}) =>
  event(time, 'windows', {
    class_uid: 1007,
    activity: 'process started',
    user: person.id,
    host: person.host,
    parent_process: 'C:\\Windows\\explorer.exe',
    process: `C:\\Program Files\\Mill\\${program}`,
    enriched: groupOf(person),
    ...more,
  })
/** A connection to a place: bytes sent, and seconds that it lasted. */
export const flow = (time, src, to, [bytes, lasted]) =>
  event(time, 'sensor', {
    class_uid: 4001,
    activity_id: 6,
    activity: 'connection',
    host: 'sensor1',
    src_ip: src,
    dst_ip: to.address,
    dst_host: to.name,
    dst_port: 443,
    parser: 'zeek',
    fields: { orig_bytes: bytes, duration: lasted },
  })
export const question = (time, src, name) =>
  event(time, 'sensor', { class_uid: 4003, activity: 'name looked up', host: 'sensor1', src_ip: src, domain: name })
export const touch = (time, person, file, activity = 'file changed') =>
  event(time, 'windows', {
    class_uid: 1001,
    activity_id: 3,
    activity,
    user: person.id,
    host: 'files01',
    file,
    enriched: groupOf(person),
  })
export const sudo = (time, person, host, command) =>
  event(time, 'linux', {
    class_uid: 1007,
    activity: 'command run as another user',
    user: person.id,
    host,
    command_line: command,
    enriched: groupOf(person),
  })

const siteFor = (mill, dice) => {
  let left = dice.next() * mill.total
  for (const site of mill.sites) if ((left -= site.weight) < 0) return site
  return mill.sites[0]
}

/** Whether somebody works in an hour of a day; shifts change by the week, weekends are thin. */
function works(mill, person, at) {
  const week = Math.floor((at / day + 4) / 7)
  const ring = [1, 2, 3]
  const shift =
    person.shift === 0 || person.team === 'admins' ? person.shift : ring[(ring.indexOf(person.shift) + week) % 3]
  const [from, to] = shiftHours[shift]
  const hourOf = (at / hour) % 24
  const isIn = (hourOf >= from && hourOf < to) || (hourOf + 24 >= from && hourOf + 24 < to)
  if (!isIn) return 0
  const weekend = [2, 3].includes(Math.floor(at / day) % 7)
  const dice = diceOf(mill.seed, 'day', person.id, Math.floor((at - (hourOf < from ? day : 0)) / day))
  const isHere = dice.chance(weekend ? (person.shift === 0 ? 0.04 : 0.6) : 0.92)
  return isHere ? (Math.floor(hourOf) === from % 24 ? 2 : 1) : 0
}

function workOf(mill, person, at, emit) {
  const state = works(mill, person, at)
  if (state === 0) return
  const dice = diceOf(mill.seed, 'work', person.id, at)
  const when = () => at + dice.below(hour)
  if (state === 2) {
    if (dice.chance(0.15))
      emit(login(at + 1000, person, person.host, { outcome: 'failure', activity: 'login refused' }))
    emit(login(at + 5000, person, person.host, { country: dice.chance(0.2) ? 'AT' : '' }))
    if (dice.chance(0.3)) emit(login(at + 9000, person, dice.pick(['erp01', 'files01', 'mes01', 'print1'])))
  }
  for (let n = dice.count(3 * person.busy); n > 0; n--) {
    const odd = dice.chance(0.002)
    emit(start(when(), person, odd ? `tool${dice.below(400)}.exe` : dice.pick(person.programs)))
  }
  for (let n = dice.count(2.5 * person.busy); n > 0; n--)
    emit(touch(when(), person, `D:\\${person.team}\\${dice.below(4000)}.dat`))
  const desk = { dice, when, emit, end: at + hour }
  if (person.browses) for (let n = dice.count(4 * person.busy); n > 0; n--) browse(mill, person, desk)
  leave(mill, person, desk)
}
/** A page, and where it asks again and again, as long as it is open. */
function browse(mill, person, { dice, when, emit, end }) {
  const [site, time] = [siteFor(mill, dice), when()]
  emit(
    question(
      time,
      person.address,
      dice.chance(0.15) ? `${dice.hex(12)}.cdn${dice.below(6)}.example` : `www.${site.name}`,
    ),
  )
  emit(flow(time + 50, person.address, site, [400 + dice.below(40_000), dice.below(90)]))
  if (site.polls > 0 && dice.chance(0.3))
    for (let t = time; t < end; t += site.polls * second) emit(flow(t, person.address, site, [700 + dice.below(40), 1]))
}
/** What goes beyond the usual: a large file outside, a phone on the road, administration. */
function leave(mill, person, { dice, when, emit }) {
  if (person.team === 'office' && dice.chance(0.01))
    emit(
      flow(when(), person.address, { address: '198.51.100.7', name: 'drive.example' }, [
        2e6 * (1 + dice.below(60)),
        300,
      ]),
    )
  if (person.roams && dice.chance(0.05))
    emit(
      login(when(), person, 'mail1', {
        country: dice.pick(['AT', 'DE', 'IT']),
        src_ip: `203.0.113.${dice.below(250)}`,
      }),
    )
  if (person.team === 'admins') administer(mill, person, { dice, when, emit })
}
function administer(mill, person, { dice, when, emit }) {
  for (let n = dice.count(1.5); n > 0; n--) emit(login(when(), person, dice.pick(servers)))
  for (let n = dice.count(1); n > 0; n--)
    emit(sudo(when(), person, 'jump01', `/usr/bin/${dice.pick(['systemctl', 'apt', 'tail', 'vi', 'docker'])} x`))
}

/** What happens without anybody: machines that report, backups, tickets of services, programs rolled out. */
function machinesOf(mill, at, emit) {
  const dice = diceOf(mill.seed, 'machines', at)
  for (const [n, name] of servers.entries()) {
    const address = `10.70.0.${10 + n}`
    for (let t = at; t < at + hour; t += 300 * second)
      emit(
        flow(t + dice.below(9000), address, { address: '198.51.100.251', name: 'updates.example' }, [
          900 + dice.below(90),
          1,
        ]),
      )
    emit(question(at + dice.below(hour), address, `${name}.mill.example`))
  }
  const hourOf = (at / hour) % 24
  if (hourOf === 1)
    emit(
      flow(at + 20 * minute, '10.70.0.21', { address: '198.51.100.252', name: 'vault.example' }, [
        3e9 + dice.below(1e9),
        5 * 3600,
      ]),
    )
  // A service whose password ran out tries for days.
  const stuck = Math.floor(at / (4 * day)) % 3
  if (stuck === 0)
    for (let n = 0; n < 40; n++)
      emit(
        login(at + n * 90 * second, { id: 'svc-labels', address: '10.70.0.12', team: '' }, 'dc1', {
          outcome: 'failure',
          activity: 'login refused',
        }),
      )
  else emit(login(at, { id: 'svc-labels', address: '10.70.0.12', team: '' }, 'dc1'))
  // Now and then a program goes to half of all machines in one night.
  const rollout = diceOf(mill.seed, 'rollout', Math.floor(at / day))
  if (hourOf === 3 && rollout.chance(0.25)) {
    const program = `agent${rollout.below(50)}.exe`
    for (const person of mill.people.filter((_, n) => n % 2 === 0))
      emit(
        start(at + dice.below(hour), { ...person, id: '' }, program, {
          user: 'SYSTEM',
          parent_process: 'C:\\Windows\\services.exe',
        }),
      )
  }
  // The internet guesses names.
  for (let n = dice.count(25); n > 0; n--)
    emit(
      event(at + dice.below(hour), 'linux', {
        class_uid: 3002,
        activity: 'login refused',
        outcome: 'failure',
        user: dice.pick(['root', 'admin', 'oracle', 'test', 'pi']),
        host: 'jump01',
        src_ip: `192.0.2.${dice.below(250)}`,
      }),
    )
}

/** Events of [from, to) in order, with those of `scene` (each `[event, label]`) among them. */
export function* millEvents(mill, from, to, scene = []) {
  for (let at = from; at < to; at += hour) {
    const made = scene.filter(([one]) => one.time >= at && one.time < at + hour)
    const emit = (one) => void made.push([one, ''])
    for (const person of mill.people) workOf(mill, person, at, emit)
    machinesOf(mill, at, emit)
    made.sort((a, b) => a[0].time - b[0].time)
    yield* made
  }
}
export { servers }
