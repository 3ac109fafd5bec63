// Values that settings are made of: sizes in bytes, addresses to listen on.
import { z } from 'zod'

const byteUnits: Readonly<Record<string, number>> = { KiB: 1_024, MiB: 1_048_576, GiB: 1_073_741_824 }
const ByteText = z.string().regex(/^\d{1,15} ?(KiB|MiB|GiB)$/, 'write a number of bytes, or a size such as 64 MiB')

/** A number of bytes, or a text such as `2 GiB`. */
export const bytes = (least: number, most: number) =>
  z
    .union([z.number(), ByteText])
    .transform((given) =>
      typeof given === 'number' ? given : Number.parseInt(given, 10) * (byteUnits[given.slice(-3)] ?? 1),
    )
    .pipe(z.number().int().min(least).max(most))

/** `127.0.0.1:5514`, `[::1]:5514`, `localhost:5514`. */
export const Listen = z
  .string()
  .regex(/^(\[[0-9a-fA-F:.]+\]|[^\s:[\]]+):\d{1,5}$/, 'write an address and a port, such as 127.0.0.1:5514')
  .refine((text) => Number(text.slice(text.lastIndexOf(':') + 1)) <= 65_535, 'a port is at most 65535')
