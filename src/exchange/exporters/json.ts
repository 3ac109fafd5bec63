// The estate as it is resolved, as JSON.
import { type Exporter, jsonText } from './exporter.ts'

export const json: Exporter = {
  name: 'json',
  title: 'Castellan',
  file: 'estate.json',
  holds: 'the whole estate as other programs read it from model.show',
  write: (estate) => jsonText(estate),
}
