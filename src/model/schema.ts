// The JSON Schema of the model's files, for editors.
import { z } from 'zod'
import { ModelFile } from './source.ts'

/** JSON Schema (draft 2020-12) of one file of model/*.yaml. Every entry may be left empty where it needs nothing. */
export const modelJsonSchema = (): Record<string, unknown> => ({ ...z.toJSONSchema(ModelFile, { io: 'input' }) })
