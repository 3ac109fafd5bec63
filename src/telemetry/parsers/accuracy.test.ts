// The floor under the parsers' accuracy: against public corpora, where they lie beside the project. A number that falls fails here.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { z } from 'zod'

const Counts = z.object({
  lines: z.number(),
  parsed: z.number(),
  fields: z.number(),
  right: z.number(),
  kept: z.number(),
  lost: z.number(),
  crashed: z.number(),
})
const Module = z.object({ measure: z.function({ input: [], output: z.unknown() }) })
const Result = z.object({
  skipped: z.string().optional(),
  rows: z.array(Counts.extend({ kind: z.string() })),
  total: Counts,
})

/** Corpus → least share of fields right, and the kinds that hosts and services answer for, which lose nothing. */
const floors = {
  loghub: { right: 0.998, whole: ['OpenSSH', 'Windows'] },
  'crowdsec-hub': {
    right: 0.85,
    whole: [
      'auditd-logs', 'bind9-logs', 'dovecot-logs', 'keycloak-logs', 'laurel-logs', 'mongodb-logs', 'mssql-text-logs', 'mysql-logs', 'openvpn',
      'pam-logs', 'pgsql-logs', 'postfix-logs', 'proftpd-logs', 'smb-logs', 'sshd-success-logs', 'syslog-logs', 'vsftpd-logs', 'iptables-logs',
    ],
  },
} // prettier-ignore

const bench = join(import.meta.dirname, '../../../bench/accuracy')
for (const [corpus, { right, whole }] of Object.entries(floors))
  void test(`accuracy against ${corpus} does not fall`, async (t) => {
    const file = join(bench, `${corpus}.mjs`)
    if (!existsSync(file)) return t.skip('no bench folder beside this build')
    const { measure } = Module.parse(await import(file))
    const result = Result.parse(await measure())
    if (result.skipped !== undefined) return t.skip(result.skipped)
    const { total, rows } = result
    assert.equal(total.crashed, 0)
    assert.ok(total.right / total.fields >= right, `${total.right} of ${total.fields} fields right`)
    for (const kind of whole) assert.equal(rows.find((row) => row.kind === kind)?.lost, 0, `fields lost of ${kind}`)
    t.diagnostic(`${total.right} of ${total.fields} fields right, ${total.kept} kept, ${total.lost} lost`)
  })
