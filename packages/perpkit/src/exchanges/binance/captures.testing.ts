import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseJson } from '../../core/json.ts'

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url))

/** A recorded payload; `undefined` where the recordings are not present. */
export function readCapture(name: string): unknown {
  const folder = resolve(ROOT, process.env.PERPKIT_CAPTURES ?? '../shared/captures')
  const file = resolve(folder, 'binance', name)
  return existsSync(file) ? parseJson(readFileSync(file, 'utf8')) : undefined
}
