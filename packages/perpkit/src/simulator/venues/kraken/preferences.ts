import { add, div, isGreater, mul } from '../../../core/decimal.ts'
import type { Engine, PositionView, Refusal } from '../../engine/types.ts'
import type { Answer, Handling, Route } from '../../server/types.ts'
import { requiredText, textOf, wordOf } from './fields.ts'
import { findListing, type Listing, listings } from './instruments.ts'
import { listRefusal, success, wordRefusal } from './replies.ts'

// Settings of an account: docs/wire/kraken.md 4.4.

const base = '/derivatives/api/v3'

// https://docs.kraken.com/api/docs/futures-api/trading/get-leverage-setting
export const leveragePreferences: Route = {
  method: 'GET',
  path: `${base}/leveragepreferences`,
  access: 'signed',
  operation: 'getAccount',
  parameters: ['symbol'],
  handle(handling) {
    const { accountId, engine, params } = handling
    // Known, and nothing is made of it: only markets with a preference are listed, and all of them.
    params.ignore('symbol')
    const leveragePreferences = listings.flatMap((listing) => {
      const maxLeverage = preferenceOf(engine, accountId, listing.engine.symbol)
      return maxLeverage === undefined ? [] : [{ symbol: listing.native, maxLeverage }]
    })
    return success(handling, { leveragePreferences })
  },
}

// https://docs.kraken.com/api/docs/futures-api/trading/set-leverage-setting
export const setLeveragePreference: Route = {
  method: 'PUT',
  path: `${base}/leveragepreferences`,
  access: 'signed',
  operation: 'setLeverage',
  parameters: ['symbol', 'maxLeverage'],
  handle: setPreference,
}

// https://docs.kraken.com/api/docs/futures-api/trading/get-pnl-currency-preference
export const pnlPreferences: Route = {
  method: 'GET',
  path: `${base}/pnlpreferences`,
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle: (handling) => success(handling, { preferences: [] }),
}

// https://docs.kraken.com/api/docs/futures-api/trading/set-pnl-currency-preference
export const setPnlPreference: Route = {
  method: 'PUT',
  path: `${base}/pnlpreferences`,
  access: 'signed',
  parameters: ['symbol', 'pnlPreference'],
  handle(handling) {
    preferenceListing(requiredText(handling.params, 'symbol'))
    // Profit is booked in US dollars and in nothing else here.
    if (requiredText(handling.params, 'pnlPreference') !== 'USD') {
      throw wordRefusal('invalidArgument: pnlPreference')
    }
    return success(handling)
  },
}

const strategies = [
  'REJECT_TAKER',
  'CANCEL_MAKER_SELF',
  'CANCEL_MAKER_CHILD',
  'CANCEL_MAKER_ANY',
] as const

// https://docs.kraken.com/api/docs/futures-api/trading/get-self-trade-strategy
export const selfTradeStrategy: Route = {
  method: 'GET',
  path: `${base}/self-trade-strategy`,
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle: (handling) => success(handling, { strategy: 'REJECT_TAKER' }),
}

// https://docs.kraken.com/api/docs/futures-api/trading/set-self-trade-strategy
export const setSelfTradeStrategy: Route = {
  method: 'PUT',
  path: `${base}/self-trade-strategy`,
  access: 'signed',
  parameters: ['strategy'],
  handle(handling) {
    const known = { words: strategies, called: 'strategy' }
    const strategy = wordOf(handling, handling.params, 'strategy', known)
    if (strategy === undefined) throw wordRefusal('requiredArgumentMissing')
    // The one there is.
    if (strategy !== 'REJECT_TAKER') throw wordRefusal('insufficientPrivileges')
    return success(handling, { strategy })
  },
}

function setPreference(handling: Handling): Answer {
  const { accountId, engine, params } = handling
  const symbol = requiredText(params, 'symbol')
  const asked = textOf(params, 'maxLeverage')
  const listing = preferenceListing(symbol)
  const { symbol: market } = listing.engine
  const refusal =
    asked === undefined
      ? dropPreference(engine, accountId, market)
      : keepPreference(handling, market, readLeverage(listing, asked))
  if (refusal) throw listRefusal(500, 92, 'INSUFFICIENT_MARGIN')
  return success(handling)
}

const isolated = { marginMode: 'ISOLATED' } as const

/** The most leverage of an isolated market; absent where it is cross. */
function preferenceOf(engine: Engine, accountId: string, symbol: string): number | undefined {
  if (engine.marginMode(accountId, symbol) === 'CROSS') return undefined
  return engine.chosenLeverage(accountId, symbol, isolated)
}

function keepPreference(
  { accountId, engine }: Handling,
  symbol: string,
  leverage: number,
): Refusal | undefined {
  if (engine.marginMode(accountId, symbol) === 'ISOLATED') {
    return engine.setLeverage(accountId, symbol, leverage, isolated)
  }
  refuseLiquidation(
    engine.positions(accountId).find((position) => position.symbol === symbol),
    leverage,
  )
  const refusal =
    engine.setLeverage(accountId, symbol, leverage, isolated) ??
    engine.setMarginMode(accountId, 'ISOLATED', [symbol])
  if (refusal) engine.setLeverage(accountId, symbol, 'default', isolated)
  return refusal
}

function dropPreference(engine: Engine, accountId: string, symbol: string): Refusal | undefined {
  const refusal = engine.setMarginMode(accountId, 'CROSS', [symbol])
  if (!refusal) engine.setLeverage(accountId, symbol, 'default', isolated)
  return refusal
}

/** A position whose loss the margin of its own would not carry cannot become isolated. */
function refuseLiquidation(position: PositionView | undefined, leverage: number): void {
  if (!position) return
  const { entryPrice, maintenanceMargin, size, unrealizedPnl } = position
  const margin = div(mul(size, entryPrice), String(leverage))
  if (isGreater(add(margin, unrealizedPnl), maintenanceMargin)) return
  throw listRefusal(500, 41, 'WOULD_CAUSE_LIQUIDATION')
}

/** Case counts here, and inverse markets have no such setting. */
function preferenceListing(symbol: string): Listing {
  const listing = findListing(symbol)
  if (listing) return listing
  if (/^[FP]I_[A-Z]+USD/.test(symbol)) {
    throw listRefusal(500, 88, 'CONTRACT_NOT_FLEXIBLE_FUTURES')
  }
  throw listRefusal(500, 87, 'CONTRACT_DOES_NOT_EXIST')
}

function readLeverage({ engine }: Listing, text: string): number {
  const leverage = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (leverage >= 1 && leverage <= engine.maxLeverage) return leverage
  throw listRefusal(400, 11, 'invalid maxLeverage')
}
