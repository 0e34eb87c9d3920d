import { isDecimal, isGreater, isLess, isMultipleOf } from '../../../core/decimal.ts'
import type { Route } from '../../server/types.ts'
import { invalidParameter, parameterError, refusedByEngine } from './errors.ts'
import { namesOf, readFields, readQuery } from './fields.ts'
import type { Listing } from './instruments.ts'
import { positionOf } from './legs.ts'
import { readPage } from './paging.ts'
import { positionRow } from './positionRow.ts'
import { openRecords } from './records.ts'
import { Refused, reply } from './replies.ts'
import { readCategory, readListing, readScope } from './scope.ts'

// Positions, leverage and modes: docs/wire/bybit.md 4.2.

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
    // A flat contract has a row only when it is asked for by name.
    const rows = fields.has('symbol')
      ? scope
      : scope.filter((listing) => positionOf(engine, accountId, listing.engine.symbol))
    const page = readPage(rows, fields, { standard: 20, most: 200 }, keyOf)
    const list = page.rows.map((listing) => positionRow(engine, accountId, listing))
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
    const leverage = handling.engine.leverage(handling.accountId, listing.engine.symbol)
    const row = { symbol: listing.native, leverage: String(leverage), side: '', positionIdx: 0 }
    return reply(handling, { category: 'linear', list: [row] })
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
    if (buy !== sell) throw new Refused(10001, 'leverage invalid')
    const { symbol } = listing.engine
    if (engine.leverage(accountId, symbol) === buy) {
      throw new Refused(110043, 'leverage not modified')
    }
    const refused = engine.setLeverage(accountId, symbol, buy)
    if (refused) throw refusedByEngine(refused)
    return reply(handling, {})
  },
}

const switchModeTable = {
  category: 'string',
  symbol: 'string',
  coin: 'string',
  mode: 'number',
} as const

// https://bybit-exchange.github.io/docs/v5/position/position-mode
export const switchMode: Route = {
  method: 'POST',
  path: '/v5/position/switch-mode',
  access: 'signed',
  parameters: namesOf(switchModeTable),
  handle(handling) {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, switchModeTable)
    const mode = fields.number('mode')
    const bySymbol = fields.has('symbol') ? readListing(handling, fields) : undefined
    readCategory(handling, fields)
    if ((!bySymbol && !fields.has('coin')) || mode === undefined) throw parameterError()
    if (mode !== 0 && mode !== 3) {
      handling.unknownWord('mode', mode)
      throw invalidParameter('mode')
    }
    if (mode === 0) {
      // By coin it answers 0 also when nothing changes.
      if (bySymbol) throw new Refused(110025, 'Position mode is not modified')
      return reply(handling, {})
    }
    const symbol = bySymbol?.engine.symbol
    if (symbol !== undefined && positionOf(engine, accountId, symbol)) {
      throw new Refused(
        110024,
        'You have an existing position, so the position mode cannot be switched.',
      )
    }
    if (openRecords(engine, accountId).some((row) => row.symbol === symbol)) {
      throw new Refused(
        110028,
        'You have existing open orders, so the position mode cannot be switched.',
      )
    }
    // The simulator has one-way mode alone: as for a contract that cannot be hedged.
    throw new Refused(110029, 'Hedge mode is not supported for this symbol.')
  },
}

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
    readListing(handling, readFields(handling.params, autoMarginTable))
    throw inCrossMargin()
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
    readListing(handling, readFields(handling.params, addMarginTable))
    throw inCrossMargin()
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

function inCrossMargin(): Refused {
  return new Refused(110015, 'The position is in cross margin mode.')
}

function keyOf(listing: Listing): { id: string; time: number } {
  return { id: listing.native, time: 0 }
}
