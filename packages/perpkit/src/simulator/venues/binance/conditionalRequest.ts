import { type Decimal, div, isGreater, isLess } from '../../../core/decimal.ts'
import type {
  ConditionalKind,
  ConditionalRequest,
  EngineSide,
  EngineTimeInForce,
} from '../../engine/types.ts'
import type { Handling } from '../../server/types.ts'
import { checkClientId, makeClientId } from './clientIds.ts'
import type { Contract } from './contracts.ts'
import { Refused } from './errors.ts'
import {
  checkBand,
  checkNotional,
  checkPrice,
  checkQuantity,
  checkTriggerPrice,
} from './filters.ts'
import { priceText } from './format.ts'
import { checkedSide, isClosing, refuseReduceOnly, type ShownSide } from './legs.ts'
import { Sent } from './sent.ts'
import { readContract } from './symbols.ts'
import {
  type ConditionalType,
  conditionalTimesInForce,
  conditionalTypes,
  type PriceMatch,
  positionSides,
  priceMatches,
  responseTypes,
  selfTradeModes,
  sides,
  workingTypes,
} from './tokens.ts'

// Placing a conditional order: docs/wire/binance.md 4.6, and 4.7 (conditional, placing).

/** Names without which no conditional order is read at all. */
export const conditionalMandatory = ['algoType', 'symbol', 'side', 'type'] as const

export function readConditional(handling: Handling): ConditionalRequest {
  const sent = new Sent(handling, conditionalNames)
  // The name before 2025-12-19, which ccxt 4.5.84 still sends: nothing is made of it.
  handling.params.ignore('activationPrice')
  for (const name of conditionalMandatory) sent.required(name)
  const contract = readContract(sent)
  const words = readWords(sent)
  checkCombination(sent, words)
  refuseReduceOnly(handling, sent.has('reduceOnly'))
  const prices = readPrices(handling, contract, sent, words)
  const quantity = words.closePosition ? '0' : readQuantity(contract, sent, words, prices)
  const clientId = sent.text('clientAlgoId')
  if (clientId !== undefined) checkClientId(clientId)
  const leg = checkedSide(handling, words.positionSide)
  const { triggerPrice, price, trailingRate } = prices
  // One that is looked up when the order triggers stands at the trigger until then.
  const limitPrice = price ?? (isLimit(words.type) ? triggerPrice : undefined)
  const isBound = words.closePosition || words.timeInForce === 'GTE_GTC'
  return {
    clientOrderId: clientId ?? makeClientId(handling),
    symbol: contract.symbol,
    side: words.side,
    ...leg,
    kind: words.kind,
    orderType: isLimit(words.type) ? 'LIMIT' : 'MARKET',
    quantity,
    ...(limitPrice !== undefined && { price: limitPrice }),
    timeInForce: engineTimeInForce(words.timeInForce),
    reduceOnly: isReducing(words),
    ...(words.closePosition && { closePosition: true }),
    ...(isBound && { endsWithPosition: true }),
    ...(triggerPrice !== undefined && { triggerPrice }),
    triggerSource: words.workingType === 'MARK_PRICE' ? 'mark' : 'last',
    triggerDirection: directionOf(words),
    ...(trailingRate !== undefined && { trailingRate }),
    venueData: {
      type: words.type,
      timeInForce: words.timeInForce,
      workingType: words.workingType,
      priceProtect: words.priceProtect,
      priceMatch: words.priceMatch,
      selfTradePreventionMode: words.selfTradeMode,
      activatePrice: activationText(handling, contract, words, triggerPrice),
      callbackRate: sent.text('callbackRate') ?? '',
    },
  }
}

const conditionalNames = [
  ...conditionalMandatory,
  'positionSide',
  'triggerPrice',
  'price',
  'quantity',
  'closePosition',
  'reduceOnly',
  'workingType',
  'priceProtect',
  'timeInForce',
  'callbackRate',
  'activatePrice',
  'clientAlgoId',
  'priceMatch',
  'selfTradePreventionMode',
  'newOrderRespType',
] as const

type ConditionalSent = Sent<(typeof conditionalNames)[number]>

interface ConditionalWords {
  type: ConditionalType
  kind: ConditionalKind
  side: EngineSide
  positionSide: ShownSide
  timeInForce: (typeof conditionalTimesInForce)[number]
  workingType: (typeof workingTypes)[number]
  closePosition: boolean
  reduceOnly: boolean
  priceProtect: boolean
  priceMatch: PriceMatch
  selfTradeMode: (typeof selfTradeModes)[number]
}

function readWords(sent: ConditionalSent): ConditionalWords {
  const timeInForce = sent.word('timeInForce', conditionalTimesInForce, '-1115') ?? 'GTC'
  const type = sent.requiredWord('type', conditionalTypes, '-1116')
  const side = sent.requiredWord('side', sides, '-1117')
  sent.requiredWord('algoType', ['CONDITIONAL'], '-1130')
  sent.word('newOrderRespType', responseTypes, '-1136')
  return {
    type,
    kind: KINDS[type],
    side,
    timeInForce,
    positionSide: sent.word('positionSide', positionSides, '-4060') ?? 'BOTH',
    workingType: sent.word('workingType', workingTypes, '-4031') ?? 'CONTRACT_PRICE',
    closePosition: sent.flag('closePosition') ?? false,
    reduceOnly: sent.flag('reduceOnly') ?? false,
    priceProtect: sent.flag('priceProtect') ?? false,
    priceMatch: sent.word('priceMatch', priceMatches, '-5037') ?? 'NONE',
    selfTradeMode: sent.word('selfTradePreventionMode', selfTradeModes, '-5039') ?? 'EXPIRE_MAKER',
  }
}

