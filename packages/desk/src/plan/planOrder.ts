import type { FuturesPosition, PositionSide } from 'perpkit'
import type { Connection } from '../connection.ts'
import { mul } from '../numbers.ts'
import { closingSide, needed, type OrderCommandOptions, onlyPosition } from '../orderOptions.ts'
import { usageError } from '../output/failure.ts'
import { exposureAfter } from './estimate.ts'
import { estimateOf, type Market, plannedPrice, plannedQuantity, readMarket } from './market.ts'
import type { Plan, PlannedOrder, PlanRequest } from './plan.ts'
import { readPriceWord } from './prices.ts'

// From the words of a command to a plan: everything is read and reckoned, nothing is sent.

export async function planMarket(
  connection: Connection,
  symbol: string,
  options: OrderCommandOptions,
): Promise<Plan> {
  const side = needed(options.side, '--side')
  const given = needed(options.quantity, '--quantity')
  const market = await readMarket(connection, symbol)
  const quantity = await plannedQuantity(connection.exchange, market, given)
  const order = { what: 'market', side, quantity, value: mul(quantity, market.markPrice) }
  const { symbol: unified } = market.instrument
  return planOpening(connection, market, options, order, {
    method: 'createMarketOrder',
    symbol: unified,
    side,
    quantity,
    options: openingOptions(options),
  })
}

export async function planLimit(
  connection: Connection,
  symbol: string,
  options: OrderCommandOptions,
): Promise<Plan> {
  const side = needed(options.side, '--side')
  const given = needed(options.quantity, '--quantity')
  const word = readPriceWord(needed(options.price, '--price'), '--price')
  const market = await readMarket(connection, symbol)
  const quantity = await plannedQuantity(connection.exchange, market, given)
  const price = await plannedPrice(connection.exchange, market, word, {
    price: market.markPrice,
    entryPrice: market.positions[0]?.entryPrice,
    side: side === 'BUY' ? 'LONG' : 'SHORT',
    // An offset without a sign waits on the better side of the market.
    towards: 'LOSS',
  })
  const order = { what: 'limit', side, quantity, price, value: mul(quantity, price) }
  const { tif } = options
  return planOpening(connection, market, options, order, {
    method: 'createLimitOrder',
    symbol: market.instrument.symbol,
    side,
    quantity,
    price,
    options: { ...openingOptions(options), ...(tif !== undefined && { timeInForce: tif }) },
  })
}

export function planProtective(
  type: 'STOP_MARKET' | 'TAKE_PROFIT_MARKET',
): (connection: Connection, symbol: string, options: OrderCommandOptions) => Promise<Plan> {
  const isStop = type === 'STOP_MARKET'
  const option = isStop ? '--stop' : '--tp'
  return async (connection, symbol, options) => {
    const word = readPriceWord(needed(isStop ? options.stop : options.tp, option), option)
    const market = await readMarket(connection, symbol)
    const position = onlyPosition(market.positions, options.positionSide)
    const side = options.side ?? (position && closingSide(position))
    if (side === undefined) throw nothingToProtect(symbol, '--side')
    const given = options.quantity ?? position?.size
    if (given === undefined) throw nothingToProtect(symbol, '--quantity')
    const quantity = await plannedQuantity(connection.exchange, market, given)
    const price = await plannedPrice(connection.exchange, market, word, {
      price: position?.entryPrice ?? market.markPrice,
      entryPrice: position?.entryPrice,
      side: side === 'SELL' ? 'LONG' : 'SHORT',
      towards: isStop ? 'LOSS' : 'PROFIT',
    })
    const what = isStop ? 'stop-loss' : 'take-profit'
    const order = { what, side, quantity, price, value: mul(quantity, price) }
    const request = {
      symbol: market.instrument.symbol,
      side,
      quantity,
      stopPrice: price,
      ...(options.trigger !== undefined && { triggerSource: options.trigger }),
      ...(options.positionSide !== undefined && { positionSide: options.positionSide }),
      ...(options.id !== undefined && { clientOrderId: options.id }),
    }
    const method = isStop ? 'createStopLossOrder' : 'createTakeProfitOrder'
    const stake = { quantity, price, exposure: undefined }
    const estimate = await estimateOf(connection, market, stake)
    return planOf(connection, market, [order], {
      addsRisk: false,
      estimate,
      request: { method, order: request },
    })
  }
}

/** The frame of every plan. */
export function planOf(
  { name, place, key }: Connection,
  { instrument }: Market,
  orders: PlannedOrder[],
  rest: Pick<Plan, 'addsRisk' | 'estimate' | 'request'> & { summary?: string },
): Plan {
  const { symbol } = instrument
  const [first] = orders
  const at = first?.price === undefined ? 'at market' : `at ${first.price}`
  const summary = `${first?.what} ${first?.side} ${first?.quantity} ${symbol} ${at}`
  return {
    summary,
    exchange: name,
    place,
    ...(key !== undefined && { key }),
    symbol,
    orders,
    ...rest,
  }
}

async function planOpening(
  connection: Connection,
  market: Market,
  options: OrderCommandOptions,
  order: PlannedOrder,
  request: PlanRequest,
): Promise<Plan> {
  const price = order.price ?? market.markPrice
  const side: PositionSide = order.side === 'BUY' ? 'LONG' : 'SHORT'
  const opened = { side, size: order.quantity, entryPrice: price }
  const addsRisk = options.reduceOnly !== true
  const exposure = addsRisk ? exposureAfter(moved(market, options, side), opened) : undefined
  const estimate = await estimateOf(connection, market, {
    quantity: order.quantity,
    price,
    exposure,
  })
  return planOf(connection, market, [order], { addsRisk, estimate, request })
}

/** The position an order moves: in hedge mode each side is one by itself. */
function moved(
  { positions }: Market,
  { positionSide }: OrderCommandOptions,
  side: PositionSide,
): FuturesPosition | undefined {
  if (positionSide !== undefined) return positions.find((known) => known.side === positionSide)
  return positions.length > 1 ? positions.find((known) => known.side === side) : positions[0]
}

function openingOptions({ reduceOnly, positionSide, id }: OrderCommandOptions): {
  reduceOnly?: boolean
  positionSide?: PositionSide
  clientOrderId?: string
} {
  return {
    ...(reduceOnly && { reduceOnly }),
    ...(positionSide !== undefined && { positionSide }),
    ...(id !== undefined && { clientOrderId: id }),
  }
}

function nothingToProtect(symbol: string, option: string): Error {
  return usageError(
    `there is no open position of ${symbol.toUpperCase()} to take it from`,
    `Give ${option}.`,
  )
}
