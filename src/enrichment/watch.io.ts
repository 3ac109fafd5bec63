// Work done again and again, one at a time, until it is stopped.

/** Runs the work every so many milliseconds; a run that takes longer delays the next. Failures go to `failed`. Answers the way to stop. */
export function every(milliseconds: number, work: () => Promise<void>, failed: (thrown: unknown) => void): () => void {
  let running = false
  const timer = setInterval(() => {
    if (running) return
    running = true
    work()
      .catch(failed)
      .finally(() => (running = false))
  }, milliseconds)
  timer.unref()
  return () => clearInterval(timer)
}
