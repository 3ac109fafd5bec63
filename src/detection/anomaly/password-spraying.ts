// One source that fails to log in as many accounts, a few times each.
import { z } from 'zod'
import { type Facts, plainUser, traits } from './facts.ts'
import { median, shown, shownTime, some } from './numbers.ts'
import type { Access, Detector, Found, Settings, Shape } from './types.ts'

const parameters = {
  accounts: { value: 8, does: 'known accounts that fail from one source within the time' },
  minutes: { value: 60, does: 'the time' },
  tries: { value: 5, does: 'median of tries for an account; more is guessing one account, not spraying' },
} as const

/** Failures of a source; under `=account` that it has logged in once, and so exists. */
interface Tried {
  readonly accounts: Map<string, [last: number, tries: number]>
  told: number
}
const Body = z.tuple([z.number(), z.array(z.tuple([z.string(), z.number(), z.number()]))])
const shape: Shape<Tried> = {
  write: ({ told, accounts }) => [told, [...accounts].map(([name, [last, tries]]) => [name, last, tries])],
  read(body) {
    const [told, rows] = Body.parse(body)
    return {
      told,
      accounts: new Map(rows.map(([name, last, tries]): [string, [number, number]] => [name, [last, tries]])),
    }
  },
  bytes: ({ accounts }) => 100 * accounts.size,
}
const [mostAccounts, quiet] = [500, 6 * 3_600_000]
const nothing = (): Tried => ({ accounts: new Map(), told: -quiet })

/** Whoever logs in exists. Written once a day: the use keeps it from being forgotten. */
function learn({ user, day }: Facts, groups: Access<Tried>): void {
  if (user === '' || (groups.look(`=${user}`)?.told ?? -1) >= day) return
  groups.at(`=${user}`, nothing).told = day
}

/** The address it came from; the machine where it was typed in there. */
function sourceOf({ event, host }: Facts): string {
  const { src_ip } = event
  return src_ip !== undefined && src_ip !== '127.0.0.1' && src_ip !== '::1' ? src_ip : host
}

type Failed = [name: string, [last: number, tries: number]]
/** Counts a failure; answers the accounts that failed since a moment. */
function count({ accounts }: Tried, who: string, { time, since }: { time: number; since: number }): Failed[] {
  const before = accounts.get(who)
  accounts.delete(who)
  accounts.set(who, [time, before && before[0] >= since ? before[1] + 1 : 1])
  for (const [name, [last]] of accounts) {
    if (last >= since && accounts.size <= mostAccounts) break
    accounts.delete(name)
  }
  return [...accounts].filter(([, [last]]) => last >= since)
}

function describe(
  from: string,
  recent: readonly Failed[],
  { tries, time, settings }: { tries: number; time: number; settings: Settings<typeof parameters> },
): Found {
  const names = recent.map(([name]) => name)
  return {
    about: from,
    key: `${from}|${Math.floor(time / quiet)}`,
    text: `${from} failed to log in as ${names.length} known accounts within ${settings.minutes} minutes, ${shown(tries)} tries each: ${some(names)}`,
    numbers: [
      { name: 'known accounts', value: String(names.length), usual: `fewer than ${settings.accounts}` },
      { name: 'tries for each, median', value: shown(tries), usual: '' },
    ],
    history: {
      kind: 'list',
      items: recent.slice(-50).map(([name, [last, n]]) => ({ name, note: `${n} tries, last ${shownTime(last)}` })),
    },
  }
}

export const passwordSpraying: Detector<Tried, typeof parameters> = {
  name: 'password-spraying',
  id: 'ef62cc2d-3635-416d-a285-3cbad44d51ea',
  title: 'One source fails as many accounts',
  does: 'failed logins from one source as many accounts that exist (each has logged in before), a few tries each; guessing of invented names is left out',
  level: 'high',
  techniques: ['T1110.003'],
  tactics: ['credential-access'],
  learnDays: 1,
  parameters,
  shape,
  concerns: traits.authentication,
  see(facts, groups, settings) {
    const { event, isLogin, time } = facts
    if (event.class_uid !== 3002) return undefined
    if (isLogin && event.outcome === 'success') learn(facts, groups)
    if (event.outcome !== 'failure') return undefined
    const who = facts.user === '' ? plainUser(event.target_user) : facts.user
    const from = sourceOf(facts)
    if (who === '' || from === '' || !groups.look(`=${who}`)) return undefined
    const tried = groups.at(from, nothing)
    const recent = count(tried, who, { time, since: time - settings.minutes * 60_000 })
    const tries = median(recent.map(([, [, n]]) => n))
    if (recent.length < settings.accounts || tries > settings.tries || time - tried.told < quiet) return undefined
    tried.told = time
    return describe(from, recent, { tries, time, settings })
  },
}
