import type { FuturesPosition, ManagedOrdersRequest, PositionSide, Side } from 'perpkit'
import type { Connection } from '../connection.ts'
import { compare, mul, sub } from '../numbers.ts'
import { needed, type OrderCommandOptions, onlyPosition } from '../orderOptions.ts'
import { usageError } from '../output/failure.ts'
import type { Exposure } from './estimate.ts'
import {
  estimateOf,
  type Market,
  plannedPrice,
  plannedQuantity,
  readMarket,
  refusal,
} from './market.ts'
import type { Plan, PlannedOrder, PlanRequest } from './plan.ts'
import { planOf } from './planOrder.ts'
import { readPriceWord, readTargetWord, settleShares } from './prices.ts'

export interface ProtectOptions extends Omit<OrderCommandOptions, 'tp'> {
  tp?: string[]
  breakEven?: boolean
  /** `market`, or the price of a limit order. */
  entry?: string
  /** Whether it will be looked after. */
  watch?: boolean
  /** What the journal has instead of anything new. */
  resume?: boolean
  onUnprotected: 'CLOSE' | 'REPORT'
}

/** What is protected: a position that is there, or one that is about to be. */
interface Ward {
  side: PositionSide
  quantity: string
  entryPrice: string
  /** Absent where the position is there already. */
  entry?: { type: 'MARKET' } | { type: 'LIMIT'; price: string }
  exposure: Exposure
}

export async function planProtect(
  connection: Connection,
  symbol: string,
  options: ProtectOptions,
): Promise<Plan> {
  const stopWord = readPriceWord(needed(options.stop, '--stop'), '--stop')
  const targetWords = (options.tp ?? []).map((text) => readTargetWord(text, '--tp'))
  const shares = settleShares(targetWords)
  const market = await readMarket(connection, symbol)
  const ward = await wardOf(connection, market, options)
  const reference = { price: ward.entryPrice, entryPrice: ward.entryPrice, side: ward.side }
  const { exchange } = connection
  const stopPrice = await plannedPrice(exchange, market, stopWord, {
    ...reference,
    towards: 'LOSS',
  })
  const targets = await Promise.all(
    targetWords.map(async ({ price }, index) => ({
      price: await plannedPrice(exchange, market, price, { ...reference, towards: 'PROFIT' }),
      share: shares[index] ?? '0',
    })),
  )
  requireSides(market, ward, stopPrice, targets)
  const estimate = await estimateOf(connection, market, {
    quantity: ward.quantity,
    price: ward.entryPrice,
    exposure: ward.exposure,
    stopPrice,
  })
  warnOfLiquidation(estimate.notes, ward, stopPrice, estimate.liquidationPrice)
  const parts = await partsOf(exchange, market, ward.quantity, shares)
  const orders = plannedOrders(ward, stopPrice, targets, parts)
  const plan = planOf(connection, market, orders, {
    addsRisk: ward.entry !== undefined,
    estimate,
    request: requestOf(market, ward, stopPrice, targets, options),
  })
  return { ...plan, summary: summaryOf(plan.symbol, ward, stopPrice) }
}

async function wardOf(
  { exchange }: Connection,
  market: Market,
  options: ProtectOptions,
): Promise<Ward> {
  const { entry } = options
  if (entry === undefined) return wardInPlace(market, options, exchange)
  const side = needed(options.side, '--side') === 'BUY' ? 'LONG' : 'SHORT'
  const quantity = await plannedQuantity(exchange, market, needed(options.quantity, '--quantity'))
  const position = market.positions[0]
  if (position && options.positionSide === undefined) throw alreadyOpen(position)
  if (entry.toLowerCase() === 'market') {
    const { markPrice } = market
    const exposure = { side, size: quantity, entryPrice: markPrice } as const
    return { side, quantity, entryPrice: markPrice, entry: { type: 'MARKET' }, exposure }
  }
  if (!options.watch) throw needsWatching()
  const price = await plannedPrice(exchange, market, readPriceWord(entry, '--entry'), {
    price: market.markPrice,
    entryPrice: undefined,
    side,
    towards: 'LOSS',
  })
  const exposure = { side, size: quantity, entryPrice: price } as const
  return { side, quantity, entryPrice: price, entry: { type: 'LIMIT', price }, exposure }
}

async function wardInPlace(
  market: Market,
  options: ProtectOptions,
  exchange: Connection['exchange'],
): Promise<Ward> {
  const position = onlyPosition(market.positions, options.positionSide)
  if (!position) {
    throw refusal(
      'NO_POSITION',
      `there is no open position of ${market.instrument.symbol} to protect`,
      'Open one with perpkit order market, or open and protect in one step with --entry market --side buy --quantity 0.01.',
    )
  }
  const { side, size, entryPrice } = position
  const quantity = await plannedQuantity(exchange, market, options.quantity ?? size)
  if (compare(quantity, size) > 0) {
    throw usageError(`the position is ${size}, less than ${quantity}`, 'Leave out --quantity.')
  }
  return { side, quantity, entryPrice, exposure: { side, size: quantity, entryPrice } }
}

