import { type Command, InvalidArgumentError } from 'commander'
import { addConnectionOptions, addExamples, addPrintOptions } from '../command.ts'
import type { Desk } from '../desk.ts'
import type { WatchOptions } from '../watch/run.ts'
import type { OpenView } from '../watch/view.ts'

export function addWatch(parent: Command, desk: Desk): void {
  const group = parent.command('watch')
  const run = async (options: WatchOptions, open: OpenView): Promise<void> => {
    const { watch } = await import('../watch/run.ts')
    await watch(desk, options, open)
  }
  addWatchPositions(group, run)
  addWatchOrders(group, run)
  addWatchBook(group, run)
  addWatchTicker(group, run)
}

type Run = (options: WatchOptions, open: OpenView) => Promise<void>

function addWatchPositions(group: Command, run: Run): void {
  const command = group
    .command('positions')
    .alias('pos')
    .description('Open positions, their profit and the stop that covers each')
    .argument('[symbol]', 'only this one')
    .action(async (symbol: string | undefined, options: WatchOptions) => {
      const { positionsView } = await import('../watch/positions.ts')
      await run(options, positionsView(symbol))
    })
  addWatchOptions(command)
  addExamples(command, 'perpkit watch positions', 'perpkit watch positions --json')
}

function addWatchOrders(group: Command, run: Run): void {
  const command = group
    .command('orders')
    .description('Open orders, plain and conditional, and how they end')
    .argument('[symbol]', 'only of this one')
    .action(async (symbol: string | undefined, options: WatchOptions) => {
      const { ordersView } = await import('../watch/orders.ts')
      await run(options, ordersView(symbol))
    })
  addWatchOptions(command)
  addExamples(command, 'perpkit watch orders', 'perpkit watch orders BTCUSDT --json')
}

function addWatchBook(group: Command, run: Run): void {
  const command = group
    .command('book')
    .description('The order book, best prices in the middle')
    .argument('<symbol>')
    .option('--depth <levels>', 'a side', readCount, 10)
    .action(async (symbol: string, options: WatchOptions & { depth: number }) => {
      const { bookView } = await import('../watch/book.ts')
      await run(options, bookView(symbol, options.depth))
    })
  addWatchOptions(command)
  addExamples(
    command,
    'perpkit watch book BTCUSDT',
    'perpkit watch book BTCUSDT --depth 5 --json --count 1',
  )
}

function addWatchTicker(group: Command, run: Run): void {
  const command = group
    .command('ticker')
    .alias('px')
    .description('Prices of one symbol or several')
    .argument('<symbols...>')
    .action(async (symbols: string[], options: WatchOptions) => {
      const { tickerView } = await import('../watch/ticker.ts')
      await run(options, tickerView(symbols))
    })
  addWatchOptions(command)
  addExamples(
    command,
    'perpkit watch ticker BTCUSDT ETHUSDT',
    'perpkit watch ticker BTCUSDT --json --fields symbol,price --count 1',
  )
}

function addWatchOptions(command: Command): void {
  addPrintOptions(addConnectionOptions(command))
  command.option('--count <changes>', 'ends after so many', readCount)
}

function readCount(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count > 0) return count
  throw new InvalidArgumentError('It is a whole number above 0.')
}
