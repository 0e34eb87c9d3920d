import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { promisify } from 'node:util'

// Several processes that share one request budget through a real Redis on this machine.

export interface FleetRun {
  processes: number
  limit: number
  windowMs: number
  seconds: number
  /** Where `budgetTaker.js` is. */
  taker: string
}

export interface FleetResult {
  /** The most that was taken in any sliding window, by all processes. */
  worstWindow: number
  /** Share of the limit that was used over the whole run. */
  use: number
  /** Units each process got. */
  shares: readonly number[]
}

export const hasRedis: boolean = spawnSync('redis-server', ['--version']).status === 0

/** Time for all processes to start. */
const START_MS = 1_500

export function runFleet(run: FleetRun): Promise<FleetResult> {
  return withRedis((url) => measure(run, url))
}

/** Runs it with a Redis of its own. */
export async function withRedis<Result>(run: (url: string) => Promise<Result>): Promise<Result> {
  const port = await freePort()
  const server = await startRedis(port)
  try {
    return await run(`redis://127.0.0.1:${port}`)
  } finally {
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }
}

async function measure(run: FleetRun, url: string): Promise<FleetResult> {
  const { processes, limit, windowMs, seconds, taker } = run
  const startAt = Date.now() + START_MS
  const numbers = [processes, limit, windowMs, startAt, startAt + seconds * 1_000].map(String)
  const outputs = await Promise.all(
    Array.from({ length: processes }, () =>
      promisify(execFile)(process.execPath, [taker, url, 'fleet', ...numbers], {
        maxBuffer: 64_000_000,
      }),
    ),
  )
  const each = outputs.map(({ stdout }): number[] => JSON.parse(stdout).taken)
  const all = each.flat().sort((a, b) => a - b)
  return {
    worstWindow: worst(all, windowMs),
    use: all.length / ((limit * seconds * 1_000) / windowMs),
    shares: each.map(({ length }) => length),
  }
}

function worst(sorted: readonly number[], windowMs: number): number {
  let most = 0
  let first = 0
  for (const [i, at] of sorted.entries()) {
    while ((sorted[first] ?? at) <= at - windowMs) first += 1
    most = Math.max(most, i - first + 1)
  }
  return most
}

async function startRedis(port: number): Promise<ChildProcess> {
  const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const text of server.stdout) {
    if (String(text).includes('Ready to accept connections')) return server
  }
  throw new Error('redis-server did not start')
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
