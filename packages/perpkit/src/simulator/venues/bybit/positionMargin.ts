import { decimalPlaces, isDecimal, isNegative, isZero } from '../../../core/decimal.ts'
import type { Handling, Route } from '../../server/types.ts'
import { invalidParameter, parameterError, refusedByEngine } from './errors.ts'
import { namesOf, readFields } from './fields.ts'
import type { Listing } from './instruments.ts'
import { positionRow } from './positionRow.ts'
import { Refused, reply } from './replies.ts'
import { readListing } from './scope.ts'
import { setAddsMargin } from './settings.ts'
import { positionIn, readSlot } from './slots.ts'

// Margin of one isolated position: docs/wire/bybit.md 4.2.

const autoMarginTable = {
  category: 'string',
  symbol: 'string',
  autoAddMargin: 'number',
  positionIdx: 'number',
} as const

// https://bybit-exchange.github.io/docs/v5/position/auto-add-margin
export const setAutoAddMargin: Route = {
  method: 'POST',
  path: '/v5/position/set-auto-add-margin',
  access: 'signed',
  parameters: namesOf(autoMarginTable),
  handle(handling) {
    const fields = readFields(handling.params, autoMarginTable)
    const listing = readListing(handling, fields)
    const slot = readSlot(handling, fields, listing)
    const flag = fields.number('autoAddMargin')
    if (flag === undefined) throw parameterError()
    if (flag !== 0 && flag !== 1) {
      handling.unknownWord('autoAddMargin', flag)
      throw invalidParameter('autoAddMargin')
    }
    refuseCross(handling, listing)
    setAddsMargin(handling.engine, slot, flag === 1)
    return reply(handling, {})
  },
}

const addMarginTable = {
  category: 'string',
  symbol: 'string',
  margin: 'string',
  positionIdx: 'number',
} as const

// https://bybit-exchange.github.io/docs/v5/position/manual-add-margin
export const addMargin: Route = {
  method: 'POST',
  path: '/v5/position/add-margin',
  access: 'signed',
  parameters: namesOf(addMarginTable),
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, addMarginTable)
    const listing = readListing(handling, fields)
    const slot = readSlot(handling, fields, listing)
    const margin = fields.text('margin')
    if (margin === undefined) throw parameterError()
    if (!isDecimal(margin) || decimalPlaces(margin) > 4) throw invalidParameter('margin')
    refuseCross(handling, listing)
    const position = positionIn(engine, slot)
    if (!position) throw new Refused(110033, "You can't set margin without an open position")
    if (isZero(margin)) throw new Refused(110027, 'Margin is not modified')
    const refused = engine.addMargin(accountId, slot.symbol, position.side, margin)
    if (refused?.refused === 'insufficientMargin' && !isNegative(margin)) {
      throw new Refused(110044, 'Available margin is insufficient')
    }
    if (refused) throw refusedByEngine(refused)
    return reply(handling, { category: 'linear', ...positionRow(engine, slot, listing) })
  },
}

function refuseCross({ accountId, engine }: Handling, listing: Listing): void {
  if (engine.marginMode(accountId, listing.engine.symbol) === 'ISOLATED') return
  throw new Refused(110015, 'The position is in cross margin mode.')
}
