// A whole house for the benches of the store: opened in a folder without inputs, and without rules unless some are named; its HTTP door open, watched while it works.
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { serve } from '../dist/api/index.js'
import { openCastellan } from '../dist/app/index.js'

const resolution = 5

/** Opens it and its door. */
export async function openHouse(workspace, rules = ['no-rules']) {
  mkdirSync(join(workspace, 'no-rules'), { recursive: true })
  writeFileSync(join(workspace, 'castellan.yaml'), JSON.stringify({ name: 'Bench', watchHost: false, rules }))
  const castellan = await openCastellan({ workspace, env: {}, flags: {}, quiet: true })
  const consoleFolder = join(import.meta.dirname, '../dist/console')
  const door = await serve(castellan, { host: '127.0.0.1', port: 0, consoleFolder })
  await castellan.start()
  const actor = castellan.terminalActor(castellan.terminalToken)
  const operation = (name) => castellan.operations.find((one) => one.name === name)
  return {
    castellan,
    url: `${door.url.replace(/\/$/, '')}/ingest/v1/ndjson/otrf`,
    token: castellan.terminalToken,
    ask: (name, input = {}) => castellan.run(operation(name), input, { actor }),
    close: async () => {
      await door.close()
      await castellan.stop()
    },
  }
}

/** Sends a file's lines by a process of its own. */
export const sendFile = ({ url, token }, path, perSecond = 0) =>
  new Promise((done, failed) => {
    const script = join(import.meta.dirname, 'otrf.mjs')
    const child = spawn(process.execPath, [script, url, token, path, String(perSecond)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    child.stdout.on('data', (part) => (text += part))
    child.on('exit', (code) =>
      code === 0 ? done(JSON.parse(text)) : failed(new Error(`the sender ended with ${code}`)),
    )
  })

/** Watches this process: memory, processor time, and how long the event loop is held. */
export function watch() {
  let rss = 0
  const timer = setInterval(() => {
    rss = Math.max(rss, process.memoryUsage.rss())
    if (process.env.SHOW_MEMORY) console.error(JSON.stringify(process.memoryUsage()))
  }, 250)
  const holds = monitorEventLoopDelay({ resolution })
  holds.enable()
  const before = process.cpuUsage()
  return () => {
    clearInterval(timer)
    holds.disable()
    const { user, system } = process.cpuUsage(before)
    const over = (nanoseconds) => Math.max(0, Math.round(nanoseconds / 1e6 - resolution))
    return {
      processor: user + system,
      mostMiB: Math.round(rss / 1_048_576),
      p99HoldMilliseconds: over(holds.percentile(99)),
      longestHoldMilliseconds: over(holds.max),
    }
  }
}
