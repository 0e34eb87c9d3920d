import type { Reader } from '../../../../core/reader.ts'
import type { Engine, EngineKline } from '../../../engine/types.ts'
import type { Channel } from '../../../server/socketTypes.ts'
import { isStep } from '../books.ts'
import { type Period, periods } from '../candles.ts'
import { findListing, type Listing } from '../contracts.ts'
import {
  basisPrices,
  basisRow,
  candlesBetween,
  latest,
  markRow,
  premiumRow,
  type RowOf,
  rateRow,
  tradedRow,
} from '../klines.ts'
import { tradeRow } from '../trades.ts'
import { diffBookChannel, stepBookChannel } from './bookTopics.ts'
import { indexChannel, klineChannel } from './candleTopics.ts'
import { tickerChannel, touchChannel, tradeChannel } from './priceTopics.ts'

/** Where a topic is served. */
export type Place = 'market' | 'index'

/** What a channel is made for. */
export interface Subscription {
  dataType: string | undefined
  /** Running number of the connection, and of the subscription on it. */
  connection: number
  joined: number
}

/** A topic that exists. */
export interface MarketTopic {
  make(engine: Engine, subscription: Subscription): Channel
  /** Each connection has one of its own. */
  isOwn?: boolean
  /** Values of `data_type`, the first when none is given. */
  dataTypes?: readonly string[]
  /** What is answered when it is asked for once. */
  read?(engine: Engine, reader: Reader): Readonly<Record<string, unknown>>[]
}

/** The topic of that name (docs/wire/htx.md 8.1), or `undefined`. Names are in upper case here. */
export function findTopic(place: Place, name: string): MarketTopic | undefined {
  const [, code = '', family = '', rest = ''] =
    /^market\.([^.]+)\.(\w+)(?:\.(.+))?$/.exec(name) ?? []
  const listing = findListing(code)
  if (listing?.native !== code) return undefined
  const asked = { listing, name, rest }
  return place === 'index' ? indexTopic(family, asked) : marketTopic(family, asked)
}

interface Asked {
  listing: Listing
  name: string
  /** What stands behind the family. */
  rest: string
}

function marketTopic(family: string, { listing, name, rest }: Asked): MarketTopic | undefined {
  switch (`${family}.${family === 'trade' ? rest : ''}`) {
    case 'detail.':
      return rest === '' ? { make: (engine) => tickerChannel(engine, listing, name) } : undefined
    case 'bbo.':
      return rest === '' ? { make: (engine) => touchChannel(engine, listing, name) } : undefined
    case 'trade.detail':
      return {
        make: (engine) => tradeChannel(engine, listing, name),
        read: (engine, reader) => readTrades(engine, listing, reader),
      }
    case 'depth.':
      return bookTopic({ listing, name, rest })
    case 'kline.': {
      const period = findPeriod(rest)
      return (
        period &&
        candleTopic({ listing, name, rest }, period, (candle) => tradedRow(listing, candle))
      )
    }
    default:
      return undefined
  }
}

function bookTopic({ listing, name, rest }: Asked): MarketTopic | undefined {
  if (isStep(rest)) return { make: (engine) => stepBookChannel(engine, listing, name, rest) }
  const levels = DIFF_BOOKS[rest]
  if (levels === undefined) return undefined
  return {
    isOwn: true,
    dataTypes: ['snapshot', 'incremental'],
    make: (engine, subscription) =>
      diffBookChannel(engine, listing, { ch: name, levels, ...subscription }),
  }
}

const DIFF_BOOKS: Readonly<Record<string, number>> = {
  'size_20.high_freq': 20,
  'size_150.high_freq': 150,
}

function indexTopic(family: string, asked: Asked): MarketTopic | undefined {
  if (family === 'basis') {
    const [word = '', type, ...more] = asked.rest.split('.')
    const price = basisPrices.find((known) => known === type)
    const period = findPeriod(word)
    if (!price || !period || more.length > 0) return undefined
    return candleTopic(asked, period, (candle) => basisRow(candle, price), indexChannel)
  }
  const rowOf = INDEX_ROWS.get(family)
  const period = findPeriod(asked.rest)
  return rowOf && period && candleTopic(asked, period, rowOf, indexChannel)
}

const INDEX_ROWS: ReadonlyMap<string, RowOf> = new Map<string, RowOf>([
  ['mark_price', markRow],
  ['index', markRow],
  ['premium_index', premiumRow],
  ['estimated_rate', rateRow],
])

function candleTopic(
  { listing, name }: Asked,
  period: Period,
  rowOf: RowOf,
  channel: typeof klineChannel = klineChannel,
): MarketTopic {
  return {
    make: (engine) => channel(engine, listing, { ch: name, period, rowOf }),
    read: (engine, reader) =>
      readRows(engine, listing, period, reader).map((row) => rowOf(row, engine, listing)),
  }
}

function findPeriod(word: string): Period | undefined {
  return periods.find((known) => known === word)
}

const FEW_CANDLES = 150

/** Both ends in seconds; the newest ones without them. */
function readRows(engine: Engine, listing: Listing, period: Period, reader: Reader): EngineKline[] {
  const from = reader.at('from').optionalInteger()
  const to = reader.at('to').optionalInteger() ?? Math.floor(engine.now() / 1000)
  if (from === undefined) return latest({ engine }, listing, period, FEW_CANDLES)
  return candlesBetween(engine, listing, period, [from, to])
}

const FEW_TRADES = 50
const MOST_TRADES = 2_000

function readTrades(
  engine: Engine,
  listing: Listing,
  reader: Reader,
): Readonly<Record<string, unknown>>[] {
  const size = reader.at('size').optionalInteger() ?? FEW_TRADES
  return engine
    .trades(listing.engine.symbol, Math.min(Math.max(size, 1), MOST_TRADES))
    .map((trade) => tradeRow(listing, trade))
}
