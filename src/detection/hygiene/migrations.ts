// Tables of alert hygiene and of risk.
import type { Migration } from '#kernel'

export const hygieneMigrations: readonly Migration[] = [
  {
    name: 'detection-0002-hygiene',
    sql: [
      `alter table detection_alerts add column head text not null default ''`,
      `alter table detection_alerts add column suppressed text not null default ''`,
      `alter table detection_alerts add column verdict text not null default ''`,
      'alter table detection_alerts add column times bigint not null default 1',
      'alter table detection_alerts add column first bigint not null default 0',
      'alter table detection_alerts add column last bigint not null default 0',
      'update detection_alerts set first = time, last = time',
      'create index detection_alerts_head on detection_alerts (head)',
      'create index detection_alerts_verdict on detection_alerts (verdict, rule)',
      'create table detection_groups (id text primary key, head text not null, kept bigint not null)',
      `create table detection_windows (
        rule text primary key, milliseconds bigint not null, reason text not null, author text not null, at bigint not null)`,
      `create table detection_suppressions (
        id text primary key, fits text not null, reason text not null, owner text not null, author text not null,
        created bigint not null, expires bigint not null, removed bigint not null, remover text not null,
        hits bigint not null, last_hit bigint not null)`,
      `create table detection_confirmed (
        alert text primary key, rule text not null, note text not null, author text not null, at bigint not null, event text not null)`,
      'create index detection_confirmed_rule on detection_confirmed (rule)',
      `create table detection_risk_terms (
        kind text not null, name text not null, shown text not null, alert text not null, time bigint not null,
        body text not null, primary key (kind, name, alert))`,
      'create index detection_risk_terms_time on detection_risk_terms (time)',
      'create index detection_risk_terms_alert on detection_risk_terms (alert)',
      `create table detection_risk_raised (
        kind text not null, name text not null, time bigint not null, alert text not null, primary key (kind, name, alert))`,
    ],
  },
]
