// What may be asked of the model.
import { z } from 'zod'
import { anyRole, IssueView, operation, type RoomOperation } from '#kernel'
import { Change } from './diff/change.ts'
import { diffEstates } from './diff/diff.ts'
import { revisionPattern } from './diff/revision.io.ts'
import type { Model } from './model.ts'
import { Estate } from './types.ts'

const ask = operation<Model>()

export const operations: readonly RoomOperation<Model>[] = [
  ask({
    name: 'model.show',
    does: 'show the estate: zones, assets, flows, data, services, people and what they trust',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: Estate,
    example: {},
    run: (_, model) => model.estate,
  }),
  ask({
    name: 'model.check',
    does: "read the model's files again and list what is wrong with them",
    kind: 'read',
    may: anyRole,
    input: z.strictObject({}),
    output: z.strictObject({
      issues: z.array(IssueView),
      counts: z.strictObject({
        zones: z.number(),
        assets: z.number(),
        flows: z.number(),
        data: z.number(),
        services: z.number(),
        people: z.number(),
        trust: z.number(),
      }),
    }),
    example: {},
    columns: ['severity', 'at', 'text', 'help'],
    found: ({ issues }) => issues.some(({ severity }) => severity === 'error'),
    async run(_, model) {
      await model.reload()
      const { zones, assets, flows, data, services, people, trust } = model.estate
      return {
        issues: [...model.issues],
        counts: {
          zones: zones.length,
          assets: assets.length,
          flows: flows.length,
          data: data.length,
          services: services.length,
          people: people.length,
          trust: trust.length,
        },
      }
    },
  }),
  ask({
    name: 'model.diff',
    does: 'say in words what is different from the model at a revision of git',
    kind: 'read',
    may: anyRole,
    input: z.strictObject({
      rev: z.string().regex(revisionPattern).default('HEAD').meta({ description: 'HEAD~3, main, v1.2 or a hash' }),
    }),
    output: z.strictObject({
      commit: z.string(),
      items: z.array(Change),
      counts: z.strictObject({
        new: z.number(),
        gone: z.number(),
        changed: z.number(),
        renamed: z.number(),
        weaker: z.number(),
      }),
    }),
    example: { rev: 'HEAD' },
    positional: ['rev'],
    columns: ['what', 'weaker', 'text'],
    found: ({ counts }) => counts.weaker > 0,
    async run({ rev }, model, { signal }) {
      await model.reload()
      const { commit, estate } = await model.at(rev, signal)
      const items = diffEstates(estate, model.estate)
      const count = (what: Change['what']) => items.filter((item) => item.what === what).length
      return {
        commit,
        items,
        counts: {
          new: count('new'),
          gone: count('gone'),
          changed: count('changed'),
          renamed: count('renamed'),
          weaker: items.filter(({ weaker }) => weaker).length,
        },
      }
    },
  }),
]
