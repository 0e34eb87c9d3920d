import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { StoreClock } from './clock.ts'
import { hasPostgres, type PostgresServer, startPostgres } from './postgresServer.testing.ts'
import { createKeyFile } from './vault/masterKey.ts'

// Databases for tests: the same tests run on each kind this machine has.

export interface Place {
  /** A database that is empty at first. */
  url: string
  folder: string
  keyFile: string
}

export interface Kind {
  name: 'SQLite' | 'PostgreSQL'
  isHere: boolean
  start(): Promise<void>
  place(): Promise<Place>
  stop(): Promise<void>
}

export function kinds(): Kind[] {
  return [sqlite(), postgres()]
}

/** A folder of its own with a key file. */
export function newFolder(): { folder: string; keyFile: string } {
  const folder = mkdtempSync(join(tmpdir(), 'perpkit-store-'))
  const keyFile = join(folder, 'key')
  createKeyFile(keyFile)
  return { folder, keyFile }
}

/** Moves only when told; tasks that come due run in order. */
export class TestClock implements StoreClock {
  #now: number
  readonly #tasks = new Set<{ at: number; task: () => void }>()

  constructor(now = 1_800_000_000_000) {
    this.#now = now
  }

  /** How many tasks wait. */
  get waiting(): number {
    return this.#tasks.size
  }

  now(): number {
    return this.#now
  }

  after(ms: number, task: () => void): () => void {
    const waiting = { at: this.#now + ms, task }
    this.#tasks.add(waiting)
    return () => this.#tasks.delete(waiting)
  }

  background(ms: number, task: () => void): () => void {
    return this.after(ms, task)
  }

  advance(ms: number): void {
    this.#now += ms
    for (const waiting of [...this.#tasks].sort((a, b) => a.at - b.at)) {
      if (waiting.at > this.#now) continue
      this.#tasks.delete(waiting)
      waiting.task()
    }
  }
}

function sqlite(): Kind {
  const folders: string[] = []
  return {
    name: 'SQLite',
    isHere: true,
    start: async () => {},
    async place() {
      const { folder, keyFile } = newFolder()
      folders.push(folder)
      return { url: `file:${join(folder, 'perpkit.db')}`, folder, keyFile }
    },
    async stop() {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    },
  }
}

function postgres(): Kind {
  let server: PostgresServer | undefined
  let made = 0
  const folders: string[] = []
  return {
    name: 'PostgreSQL',
    isHere: hasPostgres,
    async start() {
      server = await startPostgres()
    },
    async place() {
      if (!server) throw new Error('not started')
      made += 1
      const name = `place${made}`
      const client = new pg.Client({ connectionString: server.url })
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      const { folder, keyFile } = newFolder()
      folders.push(folder)
      return { url: server.url.replace(/postgres$/, name), folder, keyFile }
    },
    async stop() {
      await server?.stop()
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    },
  }
}
