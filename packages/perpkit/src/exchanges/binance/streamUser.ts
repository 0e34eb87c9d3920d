import type { UserContext, UserEvent, UserFeed } from '../../client/definition.ts'
import { abs, add, div, isNegative, isPositive, isZero } from '../../core/decimal.ts'
import { Reader } from '../../core/reader.ts'
import type { FuturesPosition } from '../../model/account.ts'
import type { Fill, FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { isOpen } from '../../model/tokens.ts'
import { become } from './books.ts'
import { decodeOrder } from './orders.ts'
import { USER_TOPIC } from './streamProtocol.ts'
import { conditionalTypes, readPositionSide, readToken, sides } from './tokens.ts'
import { decodeConditional, toAlgoId } from './triggers.ts'

// User events: docs/wire/binance.md 8.6.

export const userFeed: UserFeed = {
  topics: [{ route: 'private', name: USER_TOPIC }],
  decode(_topic, value, context) {
    const event = new Reader(value)
    const timestamp = (event.has('T') ? event.at('T') : event.at('E')).integer()
    switch (event.at('e').string()) {
      case 'ORDER_TRADE_UPDATE':
        return readOrderUpdate(event.at('o'), timestamp, context)
      case 'ALGO_UPDATE':
        return [readAlgoUpdate(event.at('o'), timestamp, context)]
      case 'ACCOUNT_UPDATE':
        return readAccountUpdate(event.at('a'), timestamp, context)
      case 'ACCOUNT_CONFIG_UPDATE':
        return readSettings(event.at('ac'), timestamp)
      default:
        // TRADE_LITE tells fills without their fee; the whole event follows.
        return []
    }
  },
}

/** https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Event-Order-Update */
function readOrderUpdate(row: Reader, timestamp: number, context: UserContext): UserEvent[] {
  const order = decodeOrder(new Reader(inOrderWords(row), row.path), undefined, context)
  const fill = readFill(row, timestamp, context)
  const told = readState(withRaw({ ...order }, row.value), timestamp, context)
  return fill ? [told, { kind: 'fill', timestamp, fill }] : [told]
}

/**
 * The child of a conditional order carries its parent's client order id and is told as the parent;
 * one whose parent is not known must be looked up.
 */
function readState(order: FuturesOrder, timestamp: number, context: UserContext): UserEvent {
  if (!Object.hasOwn(conditionalTypes, order.type)) return { kind: 'order', timestamp, order }
  const { nativeSymbol, orderId, clientOrderId } = order
  const parents = context
    .ordersByClientId(clientOrderId)
    .filter((known) => known.nativeSymbol === nativeSymbol && toAlgoId(known.orderId) !== undefined)
  // An id may have been used before: the one that stands is meant.
  const parent = parents.findLast(({ status }) => isOpen(status)) ?? parents.at(-1)
  if (!parent) return { kind: 'orderChanged', timestamp, nativeSymbol, orderId }
  return { kind: 'order', timestamp, order: become(parent, order) }
}

/** Their short names as REST spells them. */
function inOrderWords(row: Reader): Record<string, unknown> {
  const word = (name: string): unknown => row.at(name).value
  return {
    symbol: word('s'),
    orderId: word('i'),
    clientOrderId: word('c'),
    side: word('S'),
    positionSide: word('ps'),
    type: word('o'),
    origType: word('ot'),
    timeInForce: word('f'),
    origQty: word('q'),
    price: word('p'),
    avgPrice: word('ap'),
    stopPrice: word('sp'),
    status: word('X'),
    executedQty: word('z'),
    reduceOnly: word('R'),
    closePosition: word('cp'),
    activatePrice: word('AP'),
    priceRate: word('cr'),
    updateTime: word('T'),
  }
}

/** Of trades, and of liquidations, which say CALCULATED. */
const EXECUTIONS = ['TRADE', 'CALCULATED']

function readFill(row: Reader, timestamp: number, { instruments }: UserContext): Fill | undefined {
  if (!EXECUTIONS.includes(row.at('x').string())) return undefined
  const quantity = row.at('l').decimal()
  if (!isPositive(quantity)) return undefined
  const nativeSymbol = row.at('s').string()
  const positionSide = readPositionSide(row.at('ps'))
  const fee = row.at('n').optionalDecimal()
  const feeAsset = row.at('N').optionalString()
  const realizedPnl = row.at('rp').optionalDecimal()
  const fill: Fill = {
    fillId: row.at('t').id(),
    orderId: row.at('i').id(),
    clientOrderId: row.at('c').string(),
    symbol: instruments.symbolOf(nativeSymbol),
    nativeSymbol,
    side: readToken(row.at('S'), sides),
    ...(positionSide !== undefined && { positionSide }),
    quantity,
    price: row.at('L').decimal(),
    // Left out where there is none.
    fee: fee ?? '0',
    ...(feeAsset !== undefined && { feeAsset }),
    isMaker: row.at('m').boolean(),
    ...(realizedPnl !== undefined && { realizedPnl }),
    timestamp: row.at('T').optionalInteger() ?? timestamp,
  }
  return withRaw(fill, row.value)
}

/** https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Event-Algo-Order-Update */
function readAlgoUpdate(row: Reader, timestamp: number, context: UserContext): UserEvent {
  const word = (name: string): unknown => row.at(name).value
  const words = {
    symbol: word('s'),
    algoId: word('aid'),
    clientAlgoId: word('caid'),
    side: word('S'),
    positionSide: word('ps'),
    orderType: word('o'),
    timeInForce: word('f'),
    quantity: word('q'),
    price: word('p'),
    algoStatus: word('X'),
    triggerPrice: word('tp'),
    actualOrderId: word('ai'),
    actualPrice: word('ap'),
    actualQty: word('aq'),
    reduceOnly: word('R'),
    closePosition: word('cp'),
    updateTime: timestamp,
  }
  const { order } = decodeConditional(new Reader(words, row.path), undefined, context)
  return { kind: 'order', timestamp, order: withRaw({ ...order }, row.value) }
}

/**
 * Positions are told without leverage and mark price, balances without what is free of them.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Event-Balance-and-Position-Update
 */
function readAccountUpdate(update: Reader, timestamp: number, context: UserContext): UserEvent[] {
  const positions = update.has('P') ? update.at('P').items() : []
  return [
    ...positions.map((row) => readPosition(row, timestamp, context)),
    { kind: 'account', timestamp },
  ]
}

function readPosition(row: Reader, timestamp: number, { instruments }: UserContext): UserEvent {
  const nativeSymbol = row.at('s').string()
  const positionSide = readPositionSide(row.at('ps'))
  const amount = row.at('pa').decimal()
  const slot = { nativeSymbol, ...(positionSide !== undefined && { positionSide }) }
  if (isZero(amount)) return { kind: 'position', timestamp, ...slot }
  const entryPrice = row.at('ep').decimal()
  const pnl = row.at('up').decimal()
  const position: FuturesPosition = {
    symbol: instruments.symbolOf(nativeSymbol),
    nativeSymbol,
    side: isNegative(amount) ? 'SHORT' : 'LONG',
    size: abs(amount),
    entryPrice,
    // Not told, but the profit says it.
    markPrice: add(entryPrice, div(pnl, amount, 8)),
    pnl,
    percentage: '0',
    marginMode: row.at('mt').string() === 'isolated' ? 'ISOLATED' : 'CROSS',
  }
  return {
    kind: 'position',
    timestamp,
    ...slot,
    position: withRaw(position, row.value),
    isPartial: true,
  }
}

/** https://developers.binance.com/docs/derivatives/usds-margined-futures/user-data-streams/Event-Account-Configuration-Update-previous-Leverage-Update */
function readSettings(settings: Reader, timestamp: number): UserEvent[] {
  const nativeSymbol = settings.isAbsent() ? undefined : settings.at('s').optionalString()
  return nativeSymbol === undefined ? [] : [{ kind: 'positionChanged', timestamp, nativeSymbol }]
}
