import type {
  Fill,
  FuturesExchange,
  FuturesOrder,
  FuturesPosition,
  OrderBook,
  Stream,
  Streamed,
  Ticker,
} from 'perpkit'

/** What the streams of a client have told, and how they fared. */
export interface Told {
  /** Of each stream, by name: how often it ended with an error. */
  readonly failures: Map<string, string[]>
  readonly orders: Map<string, FuturesOrder>
  /** How often each fill was told, by its id. */
  readonly fills: Map<string, { fill: Fill; times: number; recovered: boolean }>
  readonly positions: Map<string, FuturesPosition>
  /** How often each public trade was told. */
  readonly trades: Map<string, number>
  /** What they add up to. */
  traded: number
  ticker: Ticker | undefined
  /** The newest book. */
  book: Streamed<OrderBook> | undefined
  /** Now, of each stream by name. */
  statuses(): [name: string, status: string][]
  close(): void
}

interface Listener {
  stream: Stream<unknown>
}

/** Watches everything, and after a pause again what has ended with an error, as a caller would. */
export function watchAll(
  client: FuturesExchange,
  {
    symbol,
    depth,
    onBook,
    pause,
  }: {
    symbol: string
    depth: number
    onBook(book: Streamed<OrderBook>): void
    pause(): Promise<void>
  },
): Told {
  const listeners = new Map<string, Listener>()
  const failures = new Map<string, string[]>()
  const told: Told = {
    failures,
    orders: new Map(),
    fills: new Map(),
    positions: new Map(),
    trades: new Map(),
    traded: 0,
    ticker: undefined,
    book: undefined,
    statuses: () => [...listeners].map(([name, { stream }]) => [name, stream.status]),
    close: () => {
      for (const { stream } of listeners.values()) stream.close()
    },
  }
  function listen<Each>(name: string, open: () => Stream<Each>, take: (item: Each) => void): void {
    const stream = open()
    listeners.set(name, { stream })
    const next = (): void => {
      stream.next().then(
        ({ value, done }) => {
          if (done || value === undefined) return
          take(value)
          next()
        },
        (error: unknown) => {
          failures.set(name, [...(failures.get(name) ?? []), String(error)])
          void pause().then(() => listen(name, open, take))
        },
      )
    }
    next()
  }
  listen(
    'book',
    () => client.watchOrderBook(symbol, { depth }),
    (book) => {
      told.book = book
      onBook(book)
    },
  )
  listen(
    'trades',
    () => client.watchTrades(symbol),
    ({ tradeId, quantity }) => {
      told.traded += Number(quantity)
      told.trades.set(tradeId, (told.trades.get(tradeId) ?? 0) + 1)
    },
  )
  listen(
    'ticker',
    () => client.watchTicker(symbol),
    (ticker) => {
      told.ticker = ticker
    },
  )
  listen(
    'orders',
    () => client.watchOrders(),
    (order) => {
      told.orders.set(order.clientOrderId, order)
    },
  )
  listen(
    'fills',
    () => client.watchFills(),
    (fill) => {
      const known = told.fills.get(fill.fillId)
      const recovered = fill.recovered === true
      if (known) known.times++
      else told.fills.set(fill.fillId, { fill, times: 1, recovered })
    },
  )
  listen(
    'positions',
    () => client.watchPositions(),
    (position) => {
      told.positions.set(position.side, position)
    },
  )
  return told
}
