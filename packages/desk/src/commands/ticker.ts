import type { Command } from 'commander'
import type { Ticker } from 'perpkit'
import {
  addConnectionOptions,
  addExamples,
  addPrintOptions,
  type CommonOptions,
  withConnection,
} from '../command.ts'
import type { Desk } from '../desk.ts'
import { fixed, mul } from '../numbers.ts'
import { printResult } from '../output/print.ts'
import { type Column, table } from '../output/table.ts'
import { shownTime, withIsoTimes } from '../output/times.ts'

export function addTicker(parent: Command, desk: Desk): void {
  const command = parent
    .command('ticker')
    .argument('<symbols...>', 'BTCUSDT, BTC/USDT or the native form')
    .action(async (symbols: string[], options: CommonOptions) => {
      const tickers = await withConnection(desk, options, ({ exchange }) =>
        Promise.all(symbols.map((symbol) => exchange.getTicker(symbol))),
      )
      const now = desk.clock.now()
      await printResult(desk, options, tickers.map(withIsoTimes), (palette) =>
        table(columnsAt(now), tickers, palette),
      )
    })
  addPrintOptions(addConnectionOptions(command))
  addExamples(
    command,
    'perpkit ticker BTCUSDT',
    'perpkit ticker BTCUSDT ETHUSDT',
    'perpkit ticker BTC/USDT --json --fields symbol,markPrice',
  )
}

function columnsAt(now: number): Column<Ticker>[] {
  return [
    { title: 'symbol', value: ({ symbol }) => symbol },
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
