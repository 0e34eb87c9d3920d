import { isRecord } from '../../../../core/reader.ts'
import type { Engine } from '../../../engine/types.ts'
import type { Channel } from '../../../server/socketTypes.ts'
import { bars } from '../bars.ts'
import { improvedLevel, plainLevel } from '../bookLevels.ts'
import { priceRow, tradedRow } from '../candles.ts'
import { findListing, type Listing, listings } from '../instruments.ts'
import { readJson } from '../replies.ts'
import {
  accountChannel,
  balanceAndPositionChannel,
  type Interval,
  positionsChannel,
  warningChannel,
} from './account.ts'
import { advancedAlgosChannel, algosChannel } from './algos.ts'
import { bestLevelsChannel, bookChannel } from './books.ts'
import { type Arg, type Owner, type Scope, scopeOf } from './events.ts'
import * as figures from './figures.ts'
import { ordersChannel } from './orders.ts'
import { candleChannel, everyTradeChannel, tradeChannel } from './trades.ts'

/** The three sockets: docs/wire/okx.md 8.1. */
export type Place = 'public' | 'private' | 'business'

export interface Topic {
  place: Place
  /** Only who has logged in gets it, each account its own. */
  isPrivate: boolean
  /** Only accounts that pay lower fees than any here get it. */
  isForHighTiers?: boolean
  /** What an arg may say besides `channel`. */
  names: readonly string[]
  /** How to make its channel; `'quiet'` where nothing is ever said; `undefined`: there is no such. */
  find(arg: Arg): ((owner: Owner) => Channel) | 'quiet' | undefined
}

/** The topic of that name (docs/wire/okx.md 8.2 and 8.3), or `undefined`. */
export function findTopic(channel: string): Topic | undefined {
  return TOPICS.get(channel) ?? candleTopic(channel)
}

type MakeOf<What> = (engine: Engine, what: What) => Channel

function ofContract(place: Place, make: MakeOf<Listing>): Topic {
  return {
    place,
    isPrivate: false,
    names: ['instId'],
    find({ instId = '' }) {
      const listing = findListing(instId)
      return listing && (({ engine }) => make(engine, listing))
    },
  }
}

function ofIndex(place: Place, make: MakeOf<Listing>): Topic {
  return {
    place,
    isPrivate: false,
    names: ['instId'],
    find({ instId }) {
      const listing = listings.find(({ family }) => family === instId)
      return listing && (({ engine }) => make(engine, listing))
    },
  }
}

function ofType(make: MakeOf<Scope> | 'quiet'): Topic {
  return {
    place: 'public',
    isPrivate: false,
    names: ['instType', 'instFamily'],
    find(arg) {
      const scope = scopeOf(arg)
      if (!scope || arg.instType === 'ANY') return undefined
      return make === 'quiet' || scope.length === 0 ? 'quiet' : ({ engine }) => make(engine, scope)
    },
  }
}

function ofAccount(
  place: Place,
  names: readonly string[],
  make: (owner: Owner, scope: Scope, arg: Arg) => Channel,
): Topic {
  return {
    place,
    isPrivate: true,
    names: ['instType', 'instFamily', 'instId', ...names],
    find(arg) {
      const scope = scopeOf(arg)
      if (!scope || !isReadable(arg)) return undefined
      return scope.length === 0 ? 'quiet' : (owner) => make(owner, scope, arg)
    },
  }
}

const REGULAR_MS = 5_000

/** `updateInterval` of the JSON in `extraParams`: docs/wire/okx.md 8.3. */
function intervalOf({ extraParams }: Arg): Interval {
  const read = extraParams === undefined ? undefined : readJson(extraParams)
  const word = isRecord(read) ? read.updateInterval : undefined
  if (word === undefined) return REGULAR_MS
  return String(word) === '0' ? undefined : Number(word)
}

