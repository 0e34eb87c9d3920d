import type { Streamed, Ticker } from 'perpkit'
import { compare, fixed, mul } from '../numbers.ts'
import type { Column } from '../output/table.ts'
import { isoTime, shownTime, withIsoTimes } from '../output/times.ts'
import { fittingTable } from '../screen/fit.ts'
import { follow, type OpenView } from './view.ts'

interface Row extends Ticker {
  /** Which way the last price went. */
  way: '▲' | '▼' | ''
}

export function tickerView(symbols: readonly string[]): OpenView {
  return (watching) => {
    const { exchange, signal, changed } = watching
    const rows = new Map<string, Row>()
    const streams = symbols.map((symbol) => {
      const stream = exchange.watchTicker(symbol, { signal })
      void follow(stream, watching, (ticker) => {
        rows.set(symbol, { ...ticker, way: wayOf(rows.get(symbol), ticker) })
        changed({ row: withIsoTimes(ticker), text: lineOf(ticker) })
      })
      return stream
    })
    return {
      title: 'ticker',
      statuses: () => streams.map(({ status }) => status),
      draw: ({ palette, now, columns }) => {
        const shown = symbols.flatMap((symbol) => rows.get(symbol) ?? [])
        const spare = ['funding', 'index', 'as of', 'mark']
        return fittingTable(columnsAt(now), shown, { palette, width: columns, spare })
      },
    }
  }
}

function wayOf(before: Row | undefined, { price }: Ticker): Row['way'] {
  if (!before) return ''
  const order = compare(price, before.price)
  return order > 0 ? '▲' : order < 0 ? '▼' : before.way
}

function lineOf(ticker: Streamed<Ticker>): string {
  const { symbol, price, bidPrice, askPrice, markPrice, timestamp } = ticker
  return `${isoTime(timestamp)} ${symbol} last ${price} bid ${bidPrice} ask ${askPrice} mark ${markPrice}`
}

function columnsAt(now: number): Column<Row>[] {
  return [
    { title: 'symbol', value: ({ symbol }) => symbol },
    {
      title: '',
      value: ({ way }) => way || ' ',
      tone: (text, { green, red }) => (text === '▲' ? green(text) : red(text)),
    },
    { title: 'last', align: 'decimal', value: ({ price }) => price },
    { title: 'bid', align: 'decimal', value: ({ bidPrice }) => bidPrice },
    { title: 'ask', align: 'decimal', value: ({ askPrice }) => askPrice },
    { title: 'mark', align: 'decimal', value: ({ markPrice }) => markPrice },
    { title: 'index', align: 'decimal', value: ({ indexPrice }) => indexPrice },
    {
      title: 'funding',
      align: 'decimal',
      value: ({ fundingRate }) => fundingRate && `${fixed(mul(fundingRate, '100'), 4)}%`,
    },
    { title: 'as of', value: ({ timestamp }) => shownTime(timestamp, now) },
  ]
}
