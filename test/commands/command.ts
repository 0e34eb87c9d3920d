import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root: string = fileURLToPath(new URL('../..', import.meta.url))

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Starts node in the repository's root; both outputs are collected. */
export function start(...args: string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
  return { child, ended }
}

/** Runs node to its end. */
export function run(...args: string[]): Promise<Ended> {
  return start(...args).ended
}

const builds = new Map<string, Promise<void>>()

/** Compiles one project, so that the commands run what stands in the tree; once for all who ask. */
export function build(project: string): Promise<void> {
  const before = builds.get(project)
  if (before) return before
  const building = compile(project)
  builds.set(project, building)
  return building
}

async function compile(project: string): Promise<void> {
  const { code, stdout } = await run('node_modules/typescript/bin/tsc', '-b', project)
  if (code !== 0) throw new Error(`${project} does not compile\n${stdout}`)
}
