// What the engine of this machine computes about bytes. CRC-32 (IEEE 802.3): measured ten times as fast as in JavaScript on records of 2 KB.
import { isUtf8 as native8 } from 'node:buffer'
import { crc32 as native } from 'node:zlib'

/** CRC-32 of the bytes from `start` to `end`; `before` continues an earlier one. */
export const crc32 = (bytes: Buffer, start: number, end: number, before = 0): number =>
  native(bytes.subarray(start, end), before)

/** Whether the bytes are whole UTF-8. */
export const isUtf8 = (bytes: Uint8Array): boolean => native8(bytes)
