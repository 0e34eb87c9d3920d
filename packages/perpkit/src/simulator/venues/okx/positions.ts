import { isPositive } from '../../../core/decimal.ts'
import type { Engine } from '../../engine/types.ts'
import type { Handling, Route } from '../../server/types.ts'
import { readFields, readToken } from './fields.ts'
import { positionIdOf } from './ids.ts'
import { type Listing, listingOf } from './instruments.ts'
import { isSameLeg, modeWord, positionOn } from './legs.ts'
import { readPage } from './paging.ts'
import { closedRow, flatRow, positionRow } from './positionRows.ts'
import { answering } from './replies.ts'
import { readScope } from './scope.ts'
import { isClosed, type Span, spansOf } from './spans.ts'

// Positions: docs/wire/okx.md 4.1.

const positionNames = ['instType', 'instId', 'posId', 'instFamily', 'uly'] as const

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-positions
export const positions: Route = {
  method: 'GET',
  path: '/api/v5/account/positions',
  access: 'signed',
  operation: 'getPositions',
  parameters: positionNames,
  handle: answering((handling) => {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, positionNames)
    const scope = readScope(handling, fields, { instType: false })
    const posIds = fields.text('posId')?.split(',')
    const isNamed = fields.has('instId') || posIds !== undefined
    const all = spansOf(engine.fills(accountId), engine.fundings(accountId))
    return scope
      .flatMap((listing) => latestOf(all, listing))
      .filter((span) => posIds?.includes(positionIdOf(span.firstFill.fillId)) ?? true)
      .filter((span) => !isClosed(span) || (isNamed && isRemembered(handling, span)))
      .sort((a, b) => openedAt(b) - openedAt(a))
      .map((span) => rowOf(engine, accountId, span))
  }),
}

const historyNames = [
  'instType',
  'instId',
  'mgnMode',
  'type',
  'posId',
  'after',
  'before',
  'limit',
] as const

const historyTypes = ['1', '2', '3', '4', '5', '6'] as const

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-positions-history
export const positionsHistory: Route = {
  method: 'GET',
  path: '/api/v5/account/positions-history',
  access: 'signed',
  operation: 'getPositions',
  parameters: historyNames,
  handle: answering((handling) => {
    const { accountId, engine } = handling
    const fields = readFields(handling.params, historyNames)
    const scope = readScope(handling, readFields(handling.params, ['instType', 'instId']), {
      instType: false,
    })
    const symbols = new Set(scope.map((listing) => listing.engine.symbol))
    const mode = readToken(handling, fields, 'mgnMode', ['cross', 'isolated'])
    const type = readToken(handling, fields, 'type', historyTypes)
    const posId = fields.text('posId')
    const earliest = engine.now() - 90 * DAY
    const rows = spansOf(engine.fills(accountId), engine.fundings(accountId))
      .filter(({ closed, lastFill, leg }) => {
        const isMeant = symbols.has(leg.symbol) && [modeWord(leg), undefined].includes(mode)
        return isMeant && isPositive(closed) && lastFill.timestamp >= earliest
      })
      .map((span) => closedRow(engine, accountId, span))
      .filter((row) => type === undefined || row.type === type)
      .filter((row) => posId === undefined || row.posId === posId)
      .sort((a, b) => Number(b.uTime) - Number(a.uTime))
    return readPage(rows, fields, (row) => row.uTime)
  }),
}

/** What account/positions says of the newest position of a leg. */
export function rowOf(engine: Engine, accountId: string, span: Span): Record<string, unknown> {
  const position = isClosed(span) ? undefined : positionOn(engine, accountId, span.leg)
  const listing = listingOf(span.leg.symbol)
  return position ? positionRow(engine, listing, position, span) : flatRow(engine, listing, span)
}

/** The newest of each margin mode and side. */
export function latestOf(spans: readonly Span[], listing: Listing): Span[] {
  const own = spans.filter(({ leg }) => leg.symbol === listing.engine.symbol)
  return own.filter((span, i) => !own.slice(i + 1).some(({ leg }) => isSameLeg(leg, span.leg)))
}

/** A contract asked for by name has a row for some time after its position was closed. */
function isRemembered({ engine }: Handling, span: Span): boolean {
  return engine.now() - span.lastFill.timestamp < 30 * DAY
}

const DAY = 86_400_000

function openedAt(span: Span): number {
  return span.firstFill.timestamp
}
