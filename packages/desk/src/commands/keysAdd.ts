import type { NewCredentials } from '@perpkit/store'
import type { Command } from 'commander'
import type { ExchangeName } from 'perpkit'
import { rememberAddress } from '../addresses.ts'
import { addExamples, addPrintOptions, type CommonOptions } from '../command.ts'
import type { Desk } from '../desk.ts'
import { keyStoreIsThere, withKeyStore } from '../keyStore.ts'
import { DeskError, EXIT, usageError } from '../output/failure.ts'
import { printResult } from '../output/print.ts'
import { isLoopback } from '../place.ts'

interface AddOptions extends CommonOptions {
  stdin?: boolean
  simulator?: string | true
  replace?: boolean
}

type Secrets = Pick<NewCredentials, 'apiKey' | 'apiSecret' | 'passphrase'>

export function addKeysAdd(keys: Command, desk: Desk): void {
  const command = keys
    .command('add')
    .description('Stores a key under a name; its secrets are typed unseen, or piped in')
    .argument('<name>', 'to call it by: --key NAME')
    .option('-e, --exchange <name>', 'BINANCE BYBIT OKX BITGET HTX or KRAKEN')
    .option('--live', 'it is for real money; without this it is for a testnet or a simulator')
    .option('--stdin', 'reads { "apiKey", "apiSecret", "passphrase" } as JSON from standard input')
    .option('--simulator [url]', 'a fresh account of a running simulator (http://127.0.0.1:7070)')
    .option('--base-url <url>', 'where it belongs; remembered for addresses of this machine')
    .option('--replace', 'in the place of one of the same name')
    .action(async (name: string, options: AddOptions) => {
      const added = await add(desk, name, options)
      await printResult(desk, options, added, () => `Stored ${name} for ${added.exchange}.`)
    })
  addPrintOptions(command)
  addExamples(
    command,
    'perpkit keys add sim --exchange BYBIT --simulator',
    `perpkit keys add other --exchange BYBIT --stdin < key.json`,
  )
}

interface Added {
  name: string
  exchange: ExchangeName
  live: boolean
  baseUrl?: string
}

async function add(desk: Desk, name: string, options: AddOptions): Promise<Added> {
  const exchange = await exchangeNamed(options.exchange)
  const baseUrl = options.baseUrl ?? venueAddress(exchange, options)
  if (baseUrl !== undefined && !isLoopback(baseUrl)) {
    throw usageError(
      `${JSON.stringify(baseUrl)} is no address of this machine`,
      'Only those are remembered; give others with each command.',
    )
  }
  const { passphrase, ...secrets } = await secretsOf(desk, exchange, options)
  const live = options.live === true
  await withKeyStore(
    desk,
    async ({ credentials }) => {
      const isTaken = (await credentials.list()).some((known) => known.name === name)
      if (isTaken && !options.replace) throw taken(name)
      await credentials.put({
        name,
        exchange,
        ...secrets,
        ...(passphrase !== undefined && { passphrase }),
        testnet: !live,
      })
    },
    !keyStoreIsThere(desk),
  )
  rememberAddress(desk.env, name, baseUrl)
  return { name, exchange, live, ...(baseUrl !== undefined && { baseUrl }) }
}

async function exchangeNamed(name: string | undefined): Promise<ExchangeName> {
  const { EXCHANGE_NAMES, EXCHANGE_REGISTRY } = await import('perpkit')
  const wanted = name?.toUpperCase() ?? ''
  const known = EXCHANGE_REGISTRY.find(
    (definition) => definition.name === wanted || definition.aliases?.includes(wanted),
  )
  if (known) return known.name
  const problem = name === undefined ? 'no exchange was named' : `there is no exchange ${wanted}`
  throw usageError(problem, `Give --exchange with one of ${EXCHANGE_NAMES.join(' ')}.`)
}

