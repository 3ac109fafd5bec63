// Rules that are always there: about this program's own sources of events. A rule of the same id in a folder goes before them.

/** Ids of the rules about sources: alerts of one source belong together. */
export const sourceRules = {
  silent: '0c1f3f52-7a3e-4c56-9f0e-6f6b7f0f5a01',
  rate: '0c1f3f52-7a3e-4c56-9f0e-6f6b7f0f5a02',
  usual: '0c1f3f52-7a3e-4c56-9f0e-6f6b7f0f5a03',
} as const

const head = `status: stable
author: Castellan
logsource: { product: castellan, service: source-watch }`

/** By the name that is shown for a file. */
export const builtInRules: ReadonlyMap<string, string> = new Map([
  [
    'built-in/source-silent.yml',
    `title: A source of events fell silent
id: ${sourceRules.silent}
description: A source sends nothing for longer than it ever pauses, or than castellan.yaml allows. Logging may have been switched off, or the way is broken.
${head}
tags: [attack.defense-evasion, attack.t1562.006, attack.t1070]
detection:
  silent: { change: silent }
  condition: silent
falsepositives: [maintenance, a network fault]
level: medium
`,
  ],
  [
    'built-in/source-rate.yml',
    `title: A source of events changed its rate
id: ${sourceRules.rate}
description: A source sends much less or much more in an hour than in hours like it. Part of its logging may be off, or somebody floods it to hide in the noise.
${head}
tags: [attack.defense-evasion, attack.t1562.006]
detection:
  rate: { change: [low, high] }
  condition: rate
falsepositives: [new machines or programs behind the source, a debug level left on]
level: low
`,
  ],
  [
    'built-in/source-usual.yml',
    `title: A source of events sends as usual again
id: ${sourceRules.usual}
description: A source that had fallen silent or changed its rate is as it was.
${head}
detection:
  usual: { change: usual }
  condition: usual
falsepositives: [none]
level: informational
`,
  ],
])
