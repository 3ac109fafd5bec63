// Taking turns: at most so many at once, first come first served.

/** Leave to go on; give it back with end(). */
export interface Turn {
  end(): void
}

export interface Turns {
  /** Resolves when it is this caller's turn. */
  take(): Promise<Turn>
  /** Runs work in a turn of its own. */
  run<T>(work: () => Promise<T>): Promise<T>
  /** How many wait. */
  readonly waiting: number
}

/** At most `most` turns at once. */
export function turns(most: number): Turns {
  let free = most
  const queue: ((turn: Turn) => void)[] = []
  const turn = (): Turn => {
    let ended = false
    return {
      end() {
        if (ended) return
        ended = true
        const next = queue.shift()
        if (next) next(turn())
        else free += 1
      },
    }
  }
  const take = (): Promise<Turn> => {
    if (free === 0) return new Promise((done) => queue.push(done))
    free -= 1
    return Promise.resolve(turn())
  }
  return {
    take,
    async run(work) {
      const mine = await take()
      try {
        return await work()
      } finally {
        mine.end()
      }
    },
    get waiting() {
      return queue.length
    },
  }
}
