// The OpenAPI 3.1 description, printed from the operations table.
import { z } from 'zod'
import { type BoundOperation, errorTable, inputFields } from '#kernel'

type Json = Readonly<Record<string, unknown>>

/** `/api/v1/incident/set-state` */
export const pathOf = (operation: Pick<BoundOperation, 'name'>): string => `/api/v1/${operation.name.replace('.', '/')}`
export const methodOf = (operation: Pick<BoundOperation, 'kind'>): 'get' | 'post' =>
  operation.kind === 'read' ? 'get' : 'post'

/** A schema as OpenAPI takes it: JSON Schema 2020-12 without the `$schema` line. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

const problem = (status: number): Json => ({
  description: Object.entries(errorTable)
    .filter(([, entry]) => entry.status === status)
    .map(([code, entry]) => `${code}: ${entry.help}`)
    .join('; '),
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
})

function asked(operation: BoundOperation): Json {
  if (operation.kind !== 'read') {
    return {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(operation.input, 'input'), example: operation.example } },
      },
    }
  }
  const { fields, required } = inputFields(operation.input)
  const parameters = Object.entries(fields).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description: schema.description ?? '',
    schema,
  }))
  return { parameters }
}

const pathItem = (operation: BoundOperation): Json => ({
  [methodOf(operation)]: {
    operationId: operation.name,
    summary: operation.does,
    description: `Roles: ${operation.may.join(', ')}.`,
    tags: [operation.name.split('.')[0]],
    'x-kind': operation.kind,
    ...asked(operation),
    responses: {
      200: { description: 'done', content: { 'application/json': { schema: schemaOf(operation.output, 'output') } } },
      ...Object.fromEntries([400, 401, 403, 404, 429, 500].map((status) => [status, problem(status)])),
    },
  },
})

const errorSchema: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'text', 'help'],
      properties: { code: { enum: Object.keys(errorTable) }, text: { type: 'string' }, help: { type: 'string' } },
    },
  },
}

/** The whole description. `version` is the program's. */
export const openapi = (operations: readonly BoundOperation[], version: string): Json => ({
  openapi: '3.1.0',
  info: { title: 'Castellan', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
  jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
  servers: [{ url: '/' }],
  security: [{ token: [] }, { session: [] }],
  tags: [...new Set(operations.map((operation) => operation.name.split('.')[0]))].map((name) => ({ name })),
  paths: Object.fromEntries(operations.map((operation) => [pathOf(operation), pathItem(operation)])),
  components: {
    schemas: { Error: errorSchema },
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer', description: 'API token: castellan token create' },
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: 'castellan_session',
        description: 'session of the console; changes also need the header x-castellan-csrf',
      },
    },
  },
})