const KINDS: Readonly<Record<ConditionalType, ConditionalKind>> = {
  STOP_MARKET: 'stop',
  STOP: 'stop',
  TAKE_PROFIT_MARKET: 'takeProfit',
  TAKE_PROFIT: 'takeProfit',
  TRAILING_STOP_MARKET: 'trailing',
}

function isLimit(type: ConditionalType): boolean {
  return type === 'STOP' || type === 'TAKE_PROFIT'
}

/** With a quantity: `closePosition` says it in its own way. */
function isReducing({ reduceOnly, closePosition, side, positionSide }: ConditionalWords): boolean {
  return reduceOnly || (!closePosition && isClosing(side, positionSide))
}

function checkCombination(
  sent: ConditionalSent,
  { type, closePosition, side, positionSide, priceMatch }: ConditionalWords,
): void {
  const isTrailing = type === 'TRAILING_STOP_MARKET'
  if (closePosition) {
    if (isLimit(type) || isTrailing) throw new Refused('-1106', 'closePosition')
    if (positionSide !== 'BOTH' && !isClosing(side, positionSide)) {
      throw new Refused('-1106', 'closePosition')
    }
    if (sent.has('quantity')) throw new Refused('-1106', 'quantity')
    if (sent.has('reduceOnly')) throw new Refused('-1106', 'reduceOnly')
  } else {
    sent.required('quantity')
  }
  const isMatched = priceMatch !== 'NONE'
  if (isMatched && !isLimit(type)) throw new Refused('-5038')
  if (isLimit(type) && !isMatched) sent.required('price')
  else if (sent.has('price')) throw new Refused('-1106', 'price')
  if (isTrailing) {
    sent.required('callbackRate')
    // Seen in the field: docs/wire/binance.md 9, trap 12.
    if (sent.has('triggerPrice')) throw new Refused('-2021')
    return
  }
  sent.required('triggerPrice')
  if (sent.has('callbackRate')) throw new Refused('-1106', 'callbackRate')
  if (sent.has('activatePrice')) throw new Refused('-1106', 'activatePrice')
}

interface ConditionalPrices {
  /** Of a trailing order: where it becomes active. */
  triggerPrice: Decimal | undefined
  price: Decimal | undefined
  trailingRate: Decimal | undefined
}

function readPrices(
  handling: Handling,
  contract: Contract,
  sent: ConditionalSent,
  { kind, side }: ConditionalWords,
): ConditionalPrices {
  const triggerPrice = sent.decimal(kind === 'trailing' ? 'activatePrice' : 'triggerPrice')
  if (triggerPrice !== undefined) checkTriggerPrice(contract, triggerPrice)
  const price = sent.decimal('price')
  if (price !== undefined) {
    checkPrice(contract, price)
    checkBand(contract, side, price, triggerPrice ?? price, ['-4183', '-4184'])
  }
  const percent = sent.decimal('callbackRate')
  if (percent !== undefined && (isLess(percent, '0.1') || isGreater(percent, '20'))) {
    throw new Refused('-1130', 'callbackRate')
  }
  if (kind === 'trailing' && triggerPrice !== undefined) {
    checkActivation(handling, contract, side, triggerPrice)
  }
  const trailingRate = percent === undefined ? undefined : div(percent, '100')
  return { triggerPrice, price, trailingRate }
}

/** On the far side of the last price: below it for a BUY, above it for a SELL. */
function checkActivation(
  { engine }: Handling,
  { symbol }: Contract,
  side: EngineSide,
  activation: Decimal,
): void {
  const { last } = engine.prices(symbol)
  const isFar = side === 'BUY' ? isLess(activation, last) : isGreater(activation, last)
  if (!isFar) throw new Refused('-2021')
}

function readQuantity(
  contract: Contract,
  sent: ConditionalSent,
  words: ConditionalWords,
  { price, triggerPrice }: ConditionalPrices,
): Decimal {
  const quantity = sent.decimal('quantity') ?? '0'
  checkQuantity(contract, quantity, !isLimit(words.type))
  const at = price ?? triggerPrice
  if (!isReducing(words) && at !== undefined) checkNotional(contract, at, quantity)
  return quantity
}

/** docs/wire/binance.md 4.6, trigger rule; a trailing order goes by its side. */
function directionOf({ kind, side }: ConditionalWords): 'rise' | 'fall' {
  return (side === 'BUY') === (kind === 'takeProfit') ? 'fall' : 'rise'
}

function engineTimeInForce(word: ConditionalWords['timeInForce']): EngineTimeInForce {
  return word === 'GTE_GTC' ? 'GTC' : word
}

/** Without an activation price a trailing order is active from the price of now. */
function activationText(
  { engine }: Handling,
  contract: Contract,
  { kind, workingType }: ConditionalWords,
  activation: Decimal | undefined,
): string {
  if (kind !== 'trailing') return ''
  const { last, mark } = engine.prices(contract.symbol)
  return priceText(contract, activation ?? (workingType === 'MARK_PRICE' ? mark : last))
}
