import type { Call, Endpoint } from '../../client/definition.ts'
import { type Decimal, mul, toFloat } from '../../core/decimal.ts'
import type { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import { withRaw } from '../../model/raw.ts'

const NATIVE = /^(?<base>[\p{L}\p{N}]+)-USDT$/u
const UNIFIED = /^(?<base>[\p{L}\p{N}]+)\/USDT(?::USDT)?$/u
const JOINED = /^(?<base>[\p{L}\p{N}]+)USDT$/u

/**
 * `BTC/USDT`, `BTC/USDT:USDT` and `BTCUSDT` to `BTC-USDT`. All contracts here settle in USDT; a
 * third part, as in `BTC-USDT-260327`, would be a delivery date.
 */
export function normalizeSymbol(symbol: string): string | undefined {
  for (const form of [NATIVE, UNIFIED, JOINED]) {
    const base = form.exec(symbol)?.groups?.base
    if (base !== undefined) return `${base}-USDT`
  }
  return undefined
}

/** All perpetual contracts with their trading rules, which the exchange lists apart. */
export async function getInstruments(call: Call): Promise<Instrument[]> {
  const [contracts, rules] = await Promise.all([
    call(contractInfo, undefined),
    call(tradingRules, undefined),
  ])
  return contracts.map((contract) => withRules(contract, rules.get(contract.nativeSymbol)))
}

type Contract = Omit<Instrument, 'maxQuantity' | 'maxMarketQuantity' | 'maxLeverage'>

/** Limits of orders, in contracts. */
interface Rules {
  maxContracts: Decimal | undefined
  maxLeverage: number | undefined
  raw: unknown
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb802c2-77b5-11ed-9966-0242ac110003
const contractInfo: Endpoint<void, Contract[]> = {
  method: 'GET',
  path: '/linear-swap-api/v1/swap_contract_info',
  access: 'public',
  effect: 'read',
  cost: { reference: 1 },
  encode: () => ({ query: { business_type: 'swap' } }),
  decode: (answer) => answer.at('data').items().filter(isPerpetual).map(readContract),
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-18bd764260c
const tradingRules: Endpoint<void, Map<string, Rules>> = {
  method: 'GET',
  path: '/linear-swap-api/v1/swap_query_elements',
  access: 'public',
  effect: 'read',
  cost: { elements: 1 },
  encode: () => ({}),
  decode: (answer) =>
    new Map(
      answer
        .at('data')
        .items()
        .map((row) => [row.at('contract_code').string(), readRules(row)]),
    ),
}

function isPerpetual(row: Reader): boolean {
  return row.at('business_type').string() === 'swap'
}

/** What a contract's `contract_status` is while orders are accepted. */
const TRADING = 1

function readContract(row: Reader): Contract {
  const contractMultiplier = row.at('contract_size').decimal()
  const baseAsset = row.at('symbol').string()
  const quoteAsset = row.at('trade_partition').optionalString() ?? 'USDT'
  // A few contracts have isolated margin alone, and orders are in cross margin unless told.
  const hasCross = row.at('support_margin_mode').optionalString() !== 'isolated'
  const contract: Contract = {
    symbol: baseAsset + quoteAsset,
    nativeSymbol: row.at('contract_code').string(),
    baseAsset,
    quoteAsset,
    settleAsset: quoteAsset,
    isTrading: row.at('contract_status').integer() === TRADING && hasCross,
    tickSize: row.at('price_tick').decimal(),
    // Not published: an order is any whole number of contracts (docs/wire/htx.md 3.1).
    stepSize: contractMultiplier,
    minQuantity: contractMultiplier,
    minNotional: '0',
    contractMultiplier,
  }
  return withRaw(contract, row.value)
}

/** What `instrument_type` of an order limit says of perpetual contracts. */
const PERPETUAL = 0

function readRules(row: Reader): Rules {
  const limits = row.at('order_limits')
  const limit = limits.isAbsent()
    ? undefined
    : limits.items().find((item) => item.at('instrument_type').integer() === PERPETUAL)
  const maxLeverage = row.at('max_level').optionalDecimal()
  return {
    maxContracts: limit?.at('open').optionalDecimal(),
    maxLeverage: maxLeverage === undefined ? undefined : toFloat(maxLeverage),
    raw: row.value,
  }
}

/** More than any order: where no maximum is told, only the exchange itself can refuse. */
const NO_MAXIMUM = '1000000000000'

function withRules(contract: Contract, rules: Rules | undefined): Instrument {
  const maxQuantity = mul(rules?.maxContracts ?? NO_MAXIMUM, contract.contractMultiplier)
  const instrument: Instrument = { ...contract, maxQuantity, maxMarketQuantity: maxQuantity }
  if (rules?.maxLeverage !== undefined) instrument.maxLeverage = rules.maxLeverage
  return withRaw(instrument, { contract: contract.raw, elements: rules?.raw })
}
