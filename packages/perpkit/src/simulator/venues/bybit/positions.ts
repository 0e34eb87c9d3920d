import { isDecimal, isGreater, isLess, isMultipleOf } from '../../../core/decimal.ts'
import type { Engine } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { refusedByEngine } from './errors.ts'
import { namesOf, readFields, readQuery } from './fields.ts'
import type { Listing } from './instruments.ts'
import { readPage } from './paging.ts'
import { positionRow } from './positionRow.ts'
import { Refused, reply } from './replies.ts'
import { readListing, readScope } from './scope.ts'
import { positionIn, type Slot, sideOf, slotsOf } from './slots.ts'

// Positions and leverage: docs/wire/bybit.md 4.2.

const positionFields = ['category', 'symbol', 'baseCoin', 'settleCoin', 'limit', 'cursor'] as const

// https://bybit-exchange.github.io/docs/v5/position
export const positionList: Route = {
  method: 'GET',
  path: '/v5/position/list',
  access: 'signed',
  operation: 'getPositions',
  parameters: positionFields,
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readQuery(handling.params, positionFields)
    const scope = readScope(handling, fields, { isRequired: true })
    const places = scope.flatMap((listing) =>
      slotsOf(engine, accountId, listing.engine.symbol).map((slot): Place => ({ listing, slot })),
    )
    // What is flat has a row only where its contract is asked for by name.
    const wanted = fields.has('symbol')
      ? places
      : places.filter(({ slot }) => positionIn(engine, slot))
    const page = readPage(wanted, fields, { standard: 20, most: 200 }, keyOf)
    const list = page.rows.map(({ listing, slot }) => positionRow(engine, slot, listing))
    const category = fields.text('category')
    return reply(handling, { list, nextPageCursor: page.nextPageCursor, category })
  },
}

const symbolInfoFields = ['category', 'symbol'] as const

// https://bybit-exchange.github.io/docs/v5/position/symbol-info
export const symbolInfo: Route = {
  method: 'GET',
  path: '/v5/position/symbol-info',
  access: 'signed',
  operation: 'getPositions',
  parameters: symbolInfoFields,
  handle(handling) {
    const listing = readListing(handling, readQuery(handling.params, symbolInfoFields))
    const { accountId, engine } = handling
    const { symbol } = listing.engine
    const list = slotsOf(engine, accountId, symbol).map((slot) => ({
      symbol: listing.native,
      leverage: String(engine.leverage(accountId, symbol, sideOf(slot))),
      side: '',
      positionIdx: slot.index,
    }))
    return reply(handling, { category: 'linear', list })
  },
}

const leverageTable = {
  category: 'string',
  symbol: 'string',
  buyLeverage: 'string',
  sellLeverage: 'string',
} as const

// https://bybit-exchange.github.io/docs/v5/position/leverage
export const setLeverage: Route = {
  method: 'POST',
  path: '/v5/position/set-leverage',
  access: 'signed',
  operation: 'setLeverage',
  parameters: namesOf(leverageTable),
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, leverageTable)
    const listing = readListing(handling, fields)
    const buy = readLeverage(fields.text('buyLeverage'), listing)
    const sell = readLeverage(fields.text('sellLeverage'), listing)
    if (buy !== sell && !hasTwoLeverages(engine, accountId, listing)) {
      throw new Refused(10001, 'leverage invalid')
    }
    changeLeverage(handling, listing, { buy, sell })
    return reply(handling, {})
  },
}

const switchIsolatedTable = {
  category: 'string',
  symbol: 'string',
  tradeMode: 'number',
  buyLeverage: 'string',
  sellLeverage: 'string',
} as const

// https://bybit-exchange.github.io/docs/v5/position/cross-isolate
export const switchIsolated: Route = {
  method: 'POST',
  path: '/v5/position/switch-isolated',
  access: 'signed',
  parameters: namesOf(switchIsolatedTable),
  handle(handling) {
    readFields(handling.params, switchIsolatedTable)
    throw new Refused(100028, 'The API cannot be accessed by unified account users.')
  },
}

/** A contract in one of its slots. */
interface Place {
  listing: Listing
  slot: Slot
}

/** Long and short each have one where margin is isolated and both may be held. */
function hasTwoLeverages(engine: Engine, accountId: string, listing: Listing): boolean {
  const { symbol } = listing.engine
  return (
    engine.marginMode(accountId, symbol) === 'ISOLATED' &&
    engine.positionMode(accountId, symbol) === 'hedge'
  )
}

function changeLeverage(
  { accountId, engine }: Handling,
  { engine: { symbol } }: Listing,
  { buy, sell }: { buy: number; sell: number },
): void {
  const sides = [
    { leg: { positionSide: 'LONG' } as const, leverage: buy },
    { leg: { positionSide: 'SHORT' } as const, leverage: sell },
  ]
  const changing = sides.filter(
    ({ leg, leverage }) => engine.leverage(accountId, symbol, leg) !== leverage,
  )
  if (changing.length === 0) throw new Refused(110043, 'leverage not modified')
  // Both at once where they are equal; where they are not, a refusal of the second undoes the first.
  const steps = buy === sell ? [{ leg: {}, leverage: buy }] : changing
  const before = steps.length > 1 ? engine.exportState() : undefined
  for (const { leg, leverage } of steps) {
    const refused = engine.setLeverage(accountId, symbol, leverage, leg)
    if (!refused) continue
    if (before !== undefined) engine.importState(before)
    throw refusedByEngine(refused)
  }
}

function readLeverage(given: string | undefined, listing: Listing): number {
  if (given === undefined || !isDecimal(given) || isLess(given, '1')) {
    throw new Refused(10001, 'leverage invalid')
  }
  const most = String(listing.engine.maxLeverage)
  if (isGreater(given, most)) {
    throw new Refused(
      110013,
      `cannot set leverage [${given}] gt maxLeverage [${most}] by risk limit`,
    )
  }
  if (!isMultipleOf(given, '0.01')) throw new Refused(10001, 'leverage invalid')
  return Number(given)
}

function keyOf({ listing, slot }: Place): { id: string; time: number } {
  return { id: `${listing.native}-${slot.index}`, time: 0 }
}
