// The classes that need thinking of their own; the others are told by the tables of columns and of common names.
import { api } from './api.ts'
import { datastore } from './datastore.ts'
import { finding } from './finding.ts'
import { authentication, iam } from './iam.ts'
import { controlled, network } from './network.ts'
import { processActivity } from './process.ts'
import type { ClassRule } from './rule.ts'
import { web } from './web.ts'

/** By class_uid. */
export const classRules: Readonly<Record<number, ClassRule>> = {
  1007: processActivity,
  2001: finding,
  2002: finding,
  2003: finding,
  2004: finding,
  2006: finding,
  3001: iam,
  3002: authentication,
  3003: iam,
  3005: iam,
  3006: iam,
  4001: network,
  4002: (input) => {
    web(input)
    network(input)
  },
  4003: network,
  4004: network,
  4005: network,
  4006: network,
  4007: network,
  4008: network,
  4009: controlled,
  4010: network,
  4013: network,
  4014: network,
  6003: api,
  6004: web,
  6005: datastore,
}
