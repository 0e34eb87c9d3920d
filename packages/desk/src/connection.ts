import type { ExchangeName, FuturesExchangeOptions, Journal } from 'perpkit'
import { readAddresses } from './addresses.ts'
import type { Connection, ConnectionOptions, Desk } from './desk.ts'
import { announcing, passingJournal } from './journal.ts'
import { keyStoreIsThere, openKeyStore } from './keyStore.ts'
import { DeskError, EXIT, usageError } from './output/failure.ts'
import { paletteOf } from './output/style.ts'
import { isLoopback, placeOf, requireFitting } from './place.ts'
import { readSettings } from './settings.ts'

export type { Connection, ConnectionOptions } from './desk.ts'

/** Opens what the options, the environment and the configuration name. */
export async function connect(
  desk: Omit<Desk, 'connect'>,
  options: ConnectionOptions,
): Promise<Connection> {
  const settings = readSettings(desk.env, options)
  const key = settings.key.value
  const access =
    key === undefined
      ? accessFromEnvironment(desk, settings.exchange.value)
      : await accessFromStore(desk, key, options)
  try {
    const baseUrl = settings.baseUrl.value ?? rememberedAddress(desk, key)
    const { createFuturesExchange, EXCHANGE_REGISTRY } = await import('perpkit')
    const place = placeOf(EXCHANGE_REGISTRY, baseUrl, options.live === true)
    requireFitting(access.credentials, place, key)
    const exchange = createFuturesExchange(access.exchange, {
      ...access.credentials,
      ...(baseUrl !== undefined && { baseUrl }),
      testnet: place !== 'LIVE',
      clock: desk.clock,
      ...(options.timeout !== undefined && { timeoutMs: options.timeout }),
      ...(options.transport && { transport: options.transport }),
      ...(options.rateLimit === false && { rateLimit: false }),
      journal: announcing(access.journal, ({ clientOrderId, action }) => {
        desk.interrupts.note(clientOrderId)
        const { dim } = paletteOf(desk.io.stderr, desk.env)
        desk.io.stderr.write(`client order id ${clientOrderId} ${dim(`(${action})`)}\n`)
      }),
    })
    return {
      exchange,
      journal: access.journal,
      name: exchange.exchangeName,
      key,
      place,
      baseUrl,
      hasCredentials: access.credentials.apiKey !== undefined,
      flags: flagsOf(options, exchange.exchangeName, key, baseUrl),
      async close() {
        await exchange.close()
        await access.close()
      },
    }
  } catch (error) {
    await access.close()
    throw error
  }
}

interface Access {
  exchange: string
  credentials: Pick<FuturesExchangeOptions, 'apiKey' | 'apiSecret' | 'passphrase' | 'testnet'>
  journal: Journal
  close(): Promise<void>
}

function accessFromEnvironment(
  { env, clock }: Omit<Desk, 'connect'>,
  exchange: string | undefined,
): Access {
  if (exchange === undefined) {
    throw usageError(
      'no exchange was named',
      'Give --exchange BINANCE, or --key NAME for stored credentials; see perpkit help environment.',
    )
  }
  const { PERPKIT_API_KEY, PERPKIT_API_SECRET, PERPKIT_API_PASSPHRASE } = env
  return {
    exchange,
    credentials: {
      ...(PERPKIT_API_KEY && { apiKey: PERPKIT_API_KEY }),
      ...(PERPKIT_API_SECRET && { apiSecret: PERPKIT_API_SECRET }),
      ...(PERPKIT_API_PASSPHRASE && { passphrase: PERPKIT_API_PASSPHRASE }),
    },
    journal: passingJournal(clock),
    close: async () => {},
  }
}

async function accessFromStore(
  desk: Omit<Desk, 'connect'>,
  key: string,
  options: ConnectionOptions,
): Promise<Access> {
  if (!keyStoreIsThere(desk)) throw unknownKey(key)
  const store = await openKeyStore(desk)
  try {
    const known = (await store.credentials.list()).find(({ name }) => name === key)
    if (!known) throw unknownKey(key)
    const wanted = options.exchange?.toUpperCase()
    if (wanted !== undefined && wanted !== known.exchange) {
      throw usageError(
        `the key ${key} is for ${known.exchange}, not for ${wanted}`,
        'Leave out --exchange, or choose another key.',
      )
    }
    const credentials = await store.credentials.get(key)
    const journal = options.isRescue ? passingJournal(desk.clock) : store.journal(key)
    return { exchange: known.exchange, credentials, journal, close: () => store.close() }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Of a key that was stored for a simulator. Only addresses of this machine are believed. */
function rememberedAddress(
  { env }: Pick<Desk, 'env'>,
  key: string | undefined,
): string | undefined {
  const address = key === undefined ? undefined : readAddresses(env)[key]
  return address !== undefined && isLoopback(address) ? address : undefined
}

function flagsOf(
  options: ConnectionOptions,
  exchange: ExchangeName,
  key: string | undefined,
  baseUrl: string | undefined,
): string {
  const flags = [key === undefined ? `--exchange ${exchange}` : `--key ${key}`]
  if (options.baseUrl !== undefined && baseUrl !== undefined) flags.push(`--base-url ${baseUrl}`)
  if (options.live) flags.push('--live')
  return flags.join(' ')
}

function unknownKey(key: string): DeskError {
  return new DeskError(
    EXIT.USAGE,
    'UNKNOWN_KEY',
    `no key is stored under the name ${JSON.stringify(key)}`,
    'perpkit keys list shows the names, perpkit keys add stores one.',
  )
}
