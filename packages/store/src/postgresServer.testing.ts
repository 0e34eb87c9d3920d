import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// A real PostgreSQL for the tests of this package, on a free port of this machine, its data in a
// folder that is deleted at the end.

const VERSIONS = '/usr/lib/postgresql'

/** The server refuses to run as root; `nobody` has no rights at all. */
const NOBODY = 65_534

const binaries = findBinaries()

export const hasPostgres: boolean = binaries !== undefined

export interface PostgresServer {
  url: string
  stop(): Promise<void>
}

export async function startPostgres(): Promise<PostgresServer> {
  if (binaries === undefined) throw new Error('no PostgreSQL here')
  const folder = mkdtempSync(join(tmpdir(), 'perpkit-postgres-'))
  const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  chmodSync(folder, 0o777)
  const data = join(folder, 'data')
  const made = spawnSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'perpkit', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    { ...asNobody, cwd: folder, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
  const port = await freePort()
  const args = ['-D', data, '-p', `${port}`, '-c', 'listen_addresses=127.0.0.1', '-k', folder]
  const server = spawn(join(binaries, 'postgres'), args, {
    ...asNobody,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await readiness(server)
  return {
    url: `postgres://perpkit@127.0.0.1:${port}/postgres`,
    async stop() {
      const ended = once(server, 'exit')
      // Its fast shutdown: open connections are cut.
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function readiness(server: ChildProcess): Promise<void> {
  let said = ''
  const { stderr } = server
  if (!stderr) throw new Error('no output')
  await new Promise<void>((resolve, reject) => {
    stderr.on('data', (text) => {
      said += String(text)
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('exit', () => reject(new Error(`postgres did not start: ${said.slice(-500)}`)))
  })
}

function findBinaries(): string | undefined {
  const installed = existsSync(VERSIONS) ? readdirSync(VERSIONS) : []
  const newest = installed.sort((a, b) => Number(b) - Number(a))[0]
  return newest === undefined ? undefined : join(VERSIONS, newest, 'bin')
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