async function secretsOf(
  desk: Desk,
  exchange: ExchangeName,
  options: AddOptions,
): Promise<Secrets> {
  if (options.simulator !== undefined) return openAccount(exchange, options)
  if (options.stdin) return secretsIn(await desk.io.readInput(), 'standard input')
  const { PERPKIT_API_KEY, PERPKIT_API_SECRET, PERPKIT_API_PASSPHRASE } = desk.env
  if (PERPKIT_API_KEY && PERPKIT_API_SECRET) {
    return {
      apiKey: PERPKIT_API_KEY,
      apiSecret: PERPKIT_API_SECRET,
      ...(PERPKIT_API_PASSPHRASE && { passphrase: PERPKIT_API_PASSPHRASE }),
    }
  }
  if (desk.io.canAsk) return askSecrets(desk, exchange)
  throw usageError(
    'there is no terminal to type the secrets at',
    'Pipe them in with --stdin, or set PERPKIT_API_KEY and PERPKIT_API_SECRET.',
  )
}

async function askSecrets({ io }: Desk, exchange: ExchangeName): Promise<Secrets> {
  const { EXCHANGE_REGISTRY } = await import('perpkit')
  const apiKey = await io.askSecret(`API key of ${exchange}:`)
  const apiSecret = apiKey && (await io.askSecret('API secret:'))
  if (!apiKey || !apiSecret) throw usageError('no key was given', 'Run the command again.')
  const definition = EXCHANGE_REGISTRY.find(({ name }) => name === exchange)
  if (!definition?.needsPassphrase) return { apiKey, apiSecret }
  const passphrase = await io.askSecret('Passphrase of the key:')
  return { apiKey, apiSecret, ...(passphrase && { passphrase }) }
}

/** Never repeats what it read: it is secret even where it is wrong. */
function secretsIn(text: string, where: string): Secrets {
  const problem = usageError(
    `${where} holds no { "apiKey", "apiSecret", "passphrase" } as JSON`,
    'All are texts; the passphrase only where the exchange has one.',
  )
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw problem
  }
  if (typeof content !== 'object' || content === null) throw problem
  const { apiKey, apiSecret, passphrase }: Partial<Record<keyof Secrets, unknown>> = content
  if (typeof apiKey !== 'string' || typeof apiSecret !== 'string') throw problem
  return { apiKey, apiSecret, ...(typeof passphrase === 'string' && { passphrase }) }
}

const CONTROL = 'http://127.0.0.1:7070'

function controlOf({ simulator }: AddOptions): string | undefined {
  if (simulator === undefined) return undefined
  const control = simulator === true ? CONTROL : simulator
  if (isLoopback(control)) return new URL(control).origin
  throw usageError(
    `${JSON.stringify(control)} is no address of this machine`,
    'A simulator listens on 127.0.0.1.',
  )
}

/** Each venue of a simulator has a fixed distance to its control port. */
function venueAddress(exchange: ExchangeName, options: AddOptions): string | undefined {
  const control = controlOf(options)
  if (control === undefined) return undefined
  const { hostname, port } = new URL(control)
  return `http://${hostname}:${Number(port) + PORT_OFFSETS[exchange]}`
}

// docs/guides/simulator.md
const PORT_OFFSETS: Readonly<Record<ExchangeName, number>> = {
  BINANCE: 1,
  BYBIT: 2,
  OKX: 3,
  BITGET: 4,
  HTX: 5,
  KRAKEN: 6,
}

async function openAccount(exchange: ExchangeName, options: AddOptions): Promise<Secrets> {
  const control = controlOf(options) ?? CONTROL
  let text: string
  try {
    const answer = await fetch(`${control}/_control/createAccount`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ venue: exchange.toLowerCase() }),
    })
    text = await answer.text()
  } catch (cause) {
    throw new DeskError(
      EXIT.NOT_SENT,
      'NO_SIMULATOR',
      `no simulator answers at ${control}`,
      'Start one in another terminal: perpkit sim.',
      { cause },
    )
  }
  return secretsIn(text, `the answer of ${control}`)
}

function taken(name: string): DeskError {
  return new DeskError(
    EXIT.REFUSED,
    'NAME_TAKEN',
    `a key is already stored under the name ${JSON.stringify(name)}`,
    'Choose another name, or give --replace.',
  )
}
