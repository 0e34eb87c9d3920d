import { abs, add, type Decimal, isGreater, mul, negate } from '../../../core/decimal.ts'
import type { Engine, EngineSide, OrderRequest } from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { checkClientId, makeClientId } from './clientIds.ts'
import { type Contract, notionalCap } from './contracts.ts'
import { Refused } from './errors.ts'
import { checkBand, checkNotional, checkPrice, checkQuantity, worstMarketPrice } from './filters.ts'
import {
  checkClosing,
  checkedSide,
  isClosing,
  positionOf,
  refuseReduceOnly,
  type ShownSide,
} from './legs.ts'
import { matchedPrice } from './priceMatch.ts'
import { Sent } from './sent.ts'
import { readContract } from './symbols.ts'
import {
  conditionalTypes,
  type PriceMatch,
  plainTypes,
  positionSides,
  priceMatches,
  responseTypes,
  selfTradeModes,
  sides,
  timesInForce,
} from './tokens.ts'

/** Names without which no plain order is read at all. */
export const orderMandatory = ['symbol', 'side', 'type'] as const

export interface ReadOrder {
  contract: Contract
  request: OrderRequest
  /** Whether the answer shows what became of it, or only that it was taken. */
  showsResult: boolean
}

/**
 * A plain order out of its parameters, checked in the order of docs/wire/binance.md 4.7 up to what
 * only the engine can tell.
 */
export function readOrder(handling: Handling): ReadOrder {
  const sent = new Sent(handling, orderNames)
  for (const name of orderMandatory) sent.required(name)
  const contract = readContract(sent)
  const words = readWords(sent)
  const type = checkCombination(handling, sent, words)
  refuseReduceOnly(handling, sent.has('reduceOnly'))
  const { side, priceMatch } = words
  const closes = isClosing(side, words.positionSide)
  const reduceOnly = words.reduceOnly || closes
  const { mark } = handling.engine.prices(contract.symbol)
  const quantity = sent.decimal('quantity') ?? '0'
  checkQuantity(contract, quantity, type === 'MARKET')
  const price = readPrice(handling.engine, contract, sent, words)
  if (price !== undefined) checkBand(contract, side, price, mark)
  if (!reduceOnly) checkNotional(contract, price ?? mark, quantity)
  const clientId = sent.text('newClientOrderId')
  if (clientId !== undefined) checkClientId(clientId)
  const leg = checkedSide(handling, words.positionSide)
  const { symbol } = contract
  const atPrice = price === undefined ? {} : { price }
  if (closes && leg.positionSide) {
    const { positionSide } = leg
    checkClosing(handling, { symbol, side, positionSide, quantity, ...atPrice })
  }
  if (!reduceOnly) checkLeverageCap(handling, contract, words, quantity)
  return {
    contract,
    showsResult: words.responseType === 'RESULT',
    request: {
      clientOrderId: clientId ?? makeClientId(handling),
      symbol,
      side,
      ...leg,
      type,
      quantity,
      ...(price === undefined ? { worstPrice: worstMarketPrice(side, mark) } : { price }),
      timeInForce: words.timeInForce ?? 'GTC',
      reduceOnly,
      venueData: { priceMatch, selfTradePreventionMode: words.selfTradeMode },
    },
  }
}

const orderNames = [
  ...orderMandatory,
  'positionSide',
  'quantity',
  'price',
  'timeInForce',
  'reduceOnly',
  'newClientOrderId',
  'newOrderRespType',
  'priceMatch',
  'selfTradePreventionMode',
] as const

type OrderSent = Sent<(typeof orderNames)[number]>

interface OrderWords {
  type: (typeof plainTypes)[number] | (typeof conditionalTypes)[number]
  side: EngineSide
  positionSide: ShownSide
  timeInForce: (typeof timesInForce)[number] | undefined
  reduceOnly: boolean
  responseType: (typeof responseTypes)[number]
  priceMatch: PriceMatch
  selfTradeMode: (typeof selfTradeModes)[number]
}

function readWords(sent: OrderSent): OrderWords {
  return {
    timeInForce: sent.word('timeInForce', timesInForce, '-1115'),
    type: sent.requiredWord('type', [...plainTypes, ...conditionalTypes], '-1116'),
    side: sent.requiredWord('side', sides, '-1117'),
    positionSide: sent.word('positionSide', positionSides, '-4060') ?? 'BOTH',
    reduceOnly: sent.flag('reduceOnly') ?? false,
    responseType: sent.word('newOrderRespType', responseTypes, '-1136') ?? 'ACK',
    priceMatch: sent.word('priceMatch', priceMatches, '-5037') ?? 'NONE',
    selfTradeMode: sent.word('selfTradePreventionMode', selfTradeModes, '-5039') ?? 'EXPIRE_MAKER',
  }
}

function checkCombination(
  handling: Handling,
  sent: OrderSent,
  { type, timeInForce, priceMatch }: OrderWords,
): 'LIMIT' | 'MARKET' {
  const isMatched = priceMatch !== 'NONE'
  if (type !== 'LIMIT' && type !== 'MARKET') {
    // Their names are known here from before 2025-12-09, when this endpoint still took them.
    handling.params.ignore('stopPrice', 'closePosition', 'workingType', 'priceProtect')
    handling.params.ignore('callbackRate', 'activationPrice')
    throw new Refused('-4120')
  }
  sent.required('quantity')
  if (type === 'MARKET') {
    if (sent.has('price')) throw new Refused('-1106', 'price')
    if (timeInForce !== undefined) throw new Refused('-1114')
    if (isMatched) throw new Refused('-5038')
    return type
  }
  if (timeInForce === undefined) throw new Refused('-1102', 'timeInForce')
  if (!isMatched) sent.required('price')
  else if (sent.has('price')) throw new Refused('-1106', 'price')
  return type
}

function readPrice(
  engine: Engine,
  contract: Contract,
  sent: OrderSent,
  { side, priceMatch }: OrderWords,
): Decimal | undefined {
  if (priceMatch !== 'NONE') return matchedPrice(engine, contract, side, priceMatch)
  const price = sent.decimal('price')
  if (price !== undefined) checkPrice(contract, price)
  return price
}

/** The position that the order would make must be allowed at the leverage in force. */
function checkLeverageCap(
  { engine, accountId }: Handling,
  contract: Contract,
  { side, positionSide }: OrderWords,
  quantity: Decimal,
): void {
  const { symbol } = contract
  const held = positionOf(engine, accountId, symbol, positionSide)
  const size = held?.side === 'SHORT' ? negate(held.size) : (held?.size ?? '0')
  const after = abs(add(size, side === 'BUY' ? quantity : negate(quantity)))
  const notional = mul(after, engine.prices(symbol).mark)
  const cap = notionalCap(contract, engine.leverage(accountId, symbol))
  if (isGreater(after, abs(size)) && isGreater(notional, String(cap))) throw new Refused('-2027')
}
