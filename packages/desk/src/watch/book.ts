import type { Level, OrderBook, Streamed } from 'perpkit'
import { add, compare, div, fixed, isZero, mul, sub } from '../numbers.ts'
import type { Column } from '../output/table.ts'
import { isoTime, withIsoTimes } from '../output/times.ts'
import { fittingTable } from '../screen/fit.ts'
import { follow, type OpenView } from './view.ts'

interface Row {
  side: 'ask' | 'bid'
  price: string
  quantity: string
  total: string
  bar: string
}

const BAR = 24

export function bookView(symbol: string, depth: number): OpenView {
  return (watching) => {
    const { exchange, signal, changed } = watching
    let book: Streamed<OrderBook> | undefined
    const stream = exchange.watchOrderBook(symbol, { depth, signal })
    void follow(stream, watching, (next) => {
      book = next
      changed({ row: withIsoTimes(next), text: lineOf(next) })
    })
    return {
      title: 'book',
      statuses: () => [stream.status],
      async draw({ palette, columns, rows }) {
        if (!book) return ''
        // Best prices in the middle: with no room for all, the far ones go.
        const room = Math.max(1, Math.floor((rows - 4) / 2))
        const [asks, bids] = [book.asks.slice(0, room), book.bids.slice(0, room)]
        const most = [...summed(asks, 'ask'), ...summed(bids, 'bid')].reduce(
          (largest, { total }) => (compare(total, largest) > 0 ? total : largest),
          '0',
        )
        const lines = [...summed(asks, 'ask').reverse(), ...summed(bids, 'bid')].map((row) => ({
          ...row,
          bar: barOf(row.total, most),
        }))
        const text = await fittingTable(COLUMNS, lines, { palette, width: columns, spare: [''] })
        return `${palette.bold(book.symbol)}${spreadOf(book)}\n${text}`
      },
    }
  }
}

function summed(levels: readonly Level[], side: Row['side']): Row[] {
  let total = '0'
  return levels.map(([price, quantity]) => {
    total = add(total, quantity)
    return { side, price, quantity, total, bar: '' }
  })
}

function barOf(total: string, most: string): string {
  if (isZero(most)) return ''
  return '▆'.repeat(Math.max(1, Number(fixed(mul(div(total, most), String(BAR)), 0))))
}

function spreadOf({ bids: [bid], asks: [ask] }: OrderBook): string {
  return bid && ask ? ` · spread ${sub(ask[0], bid[0])}` : ''
}

function lineOf({ symbol, bids: [bid], asks: [ask], timestamp }: Streamed<OrderBook>): string {
  const show = (level: Level | undefined): string => (level ? `${level[0]} × ${level[1]}` : '–')
  return `${isoTime(timestamp)} ${symbol} bid ${show(bid)} ask ${show(ask)}`
}

const COLUMNS: readonly Column<Row>[] = [
  {
    title: 'side',
    value: ({ side }) => side,
    tone: (text, { green, red }) => (text === 'bid' ? green(text) : red(text)),
  },
  { title: 'price', align: 'decimal', value: ({ price }) => price },
  { title: 'quantity', align: 'decimal', value: ({ quantity }) => fixed(quantity, 4) },
  { title: 'total', align: 'decimal', value: ({ total }) => fixed(total, 4) },
  { title: '', value: ({ bar }) => bar, tone: (text, { dim }) => dim(text) },
]
