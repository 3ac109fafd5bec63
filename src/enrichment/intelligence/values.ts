// Millions of texts in little memory: their bytes one after the other, found by an open-addressed table of 32-bit slots.

/** Hash of a text of ASCII letters (FNV-1a); -1 when it has others. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 0x7f) return -1
    hash = Math.imul(hash ^ code, 0x01000193)
  }
  return (hash ^ (hash >>> 15)) >>> 0
}

const firstCapacity = 1_024

/** A set of texts, each with the number it was added as: 0, 1, 2 … About 20 bytes a text beside its own. */
export class Values {
  size = 0
  private bytes = Buffer.alloc(firstCapacity * 16)
  private used = 0
  /** Where each text begins; one more than there are texts. */
  private begins = new Uint32Array(firstCapacity + 1)
  /** Number of a text plus one; 0 is free. */
  private slots = new Int32Array(firstCapacity * 2)
  private readonly others = new Map<string, number>()

  /** The number of a text; -1 when it is not there. */
  find(text: string): number {
    if (this.size === 0) return -1
    const hash = hashOf(text)
    if (hash === -1) return this.others.get(text) ?? -1
    const mask = this.slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.slots[slot]! - 1
      if (number < 0) return -1
      if (this.is(number, text)) return number
    }
  }

  /** Adds a text that is not there yet; answers its number, or that of the one there is. */
  add(text: string): number {
    const known = this.find(text)
    if (known >= 0) return known
    if (this.size + 1 >= this.begins.length) this.grow()
    const number = this.size++
    const hash = hashOf(text)
    if (hash === -1) this.others.set(text, number)
    else this.append(text)
    this.begins[this.size] = this.used
    if (hash !== -1) this.put(hash, number)
    return number
  }

  private is(number: number, text: string): boolean {
    const begin = this.begins[number]!
    if (this.begins[number + 1]! - begin !== text.length) return false
    for (let at = 0; at < text.length; at += 1) if (this.bytes[begin + at] !== text.charCodeAt(at)) return false
    return true
  }

  private append(text: string): void {
    if (this.used + text.length > this.bytes.length) {
      const wider = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.used + text.length))
      this.bytes.copy(wider, 0, 0, this.used)
      this.bytes = wider
    }
    this.used += this.bytes.write(text, this.used, 'latin1')
  }

  private put(hash: number, number: number): void {
    const mask = this.slots.length - 1
    let slot = hash & mask
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask
    this.slots[slot] = number + 1
  }

  private grow(): void {
    const begins = new Uint32Array((this.begins.length - 1) * 2 + 1)
    begins.set(this.begins)
    this.begins = begins
    const old = this.slots
    this.slots = new Int32Array(old.length * 2)
    for (const entry of old) {
      if (entry === 0) continue
      const text = this.bytes.toString('latin1', this.begins[entry - 1], this.begins[entry])
      this.put(hashOf(text), entry - 1)
    }
  }
}
