import type { FuturesExchange, Instrument } from 'perpkit'
import type { Connection } from '../connection.ts'
import { coverageOf, isProtective, isStop } from '../coverage.ts'
import { fixed } from '../numbers.ts'
import { type Finding, finding, ok } from './finding.ts'
import { checkKeyPermissions } from './keyPermissions.ts'

// What the key can see: the account, its modes, its API, and what was left lying about.

export async function checkAccount(connection: Connection, now: number): Promise<Finding[]> {
  const { exchange, hasCredentials, flags } = connection
  if (!hasCredentials) {
    const remedy = 'perpkit keys add stores one; then perpkit doctor --key NAME.'
    return [finding('NOTE', 'key', 'none was given: public checks only', remedy)]
  }
  const { explain } = await import('../output/explain.ts')
  let account: Awaited<ReturnType<FuturesExchange['getAccountInfo']>>
  try {
    account = await exchange.getAccountInfo()
  } catch (error) {
    const { failure } = explain(error)
    return [finding('BAD', 'key', failure.message, failure.remedy)]
  }
  const money = `${fixed(account.availableBalance, 2)} ${account.currency} available`
  const guarded = async (check: string, task: () => Promise<Finding[]>): Promise<Finding[]> => {
    try {
      return await task()
    } catch (error) {
      const { failure } = explain(error)
      return [finding('BAD', check, failure.message, failure.remedy)]
    }
  }
  const groups = await Promise.all([
    checkKeyPermissions(connection, now),
    guarded('position mode', () => checkPositionMode(exchange)),
    guarded('margin mode', () => checkMargin(exchange)),
    guarded('protection', () => checkLeftovers(exchange, flags)),
  ])
  return [
    ok('key', `reads the account: ${money}`),
    ...apiGeneration(connection, account.raw),
    ...groups.flat(),
  ]
}

async function checkPositionMode(exchange: FuturesExchange): Promise<Finding[]> {
  if (exchange.capabilities.unsupported.getPositionMode !== undefined) {
    return [ok('position mode', `one-way: ${exchange.exchangeName} has no other`)]
  }
  const mode = await exchange.getPositionMode()
  if (mode === 'ONE_WAY') return [ok('position mode', 'one-way')]
  const remedy =
    'Give --position-side with orders; without it BUY opens the long and SELL the short.'
  return [finding('NOTE', 'position mode', 'hedge: long and short at once', remedy)]
}

async function checkMargin(exchange: FuturesExchange): Promise<Finding[]> {
  const instrument = (await exchange.getInstruments()).find(isMain)
  if (!instrument) return []
  const { symbol } = instrument
  const [mode, leverage] = await Promise.all([
    exchange.capabilities.unsupported.getMarginMode === undefined
      ? exchange.getMarginMode(symbol)
      : undefined,
    exchange.getLeverage(symbol),
  ])
  const found = `${symbol}: ${mode?.toLowerCase() ?? 'not told'}, ${leverage}x`
  if (leverage <= 20) return [ok('margin mode', found)]
  const remedy = 'Liquidation is nearer than most stops at this leverage: lower it at the exchange.'
  return [finding('WARN', 'margin mode', found, remedy)]
}

async function checkLeftovers(exchange: FuturesExchange, flags: string): Promise<Finding[]> {
  const [positions, orders] = await Promise.all([
    exchange.getPositionInfo(),
    exchange.getOpenOrders(),
  ])
  const naked = positions
    .filter((position) => coverageOf(position, orders).coverage !== 'COVERED')
    .map(({ symbol, side, size }) =>
      finding(
        'BAD',
        'protection',
        `${side} ${size} ${symbol} is not covered by a stop`,
        `perpkit protect ${symbol} --stop 2% ${flags}`,
      ),
    )
  const held = new Set(positions.map(({ symbol }) => symbol))
  const orphans = orders
    .filter((order) => !held.has(order.symbol) && (isProtective(order) || isStop(order)))
    .map(({ symbol, type, orderId }) =>
      finding(
        'WARN',
        'leftovers',
        `${type} ${orderId} of ${symbol} protects nothing`,
        `perpkit cancel ${symbol} --order ${orderId} ${flags}`,
      ),
    )
  if (naked.length + orphans.length > 0) return [...naked, ...orphans]
  return [ok('protection', `${positions.length} positions, all covered; nothing left over`)]
}

/** Where there are several generations: the one that has just answered for the account. */
function apiGeneration({ name }: Connection, raw: unknown): Finding[] {
  if (name === 'HTX') return [ok('api', 'interface V5 answers for this account')]
  if (name !== 'BITGET') return []
  // Classic accounts answer with a list for each product, unified ones with one object
  // (docs/wire/bitget.md).
  const kind = Array.isArray(raw)
    ? 'a classic account: API V2 answers'
    : 'a unified account: API V3 answers'
  return [ok('api', kind)]
}

function isMain({ baseAsset, isTrading }: Instrument): boolean {
  return isTrading && /^(BTC|XBT)$/.test(baseAsset)
}
