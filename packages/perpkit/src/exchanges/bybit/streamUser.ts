import type { UserContext, UserEvent, UserFeed } from '../../client/definition.ts'
import { isRecord, Reader } from '../../core/reader.ts'
import type { AccountInfo } from '../../model/account.ts'
import { readPosition } from './account.ts'
import { amountOrNone, timeOrNone } from './fields.ts'
import { readFill } from './history.ts'
import { readOrder } from './orderRow.ts'
import { readPositionSide } from './tokens.ts'
import { readWallet } from './wallet.ts'

// Private topics, whose rows are nearly those of the calls: docs/wire/bybit.md 8.
// https://bybit-exchange.github.io/docs/v5/websocket/private/order

export const userFeed: UserFeed = {
  topics: ['order', 'execution', 'position', 'wallet'].map((name) => ({ route: 'private', name })),
  decode(topic, value, context) {
    const frame = new Reader(value)
    const timestamp = frame.at('creationTime').integer()
    const rows = frame.at('data').items()
    switch (topic) {
      case 'order':
        return rows.filter(isLinear).map((row) => readOrderEvent(row, timestamp, context))
      case 'execution':
        return rows.filter(isLinear).flatMap((row) => readExecution(row, context))
      case 'position':
        return rows.filter(isLinear).map((row) => readPositionEvent(row, timestamp, context))
      default:
        return rows.map((row) => ({ kind: 'account', timestamp, account: readAccount(row) }))
    }
  },
}

/** One account trades contracts of all categories and spot. */
function isLinear(row: Reader): boolean {
  return (row.at('category').optionalString() ?? 'linear') === 'linear'
}

function readOrderEvent(row: Reader, timestamp: number, { instruments }: UserContext): UserEvent {
  const order = readOrder(row, instruments)
  return { kind: 'order', timestamp: order.updatedAt ?? timestamp, order }
}

/** Funding, liquidation and auto-deleveraging are no executions of an order of ours. */
function readExecution(row: Reader, { instruments }: UserContext): UserEvent[] {
  if (row.at('execType').string() !== 'Trade') return []
  const fill = readFill(row, instruments)
  return [{ kind: 'fill', timestamp: fill.timestamp, fill }]
}

/** A recording spells one name in another way (docs/wire/bybit.md 8, wallet). */
function readAccount(row: Reader): AccountInfo {
  if (!isRecord(row.value) || !row.has('totalPerpUpl')) return readWallet(row)
  const words = { totalPerpUPL: row.at('totalPerpUpl').value, ...row.value }
  return readWallet(new Reader(words, row.path))
}

function readPositionEvent(
  row: Reader,
  timestamp: number,
  { instruments }: UserContext,
): UserEvent {
  const nativeSymbol = row.at('symbol').string()
  const positionSide = readPositionSide(row.at('positionIdx'))
  const event = {
    kind: 'position',
    timestamp: timeOrNone(row.at('updatedTime')) ?? timestamp,
    nativeSymbol,
    ...(positionSide !== undefined && { positionSide }),
  } as const
  if (amountOrNone(row.at('size')) === undefined) return event
  // The calls name the same figure avgPrice.
  const words = isRecord(row.value) ? { ...row.value, avgPrice: row.at('entryPrice').value } : {}
  const symbol = instruments.symbolOf(nativeSymbol)
  return { ...event, position: readPosition(new Reader(words, row.path), nativeSymbol, symbol) }
}
