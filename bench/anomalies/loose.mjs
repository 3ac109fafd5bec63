// Parameters as a first guess would have them, for before and after.
export const loose = {
  'new-user-host': { others: 10, seenDays: 1 },
  'new-parent-process': { others: 10, seenDays: 1 },
  'new-binary': { others: 10, seenDays: 1 },
  'new-admin-action': { others: 10, seenDays: 1 },
  'rare-for-peers': { share: 0.25, peers: 3, seenDays: 1 },
  volume: { times: 4, over: 1, events: 50, failures: 5, megabytes: 5 },
  beaconing: { score: 0.7, connections: 10 },
  'dns-tunnel': { names: 20, length: 10, entropy: 2 },
  'password-spraying': { accounts: 3 },
  'mass-files': { files: 20, over: 1.5 },
  'off-hours-admin': { share: 0.2, seenDays: 2 },
  'new-destination-volume': { megabytes: 5, share: 0, newDays: 3 },
  'impossible-travel': { usualDays: 1000, kilometres: 50 },
}
