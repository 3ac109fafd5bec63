// CRC-32 (IEEE 802.3), as EVTX headers and chunks use it; four bytes at a step.

const table = new Uint32Array(1024)
for (let byte = 0; byte < 256; byte++) {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  table[byte] = value >>> 0
}
for (let at = 256; at < 1024; at++) {
  const before = table[at - 256] ?? 0
  table[at] = (before >>> 8) ^ (table[before & 0xff] ?? 0)
}

/** CRC-32 of the bytes from `start` to `end`; `before` continues an earlier one. */
export function crc32(bytes: Uint8Array, start: number, end: number, before = 0): number {
  let crc = ~before
  let at = start
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (; at + 4 <= end; at += 4) {
    crc ^= words.getInt32(at, true)
    crc =
      (table[768 + (crc & 0xff)] ?? 0) ^
      (table[512 + ((crc >>> 8) & 0xff)] ?? 0) ^
      (table[256 + ((crc >>> 16) & 0xff)] ?? 0) ^
      (table[crc >>> 24] ?? 0)
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  return ~crc >>> 0
}
