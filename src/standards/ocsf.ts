// OCSF 1.x event classes that our parsers emit (class_uid → caption).

export const ocsfClass = {
  base: 0,
  fileActivity: 1001,
  kernelExtension: 1002,
  moduleActivity: 1005,
  scheduledJob: 1006,
  processActivity: 1007,
  registryKey: 201001,
  registryValue: 201002,
  detectionFinding: 2004,
  accountChange: 3001,
  authentication: 3002,
  groupManagement: 3006,
  networkActivity: 4001,
  httpActivity: 4002,
  dnsActivity: 4003,
  sshActivity: 4007,
  apiActivity: 6003,
  datastoreActivity: 6005,
} as const satisfies Record<string, number>
export type OcsfClass = (typeof ocsfClass)[keyof typeof ocsfClass]
