import type { FuturesExchange, FuturesPosition, Instrument, SymbolPrecision } from 'perpkit'
import type { Connection } from '../connection.ts'
import { compare, mul } from '../numbers.ts'
import { DeskError, EXIT } from '../output/failure.ts'
import { type Exposure, riskOf } from './estimate.ts'
import type { Estimate } from './plan.ts'
import { type PriceWord, priceOf, type Reference } from './prices.ts'

/** What a plan is made from. */
export interface Market {
  instrument: Instrument
  precision: SymbolPrecision
  markPrice: string
  positions: FuturesPosition[]
}

export async function readMarket({ exchange }: Connection, symbol: string): Promise<Market> {
  const native = exchange.normalizeSymbol(symbol)
  const [precision, instruments, ticker, positions] = await Promise.all([
    exchange.getSymbolPrecision(symbol),
    exchange.getInstruments(),
    exchange.getTicker(symbol),
    exchange.getPositionInfo(symbol),
  ])
  const instrument = instruments.find(({ nativeSymbol }) => nativeSymbol === native)
  if (!instrument) throw refusal('UNKNOWN_SYMBOL', `${native} is not listed`, 'Check the spelling.')
  return { instrument, precision, markPrice: ticker.markPrice, positions }
}

/** Rounded down to the step, and within the limits. */
export async function plannedQuantity(
  exchange: FuturesExchange,
  { instrument, precision }: Market,
  given: string,
): Promise<string> {
  const quantity = await exchange.roundQuantity(given, instrument.symbol)
  const { minQuantity, maxQuantity } = precision
  if (compare(quantity, minQuantity) < 0) {
    throw refusal(
      'BELOW_MINIMUM',
      `quantity ${given} is below the minimum ${minQuantity} of ${instrument.symbol}`,
      `Order at least ${minQuantity}.`,
    )
  }
  if (compare(quantity, maxQuantity) > 0) {
    throw refusal(
      'ABOVE_MAXIMUM',
      `quantity ${given} is above the maximum ${maxQuantity} of ${instrument.symbol}`,
      'Split the order.',
    )
  }
  return quantity
}

/** A price that was typed must be on the tick; one that was reckoned is put there. */
export async function plannedPrice(
  exchange: FuturesExchange,
  { instrument }: Market,
  word: PriceWord,
  reference: Reference,
): Promise<string> {
  const exact = priceOf(word, reference)
  const rounded = await exchange.roundPrice(exact, instrument.symbol)
  if (word.kind !== 'PRICE' || compare(rounded, exact) === 0) return rounded
  throw refusal(
    'OFF_STEP',
    `${exact} is no multiple of the tick size ${instrument.tickSize} of ${instrument.symbol}`,
    `The nearest price is ${rounded}.`,
  )
}

export interface Stake {
  /** What is ordered, or protected. */
  quantity: string
  price: string
  /** The position as it would be; absent: the order adds nothing to it. */
  exposure: Exposure | undefined
  stopPrice?: string | undefined
}

/** What it would mean. What cannot be read is left out and said. */
export async function estimateOf(
  { exchange }: Connection,
  { instrument, markPrice, positions }: Market,
  { quantity, price, exposure, stopPrice }: Stake,
): Promise<Estimate> {
  const estimate: Estimate = {
    referencePrice: markPrice,
    currency: instrument.quoteAsset,
    notional: mul(quantity, price),
    notes: [],
  }
  if (!exposure) {
    return { ...estimate, notes: ['can only make the position smaller'] }
  }
  const { symbol } = instrument
  const [leverage, marginMode, account, fees] = await Promise.all([
    exchange.getLeverage(symbol).catch(() => undefined),
    exchange.getMarginMode(symbol).catch(() => undefined),
    exchange.getAccountInfo().catch(() => undefined),
    exchange.getFeeRates(symbol).catch(() => undefined),
  ])
  const position = positions.find(({ side }) => side === exposure.side)
  const facts = {
    exposure,
    leverage: position?.leverage ?? leverage,
    marginMode: position?.marginMode ?? marginMode,
    marginBalance: account?.totalMarginBalance,
    takerRate: fees?.takerRate,
    stopPrice,
  }
  const risk = riskOf(facts)
  return {
    ...estimate,
    ...(facts.leverage !== undefined && { leverage: facts.leverage }),
    ...(facts.marginMode !== undefined && { marginMode: facts.marginMode }),
    ...risk,
    ...(risk.liquidationPrice !== undefined && {
      liquidationPrice: await exchange.roundPrice(risk.liquidationPrice, symbol),
    }),
  }
}

export function refusal(code: string, message: string, remedy: string): DeskError {
  return new DeskError(EXIT.REFUSED, code, message, remedy)
}
