import { add, type Decimal, div, floorToStep, isDecimal, max, mul } from '../../../core/decimal.ts'
import type { Engine, MarginMode, PositionLeg, PositionSide } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { contractsOf, plain } from './decimals.ts'
import { parameterError, Refused, refusedByEngine } from './errors.ts'
import { type Fields, readFields, readToken, requireToken } from './fields.ts'
import { fees, type Listing } from './instruments.ts'
import {
  isHedged,
  legFor,
  modeWord,
  positionOn,
  readMarginMode,
  readPositionSide,
  sideWord,
} from './legs.ts'
import { answering } from './replies.ts'
import { knownListing, readListing } from './scope.ts'

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
    const fields = readFields(handling.params, infoNames)
    const wanted = fields.required('instId').split(',').map(knownListing)
    const word = requireToken(handling, fields, 'mgnMode', ['cross', 'isolated'])
    const marginMode = word === 'cross' ? 'CROSS' : 'ISOLATED'
    return wanted.flatMap((listing) =>
      sidesOf(handling).map((side) => leverageRow(handling, listing, marginMode, side)),
    )
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
    const mode = fields.required('mgnMode')
    const posSide = readToken(handling, fields, 'posSide', ['net', 'long', 'short'])
    const marginMode = readMarginMode(handling, 'mgnMode', mode)
    // A side of its own has but isolated margin in long/short mode.
    const isOneSided = marginMode === 'ISOLATED' && isHedged(engine, accountId)
    const side =
      isOneSided || posSide !== undefined ? readPositionSide(handling, fields) : undefined
    const leverage = readLeverage(lever, listing)
    const { symbol } = listing.engine
    refuseWhilePending(engine, accountId, { symbol, marginMode })
    const leg = legFor(symbol, marginMode, isOneSided ? side : undefined)
    const refused = engine.setLeverage(accountId, symbol, leverage, leg)
    if (refused?.refused === 'insufficientMargin') throw new Refused('59103')
    if (refused) throw refusedByEngine(refused, 'amend')
    return [
      {
        instId: listing.instId,
        lever,
        mgnMode: modeWord(leg),
        posSide: marginMode === 'CROSS' ? '' : sideWord(leg),
      },
    ]
  }),
}

const sizeNames = ['instId', 'tdMode', 'ccy', 'px', 'leverage', 'reduceOnly'] as const

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-maximum-order-quantity
export const maxSize: Route = sizeRoute(
  '/api/v5/account/max-size',
  (handling, listing, marginMode, fields) => {
    const { accountId, engine } = handling
    const { settleAsset, symbol, maxLeverage } = listing.engine
    const leg = legFor(symbol, marginMode, undefined)
    const leverage = fields.text('leverage') ?? String(engine.leverage(accountId, symbol, leg))
    if (!isDecimal(leverage) || Number(leverage) < 1 || Number(leverage) > maxLeverage) {
      throw parameterError('leverage')
    }
    const price = fields.positive('px') ?? engine.prices(symbol).mark
    const free = engine.margin(accountId, settleAsset).availableBalance
    const cost = add(div('1', leverage), fees.taker)
    const room = div(free, mul(price, cost))
    const { long, short } = held(engine, accountId, leg)
    // In net mode what closes the position needs no margin, and gives back what the position holds.
    const most = (opposite: Decimal): string => inLots(listing, add(room, mul(opposite, '2')))
    return { ccy: settleAsset, maxBuy: most(short), maxSell: most(long) }
  },
)

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
    marginMode: MarginMode,
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
      const marginMode = readMarginMode(handling, 'tdMode', fields.required('tdMode'))
      return wanted.map((listing) => ({
        instId: listing.instId,
        ...figures(handling, listing, marginMode, fields),
      }))
    }),
  }
}

/** Positions that each have a row: two of a contract in long/short mode. */
function sidesOf({ accountId, engine }: Handling): readonly (PositionSide | undefined)[] {
  return isHedged(engine, accountId) ? ['LONG', 'SHORT'] : [undefined]
}

function leverageRow(
  { accountId, engine }: Handling,
  { engine: { symbol }, instId }: Listing,
  marginMode: MarginMode,
  side: PositionSide | undefined,
): Record<string, string> {
  const leg = legFor(symbol, marginMode, side)
  return {
    ccy: '',
    instId,
    mgnMode: modeWord(leg),
    posSide: sideWord(leg),
    lever: String(engine.leverage(accountId, symbol, leg)),
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
function refuseWhilePending(engine: Engine, accountId: string, leg: PositionLeg): void {
  const isOf = (row: PositionLeg): boolean =>
    row.symbol === leg.symbol && row.marginMode === leg.marginMode
  const isCross = leg.marginMode === 'CROSS'
  if (engine.openOrders(accountId).some(isOf)) throw new Refused(isCross ? '59107' : '59101')
  if (engine.openConditionals(accountId).some(isOf)) throw new Refused(isCross ? '59669' : '59668')
}

function held(
  engine: Engine,
  accountId: string,
  leg: PositionLeg,
): { long: Decimal; short: Decimal } {
  const position = positionOn(engine, accountId, leg)
  const size = position?.size ?? '0'
  return position?.side === 'SHORT' ? { long: '0', short: size } : { long: size, short: '0' }
}

function inLots(listing: Listing, quantity: Decimal): string {
  return floorToStep(contractsOf(listing, max(quantity, '0')), listing.lotSize)
}
