// A real server process for tests: started on a temporary workspace, watched, killed.
import { spawn } from 'node:child_process'
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export const command = join(import.meta.dirname, '..', 'bin', 'castellan.js')

/** A free port of loopback, as the kernel gives it. */
export const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })

/** A workspace with these files; gone after the test. */
export function workspaceOf(files) {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Starts `castellan up` and waits for its address. `castellan` may name another installation of the command. */
export async function startServer(
  folder,
  { castellan = [process.execPath, command], port = 0, env = {}, patience = 30_000 } = {},
) {
  const [program, ...first] = castellan
  const child = spawn(program, [...first, 'up', '--json', '--workspace', folder, `--server.port=${port}`], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (bytes) => (errors = (errors + bytes).slice(-20_000)))
  const said = await new Promise((done, fail) => {
    let text = ''
    const timer = setTimeout(() => fail(new Error(`the server said nothing for ${patience} ms: ${errors}`)), patience)
    child.stdout.on('data', (bytes) => {
      text += bytes
      if (!text.includes('\n')) return
      clearTimeout(timer)
      const first = JSON.parse(text.slice(0, text.indexOf('\n')))
      if (first.error) fail(new Error(`the server did not start: ${first.error.text}`))
      else done(first)
    })
    child.on('exit', (code) => {
      clearTimeout(timer)
      fail(new Error(`the server ended with ${code}: ${errors}`))
    })
  })
  const { token } = JSON.parse(readFileSync(join(folder, '.castellan', 'server.json'), 'utf8'))
  const ended = new Promise((done) => child.on('exit', (code, signal) => done(signal ?? code)))
  const headers = { authorization: `Bearer ${token}` }
  return {
    ...said,
    token,
    child,
    ended,
    errors: () => errors,
    /** Reads an operation. */
    get: async (name, input = {}) => {
      const url = new URL(`/api/v1/${name.replace('.', '/')}`, said.url)
      for (const [key, value] of Object.entries(input)) url.searchParams.append(key, String(value))
      return (await fetch(url, { headers })).json()
    },
    post: async (name, input = {}) =>
      (
        await fetch(new URL(`/api/v1/${name.replace('.', '/')}`, said.url), {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(input),
        })
      ).json(),
    kill: async () => {
      child.kill('SIGKILL')
      return ended
    },
    stop: async () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** Waits until the check answers something true. */
export async function until(check, { patience = 60_000, what = 'a condition' } = {}) {
  const end = Date.now() + patience
  for (;;) {
    const answer = await check()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`waited ${patience} ms for ${what}`)
    await new Promise((done) => setTimeout(done, 200))
  }
}
