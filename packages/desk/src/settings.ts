import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from './desk.ts'
import { usageError } from './output/failure.ts'

// Where a value comes from: an option, then the environment, then the file, then the default.

export type SettingName = 'exchange' | 'key' | 'baseUrl' | 'store' | 'keyFile'

export interface Setting {
  value: string | undefined
  /** In words, for `perpkit config --explain`. */
  from: string
}

const SETTINGS: readonly { name: SettingName; option?: string; variable: string }[] = [
  { name: 'exchange', option: '--exchange', variable: 'PERPKIT_EXCHANGE' },
  { name: 'key', option: '--key', variable: 'PERPKIT_KEY' },
  { name: 'baseUrl', option: '--base-url', variable: 'PERPKIT_BASE_URL' },
  { name: 'store', variable: 'PERPKIT_STORE' },
  { name: 'keyFile', variable: 'PERPKIT_STORE_KEY_FILE' },
]

/** Variables that hold secrets: their values are never shown. */
export const SECRET_VARIABLES = [
  'PERPKIT_API_KEY',
  'PERPKIT_API_SECRET',
  'PERPKIT_API_PASSPHRASE',
  'PERPKIT_STORE_PASSPHRASE',
  'PERPKIT_STORE_NEW_PASSPHRASE',
] as const

export type GivenSettings = Partial<Record<SettingName, string | undefined>>

/** The folder of this user: the store, the configuration and the kill switch. */
export function homeOf(env: Environment): string {
  return env.PERPKIT_HOME || join(env.HOME ?? env.USERPROFILE ?? '.', '.perpkit')
}

/** All settings, each with where it comes from. Throws for a file that cannot be read. */
export function readSettings(env: Environment, given: GivenSettings): Record<SettingName, Setting> {
  const file = readFile(env)
  const read = (name: SettingName): Setting => {
    const known = SETTINGS.find((setting) => setting.name === name)
    const option = given[name]
    if (option !== undefined) return { value: option, from: `option ${known?.option ?? name}` }
    const variable = known?.variable ?? ''
    const inEnvironment = env[variable]
    if (inEnvironment) return { value: inEnvironment, from: `environment ${variable}` }
    const inFile = file.values[name]
    if (inFile !== undefined) return { value: inFile, from: `file ${file.path}` }
    if (name !== 'store') return { value: undefined, from: 'not set' }
    return { value: `file:${join(homeOf(env), 'perpkit.db')}`, from: 'default' }
  }
  const settings = {
    exchange: read('exchange'),
    key: read('key'),
    baseUrl: read('baseUrl'),
    store: read('store'),
    keyFile: read('keyFile'),
  }
  return settleBetweenKeyAndExchange(settings, given)
}

/** A key names its exchange: an option for one of the two hides the other's default. */
function settleBetweenKeyAndExchange(
  settings: Record<SettingName, Setting>,
  given: GivenSettings,
): Record<SettingName, Setting> {
  const hidden = (by: string): Setting => ({ value: undefined, from: `hidden by ${by}` })
  if (given.key !== undefined && given.exchange === undefined) {
    return { ...settings, exchange: hidden('--key') }
  }
  if (given.exchange !== undefined && given.key === undefined) {
    return { ...settings, key: hidden('--exchange') }
  }
  return settings
}

function readFile(env: Environment): { path: string; values: Readonly<Record<string, string>> } {
  const path = env.PERPKIT_CONFIG || join(homeOf(env), 'config.json')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return { path, values: {} }
  }
  const remedy = `It holds an object of texts: ${SETTINGS.map(({ name }) => name).join(', ')}.`
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw usageError(`the configuration ${path} is no JSON`, remedy)
  }
  if (typeof content !== 'object' || content === null) {
    throw usageError(`the configuration ${path} is no object`, remedy)
  }
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(content)) {
    const isKnown = SETTINGS.some((setting) => setting.name === name)
    if (!isKnown || typeof value !== 'string') {
      throw usageError(`the configuration ${path} has ${JSON.stringify(name)} wrong`, remedy)
    }
    values[name] = value
  }
  return { path, values }
}
