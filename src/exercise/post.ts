// Mail as the relay logs it: what comes in for staff, what the portal and staff send out.
import { day, hour, second } from './calendar.ts'
import { diceOf, type Dice } from './dice.ts'
import { syslog } from './linux.ts'
import { mail01, outside } from './machines.ts'
import { people } from './people.ts'
import type { Emit, Stream } from './types.ts'

export interface Letter {
  readonly from: string
  readonly to: string
  readonly client: string
  readonly size: number
  readonly attachment?: string
}

/** One letter through the relay: connected, queued, looked at, handed on. */
export function letterPassed(emit: Emit, time: number, dice: Dice, letter: Letter): void {
  const queue = dice.hex(10).toUpperCase()
  const say = (after: number, program: string, text: string): void =>
    syslog(emit, mail01, time + after, { program, pid: 2000 + (time % 60_000), text, facility: 'mail' })
  say(0, 'postfix/smtpd', `${queue}: client=${letter.client}`)
  say(120, 'postfix/cleanup', `${queue}: message-id=<${dice.hex(16)}@${letter.from.split('@')[1] ?? 'mail.example'}>`)
  if (letter.attachment !== undefined)
    say(
      340,
      'attachment-filter',
      `${queue}: from=<${letter.from}> to=<${letter.to}> attachment="${letter.attachment}" verdict=clean`,
    )
  say(460, 'postfix/qmgr', `${queue}: from=<${letter.from}>, size=${letter.size}, nrcpt=1 (queue active)`)
  say(
    1400,
    'postfix/smtp',
    `${queue}: to=<${letter.to}>, relay=${outside.mail.host}[${outside.mail.address}]:25, delay=1.4, dsn=2.0.0, status=sent (250 2.0.0 OK)`,
  )
  say(1420, 'postfix/qmgr', `${queue}: removed`)
}

const senders: readonly [string, ...string[]] = [
  'accounts@medical-supplies.example',
  'scheduling@ardmore-general.example',
  'newsletter@health-news.example',
  'support@cardpay.example',
  'noreply@helpdesk.example',
  'patient@webmail.example',
  'billing@payroll.example',
]

/** The relay's stream. */
export const post: Stream = (cell) => {
  const dice = diceOf(cell.seed, 'post', cell.start)
  const hourOfDay = (cell.start % day) / hour
  const busy = hourOfDay >= 7 && hourOfDay < 19 ? 1 : 0.15
  for (let n = dice.count(16 * busy * cell.scale); n > 0; n--) {
    const person = people[dice.between(0, people.length - 1)]
    const from = dice.pick(senders)
    letterPassed(cell.emit, cell.start + dice.between(0, 3500) * second, dice, {
      from,
      to: `${person?.id ?? 'info'}@fernhill.example`,
      client: `mx.${from.split('@')[1]}[198.51.100.${dice.between(40, 58)}]`,
      size: dice.between(3000, 900_000),
      ...(dice.chance(0.3)
        ? {
            attachment: dice.pick(
              dice.chance(0.02) ? ['order.xlsm'] : ['statement.pdf', 'rota.xlsx', 'letter.docx', 'report.pdf'],
            ),
          }
        : {}),
    })
  }
}
