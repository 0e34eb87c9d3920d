import type { FuturesOrder, FuturesPosition, Stream, Streamed, Ticker } from 'perpkit'
import { coverageOf } from '../coverage.ts'
import { add, fixed, isPositive, isZero, mul, sub, sum } from '../numbers.ts'
import { type PositionRow, positionColumns, signed } from '../output/positions.ts'
import { isoTime, withIsoTimes } from '../output/times.ts'
import { fittingTable } from '../screen/fit.ts'
import { followOrders } from './openOrders.ts'
import { type Canvas, follow, type OpenView, type Watching } from './view.ts'

interface Held {
  position: FuturesPosition
  /** The cover that was told last. */
  told?: string
}

/**
 * Open positions with the stop that covers each. The exchange tells them when they change in more
 * than their prices, so profit is counted here from the streamed mark price.
 */
export function positionsView(symbol: string | undefined): OpenView {
  return (watching) => {
    const { exchange, signal, changed } = watching
    const native = symbol === undefined ? undefined : exchange.normalizeSymbol(symbol)
    const isWanted = ({ nativeSymbol }: { nativeSymbol: string }): boolean =>
      native === undefined || nativeSymbol === native
    const held = new Map<string, Held>()
    const marks = followMarks(watching)
    const tellCover = (): void => {
      // Before the stops are known, no position is called naked.
      if (orders.isRead()) for (const each of held.values()) tell(each, orders.open(), watching)
      changed()
    }
    const orders = followOrders(watching, { isWanted, changed: tellCover, read: tellCover })
    const stream = exchange.watchPositions({ signal })
    void follow(stream, watching, (position) => {
      if (!isWanted(position)) return
      const key = `${position.nativeSymbol} ${position.side}`
      if (isZero(position.size)) {
        held.delete(key)
        tellClosed(position, watching)
      } else {
        held.set(key, { position })
      }
      marks.keep([...held.values()].map((each) => each.position.symbol))
      tellCover()
    })
    return {
      title: 'positions',
      statuses: () => [stream.status, orders.status(), ...marks.statuses()],
      async draw(canvas) {
        if (!orders.isRead() || stream.status === 'CONNECTING') return 'Reading positions …'
        const rows = [...held.values()].map(({ position }) => ({
          ...marked(position, marks.of(position.symbol)),
          ...coverageOf(position, orders.open()),
        }))
        return rows.length === 0 ? 'No open positions.' : picture(rows, canvas)
      },
    }
  }
}

/** A position, and again when its cover is another. */
function tell(held: Held, orders: readonly FuturesOrder[], { clock, changed }: Watching): void {
  const { position } = held
  const cover = coverageOf(position, orders)
  const words = `${cover.coverage} ${cover.stop ?? ''}`
  if (held.told === words) return
  held.told = words
  const row = { ...position, ...cover, stop: cover.stop ?? null }
  const { symbol, side, size, entryPrice, pnl } = position
  const stop = cover.stop === undefined ? '' : ` by ${cover.stop}`
  const text = `${symbol} ${side} ${size} entry ${entryPrice} profit ${signed(pnl)} ${cover.coverage}${stop}`
  changed({ row: withIsoTimes(row), text: `${isoTime(clock.now())} ${text}` })
}

function tellClosed(position: FuturesPosition, { clock, changed }: Watching): void {
  const { symbol, side } = position
  const row = { ...position, coverage: null, stop: null }
  changed({ row: withIsoTimes(row), text: `${isoTime(clock.now())} ${symbol} ${side} closed` })
}

async function picture(
  rows: readonly PositionRow[],
  { palette, columns }: Canvas,
): Promise<string> {
  const spare = ['liquidation', 'lev', 'entry', 'stop']
  const text = await fittingTable(COLUMNS, rows, { palette, width: columns, spare })
  const naked = rows.filter(({ coverage }) => coverage !== 'COVERED').length
  const cover = naked === 0 ? palette.green('all covered') : palette.red(`${naked} NOT covered`)
  const total = sum(rows.map(({ pnl }) => pnl))
  const paint = isPositive(total) ? palette.green : isZero(total) ? String : palette.red
  return `${text}\n\n${rows.length} open · ${cover} · ${paint(`profit ${signed(fixed(total, 2))}`)}`
}

/** The position at a newer mark price; contracts are linear, so profit is exact. */
function marked(position: FuturesPosition, mark: string | undefined): FuturesPosition {
  if (mark === undefined) return position
  const way = position.side === 'LONG' ? '1' : '-1'
  const moved = mul(mul(sub(mark, position.markPrice), position.size), way)
  const pnl = add(position.pnl, moved)
  return { ...position, markPrice: mark, pnl: fixed(pnl, 4) }
}

interface Marks {
  /** Follows these, and no others. */
  keep(symbols: readonly string[]): void
  of(symbol: string): string | undefined
  statuses(): Stream<unknown>['status'][]
}

function followMarks(watching: Watching): Marks {
  const { exchange, signal, changed } = watching
  const followed = new Map<string, { stream: Stream<Streamed<Ticker>>; mark?: string }>()
  const open = (symbol: string): void => {
    const stream = exchange.watchTicker(symbol, { signal })
    const entry: { stream: Stream<Streamed<Ticker>>; mark?: string } = { stream }
    followed.set(symbol, entry)
    const failed = (error: unknown): void => {
      // Closed by us, when the position was.
      if (followed.get(symbol) === entry) watching.failed(error)
    }
    void follow(stream, { signal, failed }, ({ markPrice }) => {
      entry.mark = markPrice
      changed()
    })
  }
  return {
    keep(symbols) {
      for (const [symbol, { stream }] of followed) {
        if (symbols.includes(symbol)) continue
        followed.delete(symbol)
        stream.close()
      }
      for (const symbol of symbols) if (!followed.has(symbol)) open(symbol)
    },
    of: (symbol) => followed.get(symbol)?.mark,
    statuses: () => [...followed.values()].map(({ stream }) => stream.status),
  }
}

/** Percentages are of the moment the exchange told them. */
const COLUMNS = positionColumns.filter(({ title }) => title !== '%')
