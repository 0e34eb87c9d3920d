import type { Engine } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { firstLeverage, type Listing } from './contracts.ts'
import { leverageBlocked, leverageInvalid, refusedByEngine } from './errors.ts'
import { Form } from './form.ts'
import { reply } from './replies.ts'
import { marginModes, readCrossMode, readListing, readListings, refuseHedgeSide } from './scope.ts'

// Leverage, one for each contract and margin mode: docs/wire/htx.md 4.3.

// https://www.htx.com/en-us/opend/newApiPages/
export const readLeverages: Route = {
  method: 'GET',
  path: '/v5/position/lever',
  access: 'signed',
  operation: 'getPositions',
  parameters: ['contract_code', 'margin_mode', 'position_side'],
  handle(handling) {
    const { accountId, engine } = handling
    const form = new Form(handling)
    const listings = readListings(form)
    const mode = form.token('margin_mode', marginModes)
    refuseHedgeSide(form)
    const modes = mode === undefined ? marginModes : [mode]
    const rows = listings.flatMap((listing) =>
      modes.map((marginMode) => ({
        contract_code: listing.native,
        contract_type: 'swap',
        margin_mode: marginMode,
        position_side: 'both',
        lever_rate: leverageOf(engine, accountId, listing, marginMode),
        available_lever: Array.from({ length: listing.engine.maxLeverage }, (_, i) => i + 1),
      })),
    )
    return reply(handling, rows)
  },
}

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-1959439f997
export const setLeverage: Route = {
  method: 'POST',
  path: '/v5/position/lever',
  access: 'signed',
  operation: 'setLeverage',
  parameters: ['contract_code', 'margin_mode', 'lever_rate', 'position_side', 'channel_code'],
  handle(handling) {
    const { accountId, engine } = handling
    const form = new Form(handling)
    form.ignore('channel_code')
    const listing = readListing(form)
    readCrossMode(form)
    refuseHedgeSide(form)
    const given = form.required('lever_rate')
    const { maxLeverage, symbol } = listing.engine
    const leverage = Number(given)
    if (!Number.isInteger(leverage) || leverage < 1 || leverage > maxLeverage) {
      throw leverageInvalid()
    }
    const isSame = engine.leverage(accountId, symbol) === leverage
    const isBlocked = engine.openOrders(accountId).some((order) => order.symbol === symbol)
    if (!isSame && isBlocked) throw leverageBlocked()
    const refused = isSame ? undefined : engine.setLeverage(accountId, symbol, leverage)
    if (refused) throw refusedByEngine(refused, listing.native)
    return reply(handling, {
      contract_code: listing.native,
      margin_mode: 'cross',
      lever_rate: leverage,
    })
  },
}

/** Isolated leverage cannot be set here and stays where it begins. */
function leverageOf(
  engine: Engine,
  accountId: string,
  listing: Listing,
  mode: (typeof marginModes)[number],
): number {
  return mode === 'cross' ? engine.leverage(accountId, listing.engine.symbol) : firstLeverage
}
