// The JSON Schema of dashboard files, for editors.
import { z } from 'zod'
import { DashboardFile } from './types.ts'

export const dashboardJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(DashboardFile, { io: 'input' }),
  title: 'A dashboard of Castellan: dashboards/*.yaml',
})
