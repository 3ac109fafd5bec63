// An Issue as operations answer with it.
import { z } from 'zod'

/** Something wrong in the user's material, with its place and remedy. */
export const IssueView = z.strictObject({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  at: z.strictObject({ file: z.string(), line: z.number().optional(), column: z.number().optional() }),
  text: z.string(),
  help: z.string().optional(),
})
