// The settings that can come from the environment and from flags: every key of the schema but lists.
import { z } from 'zod'
import { Config } from './config.ts'

/** One setting, as the reference page shows it. */
export interface ConfigDoc {
  /** Key in castellan.yaml, with dots; the flag is `--KEY=VALUE`. */
  readonly key: string
  /** Environment variable; empty for lists and maps, which only the file can hold. */
  readonly env: string
  readonly type: string
  /** The default as written in YAML; empty when there is none. */
  readonly default: string
  readonly description: string
}

/** A setting with what is needed to read it from text. */
export interface ConfigKey extends ConfigDoc {
  readonly path: readonly string[]
  /** JSON types that it may have. */
  readonly types: readonly string[]
  /** Whether `file:PATH` stands for the content of that file. */
  readonly secret: boolean
}

interface Json {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Json[]
  readonly oneOf?: readonly Json[]
  readonly items?: Json
  readonly properties?: Readonly<Record<string, Json>>
  readonly minimum?: number
  readonly maximum?: number
  readonly secret?: boolean
}

/** `server.port` → `CASTELLAN_SERVER_PORT`, `limits.queryRows` → `CASTELLAN_LIMITS_QUERY_ROWS`: dots and humps become underscores. */
export const environmentName = (path: readonly string[]): string =>
  `CASTELLAN_${path.map((part) => part.replace(/[A-Z]/g, (letter) => `_${letter}`)).join('_')}`.toUpperCase()

const typesOf = (json: Json): string[] => {
  const choices = json.anyOf ?? json.oneOf
  if (choices) return [...new Set(choices.flatMap(typesOf))]
  return json.type === undefined ? [typeof (json.const ?? json.enum?.[0])] : [json.type]
}

function typeText(json: Json): string {
  if (json.enum) return json.enum.join(', ')
  if (json.type === 'array') return 'list'
  if (json.type === 'object') return 'lists by name'
  const types = typesOf(json).map((type) => (type === 'string' ? 'text' : type === 'integer' ? 'number' : type))
  const { minimum, maximum } = json
  const range = minimum === undefined || maximum === undefined ? '' : ` ${minimum} to ${maximum}`
  return [...new Set(types)].join(' or ').replace('boolean', 'true or false') + range
}

function keysIn(json: Json, path: readonly string[]): ConfigKey[] {
  if (json.properties) return Object.entries(json.properties).flatMap(([name, inner]) => keysIn(inner, [...path, name]))
  const types = typesOf(json)
  return [
    {
      key: path.join('.'),
      env: types.some((type) => type === 'array' || type === 'object') ? '' : environmentName(path),
      type: typeText(json),
      default: json.default === undefined ? '' : JSON.stringify(json.default),
      description: json.description ?? '',
      path,
      types,
      secret: json.secret ?? false,
    },
  ]
}

/** Every setting, in the order of the schema. */
export const configKeys = (): ConfigKey[] => keysIn(z.toJSONSchema(Config, { io: 'input' }) as Json, [])

/** Every setting for the reference page. */
export const configDocs = (): ConfigDoc[] =>
  configKeys().map(({ key, env, type, default: usual, description }) => ({
    key,
    env,
    type,
    default: usual,
    description,
  }))