/** Its targets, and where it brings none its stop, are placed when it fills. */
function needsWatching(): Error {
  return usageError(
    'an entry that waits for its price needs --watch: somebody must be there when it fills',
    'Add --watch, or open it with --entry market.',
  )
}

function alreadyOpen({ side, size, symbol }: FuturesPosition): Error {
  return refusal(
    'POSITION_OPEN',
    `a position of ${symbol} is open already: ${side} ${size}`,
    'Protect it without --entry, or close it first.',
  )
}

/** A stop on the wrong side would fire at once; a target there is none. */
function requireSides(
  { markPrice }: Market,
  { side, entry }: Ward,
  stopPrice: string,
  targets: readonly { price: string }[],
): void {
  const from = entry?.type === 'LIMIT' ? entry.price : markPrice
  const name = entry?.type === 'LIMIT' ? 'the entry' : 'the mark price'
  const sign = side === 'LONG' ? 1 : -1
  if (compare(stopPrice, from) * sign >= 0) {
    throw refusal(
      'WOULD_TRIGGER_IMMEDIATELY',
      `a stop at ${stopPrice} is on the wrong side of ${name} ${from} for a ${side}`,
      'Choose another price, or close the position.',
    )
  }
  const wrong = targets.find(({ price }) => compare(price, from) * sign <= 0)
  if (!wrong) return
  throw refusal(
    'WOULD_TRIGGER_IMMEDIATELY',
    `a target at ${wrong.price} is on the wrong side of ${name} ${from} for a ${side}`,
    'Choose another price.',
  )
}

function warnOfLiquidation(
  notes: string[],
  { side }: Ward,
  stopPrice: string,
  liquidationPrice: string | undefined,
): void {
  if (liquidationPrice === undefined) return
  const sign = side === 'LONG' ? 1 : -1
  if (compare(stopPrice, liquidationPrice) * sign > 0) return
  notes.push(`THE STOP IS BEYOND LIQUIDATION (about ${liquidationPrice}): it may never be reached`)
}

/** Down to the step; the last part takes what is left, so that they add up to exactly the quantity. */
async function partsOf(
  exchange: Connection['exchange'],
  { instrument }: Market,
  quantity: string,
  shares: readonly string[],
): Promise<string[]> {
  const parts = await Promise.all(
    shares
      .slice(0, -1)
      .map((share) => exchange.roundQuantity(mul(quantity, share), instrument.symbol)),
  )
  return shares.length === 0 ? [] : [...parts, parts.reduce(sub, quantity)]
}

function plannedOrders(
  ward: Ward,
  stopPrice: string,
  targets: readonly { price: string }[],
  parts: readonly string[],
): PlannedOrder[] {
  const { quantity } = ward
  const exit: Side = ward.side === 'LONG' ? 'SELL' : 'BUY'
  const entry: PlannedOrder[] = ward.entry
    ? [
        {
          what: 'entry',
          side: exit === 'SELL' ? 'BUY' : 'SELL',
          quantity,
          ...(ward.entry.type === 'LIMIT' && { price: ward.entry.price }),
          value: mul(quantity, ward.entryPrice),
        },
      ]
    : []
  const stop = {
    what: 'stop',
    side: exit,
    quantity,
    price: stopPrice,
    value: mul(quantity, stopPrice),
  }
  return [
    ...entry,
    stop,
    ...targets.map(({ price }, index): PlannedOrder => {
      const part = parts[index] ?? '0'
      return {
        what: `target ${index + 1}`,
        side: exit,
        quantity: part,
        price,
        value: mul(part, price),
      }
    }),
  ]
}

function requestOf(
  { instrument }: Market,
  ward: Ward,
  stopPrice: string,
  takeProfits: { price: string; share: string }[],
  options: ProtectOptions,
): PlanRequest {
  const order: ManagedOrdersRequest = {
    symbol: instrument.symbol,
    side: ward.side === 'LONG' ? 'SELL' : 'BUY',
    quantity: ward.quantity,
    stopPrice,
    takeProfits,
    ...(options.trigger !== undefined && { triggerSource: options.trigger }),
    ...(options.breakEven && { breakEvenAfterFirstTakeProfit: true }),
    onUnprotected: options.onUnprotected,
    // What is to be looked after is looked after by --watch.
    supervise: options.watch === true,
  }
  return ward.entry
    ? { method: 'openProtectedPosition', order: { ...order, entry: ward.entry } }
    : { method: 'createManagedOrders', order }
}

function summaryOf(symbol: string, { side, quantity, entry }: Ward, stopPrice: string): string {
  const how = entry ? 'open and protect' : 'protect'
  return `${how} ${side} ${quantity} ${symbol}, stop at ${stopPrice}`
}
