import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from './desk.ts'
import { DeskError, EXIT } from './output/failure.ts'
import { homeOf } from './settings.ts'

// The kill switch: a hold is a file, which is there or not. So two commands at once cannot undo each
// other, nothing has to be read to set it, and it needs no passphrase.

export interface Hold {
  /** `ALL`, `key:NAME` or `exchange:NAME`. */
  scope: string
  /** Milliseconds since the epoch. */
  since: number
}

/** All holds, oldest first. Throws when they cannot be read: then nobody knows what is held. */
export function readHolds(env: Environment): Hold[] {
  const folder = folderOf(env)
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .map((name) => ({ scope: decodeURIComponent(name), since: sinceOf(join(folder, name)) }))
      .sort((a, b) => a.since - b.since)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw new DeskError(
      EXIT.REFUSED,
      'HOLDS_UNREADABLE',
      `${folder} cannot be read, so nobody knows whether orders are held; none is sent`,
      'Make it readable; perpkit stop hold --all puts a new one in its place.',
      { cause: error },
    )
  }
}

/** The holds that stand in the way of an order. */
export function holdsOn(env: Environment, exchange: string, key: string | undefined): Hold[] {
  const scopes = ['ALL', `exchange:${exchange}`, ...(key === undefined ? [] : [`key:${key}`])]
  return readHolds(env).filter(({ scope }) => scopes.includes(scope))
}

/** Holds until it is lifted; one that stands keeps its time. Throws loudly when it cannot. */
export function placeHold(env: Environment, hold: Hold): Hold {
  try {
    write(env, hold)
    return hold
  } catch {
    // What is in the way is no folder of holds: whatever was held is held again with everything.
    const all = { ...hold, scope: 'ALL' }
    try {
      rmSync(folderOf(env), { recursive: true, force: true })
      write(env, all)
      return all
    } catch (error) {
      throw new DeskError(
        EXIT.REFUSED,
        'HOLD_FAILED',
        `NOTHING IS HELD: ${folderOf(env)} cannot be written`,
        'Stop the programs that send orders by other means; set PERPKIT_HOME to a folder of yours.',
        { cause: error },
      )
    }
  }
}

export function liftHold(env: Environment, scope: string): void {
  rmSync(fileOf(env, scope), { force: true })
}

function write(env: Environment, { scope, since }: Hold): void {
  mkdirSync(folderOf(env), { recursive: true, mode: 0o700 })
  try {
    writeFileSync(fileOf(env, scope), String(since), { flag: 'wx', mode: 0o600, flush: true })
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
}

/** What the file says; when it was cut short, when it was written. */
function sinceOf(path: string): number {
  const since = Number(readFileSync(path, 'utf8') || Number.NaN)
  return Number.isFinite(since) ? since : statSync(path).mtimeMs
}

function folderOf(env: Environment): string {
  return join(homeOf(env), 'holds')
}

function fileOf(env: Environment, scope: string): string {
  return join(folderOf(env), encodeURIComponent(scope))
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