function isReadable({ channel, extraParams }: Arg): boolean {
  if (extraParams === undefined) return true
  const read = readJson(extraParams)
  if (!isRecord(read)) return false
  const known = channel === 'account' ? ['0'] : ['0', '2000', '3000', '4000']
  return read.updateInterval === undefined || known.includes(String(read.updateInterval))
}

const quiet = { isPrivate: false, names: [], find: (): 'quiet' => 'quiet' }

const best = (levels: number, everyMs: number): MakeOf<Listing> => {
  return (engine, listing) => {
    const more = levels > 1 ? { instId: listing.instId } : {}
    return bestLevelsChannel(engine, listing, { everyMs, levels, more })
  }
}

const wholeBook: MakeOf<Listing> = (engine, listing) =>
  bookChannel(engine, listing, { hasChecksum: true, level: plainLevel })

const highTierBook: Topic = { ...ofContract('public', wholeBook), isForHighTiers: true }

const TOPICS: ReadonlyMap<string, Topic> = new Map<string, Topic>([
  ['tickers', ofContract('public', figures.tickerChannel)],
  ['mark-price', ofContract('public', figures.markChannel)],
  ['index-tickers', ofIndex('public', figures.indexChannel)],
  ['funding-rate', ofContract('public', figures.fundingChannel)],
  ['open-interest', ofContract('public', figures.interestChannel)],
  ['price-limit', ofContract('public', figures.priceLimitChannel)],
  ['instruments', ofType(figures.instrumentsChannel)],
  ['liquidation-orders', ofType(figures.liquidationChannel)],
  // Nobody is deleveraged here.
  ['adl-warning', ofType('quiet')],
  ['status', { place: 'public', ...quiet }],
  ['trades', ofContract('public', tradeChannel)],
  ['trades-all', ofContract('business', everyTradeChannel)],
  ['books', ofContract('public', wholeBook)],
  [
    'books-rpi',
    ofContract('public', (engine, listing) =>
      bookChannel(engine, listing, { hasChecksum: false, level: improvedLevel }),
    ),
  ],
  ['books5', ofContract('public', best(5, 100))],
  ['bbo-tbt', ofContract('public', best(1, 10))],
  ['books-l2-tbt', highTierBook],
  ['books50-l2-tbt', highTierBook],
  [
    'account',
    {
      place: 'private',
      isPrivate: true,
      names: ['ccy', 'extraParams'],
      find: (arg) =>
        isReadable(arg) ? (owner) => accountChannel(owner, arg.ccy, intervalOf(arg)) : undefined,
    },
  ],
  [
    'positions',
    ofAccount('private', ['extraParams'], (owner, scope, arg) =>
      positionsChannel(owner, scope, intervalOf(arg)),
    ),
  ],
  [
    'balance_and_position',
    { place: 'private', isPrivate: true, names: [], find: () => balanceAndPositionChannel },
  ],
  ['orders', ofAccount('private', [], ordersChannel)],
  [
    'fills',
    { ...quiet, place: 'private', isPrivate: true, isForHighTiers: true, names: ['instId'] },
  ],
  ['liquidation-warning', ofAccount('private', [], warningChannel)],
  ['orders-algo', ofAccount('business', [], algosChannel)],
  [
    'algo-advance',
    ofAccount('business', ['algoId'], (owner, scope, { algoId }) =>
      advancedAlgosChannel(owner, scope, algoId),
    ),
  ],
])

/** `candle1m`, `mark-price-candle1Dutc`, `index-candle5m`. */
function candleTopic(channel: string): Topic | undefined {
  const [, kind, word = ''] = /^(|mark-price-|index-)candle(\w+)$/.exec(channel) ?? []
  const bar = bars.get(word)
  if (!bar) return undefined
  const row = kind === '' ? tradedRow : priceRow
  const make: MakeOf<Listing> = (engine, listing) => candleChannel(engine, listing, bar, row)
  return kind === 'index-' ? ofIndex('business', make) : ofContract('business', make)
}
