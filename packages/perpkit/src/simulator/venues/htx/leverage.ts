import type { Leg, MarginMode, PositionSide } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import type { Listing } from './contracts.ts'
import { leverageBlocked, leverageInvalid, refusedByEngine } from './errors.ts'
import { Form } from './form.ts'
import { reply } from './replies.ts'
import {
  readListing,
  readListings,
  readMarginMode,
  readOptionalMarginMode,
  readOptionalSide,
} from './scope.ts'
import { isHedged, modeWord, sideFields, sidePart } from './sides.ts'

// Leverage, one for each contract and margin mode, in hedge mode one for each side of an isolated
// contract: docs/wire/htx.md 4.3.

// https://www.htx.com/en-us/opend/newApiPages/
export const readLeverages: Route = {
  method: 'GET',
  path: '/v5/position/lever',
  access: 'signed',
  operation: 'getPositions',
  parameters: ['contract_code', 'margin_mode', 'position_side'],
  handle(handling) {
    const form = new Form(handling)
    const listings = readListings(form)
    const marginMode = readOptionalMarginMode(form)
    const legs = legsOf(handling, marginMode, readOptionalSide(form))
    const rows = listings.flatMap((listing) =>
      legs.map((leg) => leverageRow(handling, listing, leg)),
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
    const marginMode = readMarginMode(form)
    // Cross margin has one leverage for both sides; without a side an isolated one is set on both.
    const side = readOptionalSide(form)
    const leg: Leg = { marginMode, ...sidePart(side) }
    const leverage = Number(form.required('lever_rate'))
    const { maxLeverage, symbol } = listing.engine
    if (!Number.isInteger(leverage) || leverage < 1 || leverage > maxLeverage) {
      throw leverageInvalid()
    }
    const isSame = legsOf(handling, marginMode, side).every(
      (own) => engine.leverage(accountId, symbol, own) === leverage,
    )
    // An equal value succeeds, also with open orders.
    if (!isSame) {
      const isBlocked = engine
        .openOrders(accountId)
        .some((order) => order.symbol === symbol && order.marginMode === marginMode)
      if (isBlocked) throw leverageBlocked()
      const refused = engine.setLeverage(accountId, symbol, leverage, leg)
      if (refused) throw refusedByEngine(refused, listing.native)
    }
    return reply(handling, {
      contract_code: listing.native,
      margin_mode: modeWord(marginMode),
      lever_rate: leverage,
    })
  },
}

/** A leg that has a leverage of its own. */
type LeverLeg = Leg & Required<Pick<Leg, 'marginMode'>>

/** Those of a margin mode and a side, where these are said. */
function legsOf(
  handling: Handling,
  marginMode: MarginMode | undefined,
  side: PositionSide | undefined,
): readonly LeverLeg[] {
  return (isHedged(handling) ? hedgeLegs : oneWayLegs)
    .filter((leg) => marginMode === undefined || leg.marginMode === marginMode)
    .filter((leg) => side === undefined || (leg.positionSide ?? side) === side)
}

const oneWayLegs: readonly LeverLeg[] = [{ marginMode: 'CROSS' }, { marginMode: 'ISOLATED' }]

const hedgeLegs: readonly LeverLeg[] = [
  { marginMode: 'CROSS' },
  { marginMode: 'ISOLATED', positionSide: 'LONG' },
  { marginMode: 'ISOLATED', positionSide: 'SHORT' },
]

function leverageRow(
  { accountId, engine }: Handling,
  listing: Listing,
  leg: LeverLeg,
): Record<string, unknown> {
  return {
    contract_code: listing.native,
    contract_type: 'swap',
    ...sideFields(leg),
    lever_rate: engine.leverage(accountId, listing.engine.symbol, leg),
    available_lever: Array.from({ length: listing.engine.maxLeverage }, (_, i) => i + 1),
  }
}
