import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Environment } from './desk.ts'
import { DeskError, EXIT } from './output/failure.ts'
import { homeOf } from './settings.ts'

// Where keys of a simulator belong, by the name of the key. Only addresses of this machine are
// believed (isLoopback): the file is not sealed as the store is.

export type Addresses = Readonly<Record<string, string>>

export function readAddresses(env: Environment): Addresses {
  const path = pathOf(env)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw unreadable(path, error)
  }
  const addresses = parse(text)
  if (!addresses) throw unreadable(path)
  return addresses
}

/** `undefined` forgets it. */
export function rememberAddress(env: Environment, key: string, address: string | undefined): void {
  const before = readAddresses(env)
  if (before[key] === address) return
  const { [key]: _old, ...others } = before
  const addresses = address === undefined ? others : { ...others, [key]: address }
  const path = pathOf(env)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  // Written whole, so that it is never half there.
  const draft = `${path}.new`
  writeFileSync(draft, `${JSON.stringify(addresses, undefined, 2)}\n`, { mode: 0o600 })
  renameSync(draft, path)
}

function pathOf(env: Environment): string {
  return join(homeOf(env), 'addresses.json')
}

function parse(text: string): Addresses | undefined {
  try {
    const content: unknown = JSON.parse(text)
    return isTexts(content) ? content : undefined
  } catch {
    return undefined
  }
}

function isTexts(value: unknown): value is Addresses {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((text) => typeof text === 'string')
  )
}

function unreadable(path: string, cause?: unknown): DeskError {
  return new DeskError(
    EXIT.USAGE,
    'ADDRESSES_UNREADABLE',
    `${path} cannot be read`,
    'Mend or remove it, and give --base-url for keys of a simulator.',
    { cause },
  )
}
