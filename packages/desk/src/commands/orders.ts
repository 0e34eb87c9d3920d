import { type Command, InvalidArgumentError } from 'commander'
import type { FuturesExchange, FuturesOrder } from 'perpkit'
import {
  addConnectionOptions,
  addExamples,
  addPrintOptions,
  type CommonOptions,
  withConnection,
} from '../command.ts'
import type { Desk } from '../desk.ts'
import { usageError } from '../output/failure.ts'
import { orderColumns } from '../output/orders.ts'
import { printResult } from '../output/print.ts'
import { type Column, table } from '../output/table.ts'
import { withIsoTimes } from '../output/times.ts'
import { readTime } from '../times.ts'
import type { Unsettled } from '../unsettled.ts'

interface OrdersOptions extends CommonOptions {
  id?: string
  order?: string
  since?: string
  limit?: number
  utc?: boolean
  unknown?: boolean
}

export function addOrders(parent: Command, desk: Desk): void {
  const command = parent
    .command('orders')
    .argument('[symbol]', 'only of this one; needed with --id, --order and --since')
    .option('--id <client order id>', 'this one: it asks again what became of it')
    .option('--order <order id>', 'this one')
    .option('--since <time>', 'those that have ended, from 2d, 12h or a date on')
    .option('--limit <number>', 'the newest of them', readLimit)
    .option('--utc', 'times as dates')
    .option('--unknown', 'asks for those whose fate was never learned; with --key')
    .action(async (symbol: string | undefined, options: OrdersOptions) => {
      if (options.unknown) return showUnknown(desk, options)
      const now = desk.clock.now()
      const orders = await withConnection(desk, options, ({ exchange }) =>
        find(exchange, symbol, options, now),
      )
      const isOne = options.id !== undefined || options.order !== undefined
      const rows = orders.map(withIsoTimes)
      await printResult(desk, options, isOne ? rows[0] : rows, (palette) =>
        orders.length === 0
          ? 'No such orders.'
          : table(orderColumns(now, options.utc), orders, palette),
      )
    })
  addPrintOptions(addConnectionOptions(command))
  addExamples(
    command,
    'perpkit orders',
    'perpkit orders BTCUSDT --json --fields orderId,side,stopPrice',
    'perpkit orders BTCUSDT --since 2d --limit 20',
    { line: 'perpkit orders BTCUSDT --id 1234567', exitCode: 1 },
  )
}

/** Orders a command was cut off from, or lost the answer of. */
async function showUnknown(desk: Desk, options: OrdersOptions): Promise<void> {
  const { askForUnsettled } = await import('../unsettled.ts')
  const found = await withConnection(desk, options, askForUnsettled)
  await printResult(desk, options, found, (palette) =>
    found.length === 0
      ? 'The fate of every order is known.'
      : table(UNKNOWN_COLUMNS, found, palette),
  )
}

const UNKNOWN_COLUMNS: readonly Column<Unsettled>[] = [
  { title: 'symbol', value: ({ symbol }) => symbol },
  { title: 'action', value: ({ action }) => action },
  { title: 'client order id', value: ({ clientOrderId }) => clientOrderId },
  { title: 'found', value: ({ found }) => found },
]

async function find(
  exchange: FuturesExchange,
  symbol: string | undefined,
  { id, order, since, limit }: OrdersOptions,
  now: number,
): Promise<FuturesOrder[]> {
  if (id === undefined && order === undefined && since === undefined) {
    const open = await exchange.getOpenOrders(symbol)
    return limit === undefined ? open : open.slice(-limit)
  }
  if (symbol === undefined) {
    throw usageError('the symbol is needed', 'Exchanges look orders up by it.')
  }
  if (since !== undefined) {
    const startTime = readTime(since, now)
    return exchange.getOrderHistory(symbol, { startTime, ...(limit !== undefined && { limit }) })
  }
  const reference = order === undefined ? { clientOrderId: id ?? '' } : { orderId: order }
  return [await exchange.getOrder({ symbol, ...reference })]
}

function readLimit(text: string): number {
  const limit = Number(text)
  if (Number.isInteger(limit) && limit > 0) return limit
  throw new InvalidArgumentError('It is a whole number above 0.')
}
