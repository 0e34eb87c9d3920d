import { add, type Decimal, div, floorToStep, isDecimal, max, mul } from '../../../core/decimal.ts'
import type { Engine } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { contractsOf, plain } from './decimals.ts'
import { parameterError, Refused, refusedByEngine } from './errors.ts'
import { type Fields, readFields, requireToken } from './fields.ts'
import { fees, type Listing } from './instruments.ts'
import { answering } from './replies.ts'
import { knownListing, readListing, refuseIsolated, refuseOtherSide } from './scope.ts'

// Leverage, and how much it allows for: docs/wire/okx.md 4.1.

const infoNames = ['instId', 'mgnMode', 'ccy'] as const

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-leverage
export const leverageInfo: Route = {
  method: 'GET',
  path: '/api/v5/account/leverage-info',
  access: 'signed',
  operation: 'getPositions',
  parameters: infoNames,
  handle: answering((handling) => {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, infoNames)
    const wanted = fields.required('instId').split(',').map(knownListing)
    const mgnMode = requireToken(handling, fields, 'mgnMode', ['cross', 'isolated'])
    return wanted.map((listing) => ({
      ccy: '',
      instId: listing.instId,
      mgnMode,
      posSide: 'net',
      // Isolated margin cannot be set here, so its leverage is that of a fresh account.
      lever: mgnMode === 'cross' ? String(engine.leverage(accountId, listing.engine.symbol)) : '3',
    }))
  }),
}

const leverageNames = ['instId', 'lever', 'mgnMode', 'posSide', 'ccy'] as const

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-leverage
export const setLeverage: Route = {
  method: 'POST',
  path: '/api/v5/account/set-leverage',
  access: 'signed',
  operation: 'setLeverage',
  parameters: leverageNames,
  handle: answering((handling) => {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, leverageNames)
    const listing = readListing(fields)
    const lever = fields.required('lever')
    const mgnMode = fields.required('mgnMode')
    refuseOtherSide(handling, fields)
    refuseIsolated(handling, 'mgnMode', mgnMode)
    const leverage = readLeverage(lever, listing)
    refuseWhilePending(engine, accountId, listing.engine.symbol)
    const refused = engine.setLeverage(accountId, listing.engine.symbol, leverage)
    if (refused?.refused === 'insufficientMargin') throw new Refused('59103')
    if (refused) throw refusedByEngine(refused, 'amend')
    return [{ instId: listing.instId, lever, mgnMode, posSide: '' }]
  }),
}

const sizeNames = ['instId', 'tdMode', 'ccy', 'px', 'leverage', 'reduceOnly'] as const

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-maximum-order-quantity
export const maxSize: Route = sizeRoute('/api/v5/account/max-size', (handling, listing, fields) => {
  const { accountId, engine } = handling
  const { settleAsset, symbol, maxLeverage } = listing.engine
  const leverage = fields.text('leverage') ?? String(engine.leverage(accountId, symbol))
  if (!isDecimal(leverage) || Number(leverage) < 1 || Number(leverage) > maxLeverage) {
    throw parameterError('leverage')
  }
  const price = fields.positive('px') ?? engine.prices(symbol).mark
  const free = engine.margin(accountId, settleAsset).availableBalance
  const cost = add(div('1', leverage), fees.taker)
  const room = div(free, mul(price, cost))
  const { long, short } = held(engine, accountId, symbol)
  // What closes the position needs no margin, and gives back what the position holds.
  const most = (opposite: Decimal): string => inLots(listing, add(room, mul(opposite, '2')))
  return { ccy: settleAsset, maxBuy: most(short), maxSell: most(long) }
})

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-maximum-available-balance-equity
export const maxAvailSize: Route = sizeRoute(
  '/api/v5/account/max-avail-size',
  ({ accountId, engine }, { engine: { settleAsset } }) => {
    const free = plain(engine.margin(accountId, settleAsset).availableBalance)
    return { availBuy: free, availSell: free }
  },
)

function sizeRoute(
  path: string,
  figures: (
    handling: Handling,
    listing: Listing,
    fields: Fields<(typeof sizeNames)[number]>,
  ) => Record<string, string>,
): Route {
  return {
    method: 'GET',
    path,
    access: 'signed',
    operation: 'getAccount',
    parameters: sizeNames,
    handle: answering((handling) => {
      const fields = readFields(handling.params, sizeNames)
      const wanted = fields.required('instId').split(',').map(knownListing)
      refuseIsolated(handling, 'tdMode', fields.required('tdMode'))
      return wanted.map((listing) => ({
        instId: listing.instId,
        ...figures(handling, listing, fields),
      }))
    }),
  }
}

function readLeverage(given: string, listing: Listing): number {
  if (!isDecimal(given)) throw parameterError('lever')
  const leverage = Number(given)
  if (leverage < 1) throw new Refused('59105', '1')
  if (leverage > listing.engine.maxLeverage) throw new Refused('59102')
  return leverage
}

/** The blockers answer for an unchanged value too, orders before algos: docs/wire/okx.md 4.1. */
function refuseWhilePending(engine: Engine, accountId: string, symbol: string): void {
  const isOf = (row: { symbol: string }): boolean => row.symbol === symbol
  if (engine.openOrders(accountId).some(isOf)) throw new Refused('59107')
  if (engine.openConditionals(accountId).some(isOf)) throw new Refused('59669')
}

function held(
  engine: Engine,
  accountId: string,
  symbol: string,
): { long: Decimal; short: Decimal } {
  const position = engine.positions(accountId).find((row) => row.symbol === symbol)
  const size = position?.size ?? '0'
  return position?.side === 'SHORT' ? { long: '0', short: size } : { long: size, short: '0' }
}

function inLots(listing: Listing, quantity: Decimal): string {
  return floorToStep(contractsOf(listing, max(quantity, '0')), listing.lotSize)
}
