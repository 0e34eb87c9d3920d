import { existsSync, mkdirSync } from 'node:fs'
import type { Store } from '@perpkit/store'
import type { Desk } from './desk.ts'
import { usageError } from './output/failure.ts'
import { homeOf, readSettings } from './settings.ts'

type StoreDesk = Pick<Desk, 'env' | 'io'>

/** Opens the store the settings name, asking for the passphrase where nothing else tells it. */
export async function openKeyStore(desk: StoreDesk, isNew = false): Promise<Store> {
  const settings = readSettings(desk.env, {})
  const url = settings.store.value ?? ''
  const keyFile = settings.keyFile.value
  const secret =
    keyFile === undefined ? { passphrase: await passphraseOf(desk, isNew) } : { keyFile }
  if (isNew && url.startsWith('file:'))
    mkdirSync(homeOf(desk.env), { recursive: true, mode: 0o700 })
  const { createKeyFile, openStore } = await import('@perpkit/store')
  if (isNew && keyFile !== undefined && !existsSync(keyFile)) createKeyFile(keyFile)
  return openStore({ url, ...secret })
}

/** Whether there is a store to open; of a server that is found out by opening it. */
export function keyStoreIsThere(desk: Pick<Desk, 'env'>): boolean {
  const url = readSettings(desk.env, {}).store.value ?? ''
  return !url.startsWith('file:') || existsSync(url.slice('file:'.length))
}

/** Does `task` with the store and closes it. */
export async function withKeyStore<Result>(
  desk: StoreDesk,
  task: (store: Store) => Promise<Result>,
  isNew = false,
): Promise<Result> {
  const store = await openKeyStore(desk, isNew)
  try {
    return await task(store)
  } finally {
    await store.close()
  }
}

/** A new secret, typed twice. */
export async function askNewSecret({ io }: Pick<Desk, 'io'>, what: string): Promise<string> {
  const first = await io.askSecret(`${what}:`)
  if (!first) throw usageError(`no ${what} was given`, 'Run the command again.')
  const again = await io.askSecret(`${what}, once more:`)
  if (first !== again) throw usageError('the two did not match', 'Run the command again.')
  return first
}

async function passphraseOf({ env, io }: StoreDesk, isNew: boolean): Promise<string> {
  const given = env.PERPKIT_STORE_PASSPHRASE
  if (given) return given
  if (!io.canAsk) {
    throw usageError(
      'the store needs its passphrase, and there is no terminal to ask at',
      'Set PERPKIT_STORE_PASSPHRASE, or PERPKIT_STORE_KEY_FILE to the path of a key file.',
    )
  }
  if (isNew) return askNewSecret({ io }, 'A passphrase for the new store')
  const answer = await io.askSecret('Passphrase of the store:')
  if (answer) return answer
  throw usageError('no passphrase was given', 'Run the command again.')
}
