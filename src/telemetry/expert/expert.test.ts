// SQL for experts: it answers, and nothing leads out of the table of events.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { asFault, Fault } from '#kernel'
import { sampleEngine } from '../query/sample.test.ts'
import { expertly } from './run.ts'
import { piecesOf } from './text.ts'

const outs = [
  'drop table events',
  'select 1; drop table events',
  'insert into events (host) values (1)',
  "select * from file('/etc/passwd', 'LineAsString')",
  "select * from url('http://127.0.0.1/x', 'CSV')",
  "select * from remote('127.0.0.1', system.one)",
  "select * from executable('x', 'TSV', 'a String')",
  "select * from s3('http://127.0.0.1/x')",
  'select * from system.users',
  'select * from "system"."users"',
  'select * from `system`.`tables`',
  'select * from information_schema.tables',
  'select * from migrations',
  'select * from numbers(10)',
  'select * from view(select 1)',
  "select * from merge(currentDatabase(), '.*')",
  'select count() from events where host in system.users',
  'select count() from events where host in migrations',
  'select count() from events where host global in migrations',
  'select count() from events where (host in (select name from migrations))',
  'with events as (select name from migrations) select * from events',
  'with a as (select * from migrations), migrations as (select 1) select * from a',
  "select file('/etc/passwd')",
  'select sleep(3)',
  'select hostName()',
  "select getSetting('max_threads')",
  "select dictGet('a', 'b', 1)",
  "select getMacro('x')",
  'select currentDatabase()',
  'select throwIf(1)',
  "select count() from events into outfile '/tmp/x'",
  'select count() from events format CSV',
  'select count() from events settings readonly = 0',
  'select * from (select count() from events settings readonly = 0)',
  'select count() from events) union all select name from migrations --',
  'select 1) limit 1 union all (select 2',
  'select /* x */ 1',
  'select 1 -- x',
  'select {name:Identifier}',
  'select $a$x$a$',
  'select ‘x’',
  'explain select 1',
  'system shutdown',
  'show tables',
  'describe table events',
  'select * from events final',
  'select * from events join (select * from migrations) m on 1 = 1',
  'select * from events, migrations',
  'select (select name from migrations limit 1)',
  'create table x (a String) engine = Memory',
  'set readonly = 0',
  "select * from events where 'a\\' or 1=1 --' = ''; drop table events",
  'select * except(raw) from events',
  "select columns('.*') from events",
]

test('SQL over stored events', async (t) => {
  const engine = await sampleEngine(t, 200)
  const ask = expertly(engine)
  const count = async () => (await engine.query<{ n: number }>('select count() as n from events'))[0]?.n

  await t.test('it answers with columns and types', async () => {
    const { columns, rows, cut } = await ask({
      sql: "with busy as (select host, count() as n from events where host != '' group by host) select host, n, max(time) as last, groupUniqArray(user) as users from events join busy using host group by host, n order by n desc",
      limit: 2,
    })
    assert.deepEqual(columns, [
      { name: 'host', type: 'text' },
      { name: 'n', type: 'number' },
      { name: 'last', type: 'time' },
      { name: 'users', type: 'text' },
    ])
    assert.deepEqual([rows.length, cut], [2, true])
    assert.equal(typeof rows[0]?.[2], 'number')
  })
  await t.test('what experts write is taken', async () => {
    for (const sql of [
      "select fields['Image'] as image, count() from events where src_ip in ('10.0.0.1', '10.200.3.4') group by image",
      'select toStartOfHour(time) as hour, countIf(severity_id > 3) from events group by hour order by hour',
      "select host, row_number() over (partition by host order by time) as n from events where match(raw, 'a') limit 3 by host",
      'select user from events where host in (select host from events group by host having count() > 3) union all select user from events',
      'select arrayJoin(mapKeys(fields)) as name, count() from events group by name',
      "select case when host = '' then 'none' else host end as h, quantile(0.9)(dst_port) from events group by h",
      'select \'a;b\' as x, "host", now() - interval 1 day as d from events limit 1',
    ])
      await assert.doesNotReject(ask({ sql, limit: 10 }), sql)
  })
  await t.test('nothing leads out', async () => {
    for (const sql of outs)
      await assert.rejects(ask({ sql, limit: 10 }), (thrown) => asFault(thrown).code === 'INPUT_INVALID', sql)
    assert.equal(await count(), 200)
  })
  await t.test('limits end what is too dear', async () => {
    const events = Array.from({ length: 8 }, (_, n) => `events e${n}`).join(', ')
    await assert.rejects(
      ask({
        sql: `select count() from ${events} where e0.host != e1.host and e2.raw != e3.raw`,
        limit: 1,
        signal: AbortSignal.timeout(1_500),
      }),
      (thrown) => ['CANCELLED', 'TOO_LARGE'].includes(asFault(thrown).code),
    )
  })
  await t.test('what is not understood is told with its place', () =>
    assert.rejects(ask({ sql: 'select host frm events where', limit: 1 }), /not understood at character \d+|\w/),
  )
})

test('whatever is written, its pieces put together are the text without its spaces', () =>
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...`ab1'"\`\\;-/*{}$ ()\n`.split('')), maxLength: 30 }), (sql) => {
      try {
        const pieces = piecesOf(sql)
        for (const { text, at, kind } of pieces) {
          assert.equal(sql.slice(at, at + text.length), text)
          if (kind !== 'text' && kind !== 'quoted') assert.doesNotMatch(text, /[;{}$'"`]/)
        }
      } catch (thrown) {
        if (!(thrown instanceof Fault)) throw thrown
        assert.match(thrown.message, /at character \d+$/)
      }
    }),
    { numRuns: 2_000 },
  ))
