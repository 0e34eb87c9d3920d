import type { UserContext, UserEvent, UserFeed } from '../../../client/definition.ts'
import { Reader } from '../../../core/reader.ts'
import type { FuturesOrder } from '../../../model/order.ts'
import { withRaw } from '../../../model/raw.ts'
import type { PositionMode } from '../../../model/tokens.ts'
import { amountOrNone, rowsOf } from '../fields.ts'
import { topicOf, UNIFIED } from '../streamProtocol.ts'
import { conditionalEvent, inRestWords, plainEvent } from '../streamRow.ts'
import { products } from '../symbols.ts'
import { readPositionMode, readPositionSide, wordOf } from '../tokens.ts'
import { readHeld } from './account.ts'
import { readExecution } from './history.ts'
import { readPlainOrder } from './orders.ts'
import { isConditional, readStrategy } from './strategyRow.ts'

// Private channels of unified accounts: docs/wire/bitget.md 12.7.

const TOPICS = ['order', 'strategy-order', 'fill', 'position', 'account']

/** Everything private; `positionMode` is that of the moment, rows tell when it has changed. */
export function unifiedFeed(positionMode: PositionMode): UserFeed {
  const account = { positionMode, coins: '' }
  return {
    topics: TOPICS.map((topic) => ({ route: 'unified', name: topicOf(UNIFIED, topic) })),
    decode(topic, value, context) {
      const frame = new Reader(value)
      const timestamp = frame.at('ts').integer()
      const rows = rowsOf(frame.at('data'))
      for (const row of rows) {
        if (row.has('holdMode')) account.positionMode = readPositionMode(row.at('holdMode'))
      }
      switch (topic.split('/')[1]) {
        case 'order':
          return rows.filter(isLinear).map((row) => readOrderEvent(row, timestamp, context))
        case 'strategy-order':
          return rows
            .filter((row) => isLinear(row) && isConditional(row))
            .map((row) => readStrategyEvent(row, timestamp, account.positionMode, context))
        case 'fill':
          return rows.filter(isLinear).map((row) => readFillEvent(row, context))
        case 'position':
          return readPositions(rows, timestamp, context)
        default: {
          // Told every five seconds, and the totals in another currency: read when it has changed.
          const coins = JSON.stringify(rows.map((row) => row.value))
          if (coins === account.coins) return []
          account.coins = coins
          return [{ kind: 'account', timestamp }]
        }
      }
    },
  }
}

/** One account trades contracts of all categories and spot. */
function isLinear(row: Reader): boolean {
  const category = wordOf(row.at('category'))
  return products.some(({ name }) => name.toLowerCase() === category)
}

/** https://www.bitget.com/api-doc/uta/websocket/private/Order-Channel */
function readOrderEvent(row: Reader, timestamp: number, context: UserContext): UserEvent {
  const words = inRestWords(row, { posSide: sideOf(row) })
  return plainEvent(readPlainOrder(words, context.instruments), row, timestamp, context)
}

/** One name for it in this channel, another in the calls. */
function sideOf(row: Reader): unknown {
  return row.has('holdSide') ? row.at('holdSide').value : row.at('posSide').value
}

/** https://www.bitget.com/api-doc/uta/websocket/private/Strategy-Order-Channel */
function readStrategyEvent(
  row: Reader,
  timestamp: number,
  mode: PositionMode,
  context: UserContext,
): UserEvent {
  const order = readStrategy(row, context.instruments)
  return conditionalEvent(mode === 'HEDGE' ? order : unsided(order), row, timestamp, context)
}

/** Rows name the side of their position in one-way mode too. */
function unsided({ positionSide: _side, ...order }: FuturesOrder): FuturesOrder {
  return order
}

/** https://www.bitget.com/api-doc/uta/websocket/private/Fill-Channel */
function readFillEvent(row: Reader, { instruments }: UserContext): UserEvent {
  const words = inRestWords(row, { posSide: sideOf(row), createdTime: row.at('execTime').value })
  const fill = readExecution(words, instruments)
  return {
    kind: 'fill',
    timestamp: fill.timestamp,
    fill: withRaw({ ...fill }, row.value),
  }
}

/** What has ended comes before what is held: a position that turned round is both. */
function readPositions(
  rows: readonly Reader[],
  timestamp: number,
  context: UserContext,
): UserEvent[] {
  const events = rows
    .filter((row) => COINS.has(row.at('marginCoin').optionalString() ?? ''))
    .map((row) => readPositionEvent(row, timestamp, context))
  const isHeld = (event: UserEvent): boolean => 'position' in event
  return [...events.filter((event) => !isHeld(event)), ...events.filter(isHeld)]
}

const COINS: ReadonlySet<string> = new Set(products.map(({ coin }) => coin))

/** https://www.bitget.com/api-doc/uta/websocket/private/Positions-Channel */
function readPositionEvent(
  row: Reader,
  timestamp: number,
  { instruments }: UserContext,
): UserEvent {
  const nativeSymbol = row.at('symbol').string()
  const isHedge = readPositionMode(row.at('holdMode')) === 'HEDGE'
  const positionSide = isHedge ? readPositionSide(row.at('posSide')) : undefined
  const event = {
    kind: 'position',
    timestamp,
    nativeSymbol,
    ...(positionSide !== undefined && { positionSide }),
  } as const
  if (amountOrNone(row.at('size')) === undefined) return event
  const words = inRestWords(row, {
    total: row.at('size').value,
    liquidationPrice: row.at('liqPrice').value,
    positionBalance: row.at('marginSize').value,
  })
  const position = readHeld(words, instruments)
  return position ? { ...event, position: withRaw({ ...position }, row.value) } : event
}
