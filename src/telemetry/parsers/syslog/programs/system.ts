// Timers and services: cron, systemd, package upgrades.
import { ocsfClass, ocsfSeverity } from '#standards'
import { linux, type Program } from '../line.ts'

const { scheduledJob, processActivity, base } = ocsfClass

export const cron: Program = {
  names: ['cron', 'crond', 'crontab', 'anacron', 'atd'],
  logsource: linux('cron'),
  phrases: [
    {
      match: /^\((?<user>[^)]+)\) CMD \((?<COMMAND>.*)\)$/s,
      activity: 'scheduled command started',
      class_uid: scheduledJob,
    },
    {
      match: /^\((?<user>[^)]+)\) (?<action>REPLACE|BEGIN EDIT|END EDIT|LIST|DELETE|RELOAD) \((?<target>[^)]*)\)/,
      activity: 'schedule of commands touched',
      class_uid: scheduledJob,
    },
  ],
}

export const systemd: Program = {
  names: ['systemd'],
  logsource: linux('syslog'),
  phrases: [
    {
      match:
        /^(?<state>Starting|Started|Stopping|Stopped|Finished|Reloading|Reloaded) (?<unit>\S+\.(?:service|timer|socket|mount|target|path|slice|scope)) - (?<title>.*)/,
      activity: 'service state changed',
      class_uid: processActivity,
    },
    {
      match:
        /^(?<unit>\S+\.(?:service|timer|socket|mount|target|path|slice|scope)): (?:Failed with result|Main process exited|Failed at step)/,
      activity: 'service failed',
      class_uid: processActivity,
      severity_id: ocsfSeverity.low,
    },
    {
      match: /^(?<unit>\S+\.(?:service|timer|socket|mount|target|path|slice|scope)): (?<what>.*)/,
      activity: 'service state changed',
      class_uid: processActivity,
    },
    {
      match: /^(?<state>Starting|Started|Stopping|Stopped|Finished|Reloading|Reloaded) (?<title>.*)/,
      activity: 'service state changed',
      class_uid: processActivity,
    },
  ],
}

export const packages: Program = {
  names: ['unattended-upgrade', 'unattended-upgrades', 'dpkg', 'yum', 'dnf', 'apt'],
  logsource: linux('syslog'),
  phrases: [
    {
      match: /^(?<action>Installed|Updated|Erased|Upgraded?|Removed): (?<package>\S+)/,
      activity: 'package changed',
      class_uid: base,
    },
    { match: /^Packages that will be upgraded: (?<packages>.*)/, activity: 'packages to be upgraded', class_uid: base },
    { match: /^(?<result>All upgrades installed)/, activity: 'packages upgraded', class_uid: base },
  ],
}
