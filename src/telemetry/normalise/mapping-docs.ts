// The tables of normalising as the reference prints them: the classes, and where fields of common names stand.
import { ocsfSchema, ocsfVersion } from '#standards'
import { commonPaths } from './common-names.ts'
import { parserClasses } from './parser-classes.ts'

export interface MappingDocs {
  readonly version: string
  readonly classes: readonly {
    readonly uid: number
    readonly caption: string
    readonly category: string
    readonly activities: readonly string[]
    readonly required: readonly string[]
  }[]
  /** Captions of the classes that a parser's events are of. */
  readonly parsers: readonly { readonly name: string; readonly classes: readonly string[] }[]
  /** OCSF attributes, the likeliest first → field names. */
  readonly names: readonly { readonly paths: readonly string[]; readonly fields: readonly string[] }[]
}

/** Attributes that every event has say nothing about a class. */
const ofEvery = new Set(['activity_id', 'category_uid', 'class_uid', 'metadata', 'severity_id', 'time', 'type_uid'])

/** Reads the tables; the schema is read with it. */
export function mappingDocs(): MappingDocs {
  const byPaths = new Map<string, string[]>()
  for (const [field, paths] of commonPaths) {
    const key = paths.join(' ')
    byPaths.set(key, [...(byPaths.get(key) ?? []), field])
  }
  return {
    version: ocsfVersion,
    classes: [...ocsfSchema().classes.values()].map(({ uid, caption, categoryName, activities, attributes }) => ({
      uid,
      caption,
      category: categoryName,
      activities: [...activities].filter(([id]) => id !== 0 && id !== 99).map(([id, name]) => `${id} ${name}`),
      required: [...attributes.values()]
        .filter(({ need, name }) => need === 'required' && !ofEvery.has(name))
        .map(({ name }) => name),
    })),
    parsers: [...parserClasses].map(([name, uids]) => ({
      name,
      classes: uids.map((uid) => `${uid} ${ocsfSchema().classes.get(uid)?.caption ?? ''}`),
    })),
    names: [...byPaths].map(([paths, fields]) => ({ paths: paths.split(' '), fields })),
  }
}
