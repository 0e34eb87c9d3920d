import type { Random } from '../../core/random.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { OrderBook, Ticker, Trade } from '../../model/market.ts'
import type { KlineInterval } from '../../model/tokens.ts'
import type { SocketConnector } from '../../transport/socket.ts'
import type { Catalogue } from '../catalogue.ts'
import type {
  Call,
  Credentials,
  ExchangeDefinition,
  MarketFeed,
  Operations,
  StreamDefinition,
  StreamedKline,
} from '../definition.ts'
import type { ExchangeTime } from '../exchangeTime.ts'
import { toExchangeError } from '../refusal.ts'
import { redact } from '../secrets.ts'
import type { Scope } from '../send.ts'
import type { FeedParts } from './audience.ts'
import { BookRunner } from './bookFeed.ts'
import { type MarketItem, type MarketRules, MarketRunner } from './marketFeed.ts'
import { klineRules, type MarketQuestion, tickerRules, tradeRules } from './marketRules.ts'
import { createPool } from './pool.ts'
import { ItemQueue, type Stream, type Streamed, type StreamOptions } from './stream.ts'
import type { LineParts } from './topics.ts'
import { createTurns } from './turns.ts'
import { type UserItems, UserRunner } from './userFeed.ts'
import { UserStore } from './userStore.ts'

/** The streams of one exchange object; what several watch is asked for once. */
export interface Streams {
  watchTicker(symbol: string, options: StreamOptions): Stream<Streamed<Ticker>>
  watchTrades(symbol: string, options: StreamOptions): Stream<Streamed<Trade>>
  watchKlines(
    symbol: string,
    interval: KlineInterval,
    options: StreamOptions,
  ): Stream<Streamed<StreamedKline>>
  watchOrderBook(symbol: string, depth: number, options: StreamOptions): Stream<Streamed<OrderBook>>
  watchUser<Method extends keyof UserItems>(
    method: Method,
    options: StreamOptions,
  ): Stream<Streamed<UserItems[Method]>>
  close(): void
}

export interface StreamsParts extends Pick<FeedParts, 'clock' | 'logger'> {
  definition: ExchangeDefinition
  streams: StreamDefinition
  operations: Operations
  catalogue: Catalogue
  connect: SocketConnector
  /** `ws:` or `wss:`. */
  origin: string
  headers: Readonly<Record<string, string>>
  credentials: Credentials | undefined
  time: ExchangeTime
  random: Random
  call(scope: Scope): Call
}

/** How many items that must not be lost may wait in one stream. */
const BOUND = 10_000

/** Nothing is opened before something is watched. */
export function createStreams(parts: StreamsParts): Streams {
  return new SharedStreams(parts)
}

class SharedStreams implements Streams {
  readonly #parts: StreamsParts
  readonly #feedParts: FeedParts
  readonly #store: UserStore
  readonly #tickers = new Shelf<MarketRunner<Ticker>>()
  readonly #trades = new Shelf<MarketRunner<Trade>>()
  readonly #klines = new Shelf<MarketRunner<StreamedKline>>()
  readonly #books = new Shelf<BookRunner>()
  readonly #users = new Shelf<UserRunner>()

  constructor(parts: StreamsParts) {
    const { clock, logger, time } = parts
    this.#parts = parts
    this.#store = new UserStore(parts.definition.capabilities.marginModeScope)
    const turn = createTurns(clock, parts.streams.connectionsPerSecond)
    this.#feedParts = {
      pool: createPool(parts.streams, (route) => ({ ...linePartsOf(parts, route), turn })),
      clock,
      logger,
      call: (action) => parts.call({ action }),
      now: () => time.now(),
    }
  }

  watchTicker(symbol: string, options: StreamOptions): Stream<Streamed<Ticker>> {
    const queue = this.#queue<Ticker>('watchTicker', options)
    return this.#whenListed(symbol, queue, (instrument) => {
      const feed = this.#parts.streams.ticker(instrument)
      const rules = tickerRules(this.#question(instrument, 'watchTicker'))
      this.#tickers
        .get(instrument.nativeSymbol, (stop) => this.#runner(feed, rules, stop))
        .join(queue)
    })
  }

  watchTrades(symbol: string, options: StreamOptions): Stream<Streamed<Trade>> {
    const queue = this.#queue<Trade>('watchTrades', options, BOUND)
    return this.#whenListed(symbol, queue, (instrument) => {
      const feed = this.#parts.streams.trades(instrument)
      const rules = tradeRules(this.#question(instrument, 'watchTrades'), feed)
      this.#trades
        .get(instrument.nativeSymbol, (stop) => this.#runner(feed, rules, stop))
        .join(queue)
    })
  }

  watchKlines(
    symbol: string,
    interval: KlineInterval,
    options: StreamOptions,
  ): Stream<Streamed<StreamedKline>> {
    const queue = this.#queue<StreamedKline>('watchKlines', options, BOUND)
    return this.#whenListed(symbol, queue, (instrument) => {
      const feed = this.#parts.streams.klines(instrument, interval)
      const rules = klineRules(this.#question(instrument, 'watchKlines'), interval)
      this.#klines
        .get(`${instrument.nativeSymbol} ${interval}`, (stop) => this.#runner(feed, rules, stop))
        .join(queue)
    })
  }

  watchOrderBook(
    symbol: string,
    depth: number,
    options: StreamOptions,
  ): Stream<Streamed<OrderBook>> {
    const queue = this.#queue<OrderBook>('watchOrderBook', options)
    return this.#whenListed(symbol, queue, (instrument) => {
      const feed = this.#parts.streams.orderBook(instrument, depth)
      const { operations, call } = this.#question(instrument, 'watchOrderBook')
      const look = (levels: number): Promise<OrderBook> =>
        operations.getOrderBook(call, { instrument, depth: levels })
      this.#books
        .get(feed.topic.name, (stop) => {
          return new BookRunner({ ...this.#feedParts, instrument, look }, feed, stop)
        })
        .join(queue, depth)
    })
  }

  watchUser<Method extends keyof UserItems>(
    method: Method,
    options: StreamOptions,
  ): Stream<Streamed<UserItems[Method]>> {
    const queue = this.#queue<UserItems[Method]>(method, options, BOUND)
    if (queue.status === 'CLOSED') return queue
    const { operations, catalogue, streams: definition } = this.#parts
    const userParts = { ...this.#feedParts, operations, catalogue, definition }
    this.#users.get('', (stop) => new UserRunner(userParts, this.#store, stop)).join(method, queue)
    return queue
  }

  close(): void {
    const { pool } = this.#feedParts
    for (const shelf of [this.#tickers, this.#trades, this.#klines, this.#books, this.#users]) {
      shelf.close()
    }
    pool.close()
  }

  #queue<Item extends object>(
    action: string,
    options: StreamOptions,
    bound?: number,
  ): ItemQueue<Streamed<Item>> {
    const exchange = this.#parts.definition.name
    return new ItemQueue({ ...options, exchange, action, ...(bound !== undefined && { bound }) })
  }

  /** Streams are handed out before it is known whether the symbol is listed. */
  #whenListed<Item>(
    symbol: string,
    queue: ItemQueue<Item>,
    join: (instrument: Instrument) => void,
  ): ItemQueue<Item> {
    this.#parts.catalogue
      .find(symbol)
      .then((instrument) => {
        if (queue.status !== 'CLOSED') join(instrument)
      })
      .catch((error: unknown) => queue.fail(error))
    return queue
  }

  #runner<Item extends MarketItem>(
    feed: MarketFeed<Item>,
    rules: MarketRules<Item>,
    stop: () => void,
  ): MarketRunner<Item> {
    return new MarketRunner(this.#feedParts, feed, rules, stop)
  }

  #question(instrument: Instrument, action: string): MarketQuestion {
    const { operations, call, time } = this.#parts
    return { operations, call: call({ action }), instrument, now: () => time.now() }
  }
}

/** What runs, by what it is of. */
class Shelf<Runner extends { close(): void }> {
  readonly #runners = new Map<string, Runner>()

  get(key: string, start: (onStop: () => void) => Runner): Runner {
    const running = this.#runners.get(key)
    if (running) return running
    const runner = start(() => this.#runners.delete(key))
    this.#runners.set(key, runner)
    return runner
  }

  close(): void {
    for (const runner of [...this.#runners.values()]) runner.close()
  }
}

function linePartsOf(parts: StreamsParts, name: string): LineParts {
  const { definition, streams, operations, time, call, credentials } = parts
  const route = streams.routes[name]
  if (!route) throw new TypeError(`${definition.name} has no sockets named ${name}`)
  const action = 'watch'
  return {
    route,
    origin: parts.origin,
    headers: parts.headers,
    connect: parts.connect,
    clock: parts.clock,
    random: parts.random,
    logger: parts.logger,
    credentials: route.access === 'private' ? credentials : undefined,
    call: call({ action }),
    now: () => time.estimate(),
    serverTime: () => operations.getServerTime(call({ action }), undefined),
    resyncTime: () => time.resync(),
    refusalOf({ code, nativeCode, nativeMessage: told }) {
      // Refusals of a login may repeat what was sent.
      const { apiKey = '', apiSecret = '', passphrase = '' } = credentials ?? {}
      const words = [apiKey, apiSecret, passphrase].filter((word) => word !== '')
      const refusal = {
        kind: 'refusal',
        code,
        nativeCode,
        nativeMessage: redact(told, words),
      } as const
      return toExchangeError(refusal, { exchange: definition.name, action })
    },
  }
}
