import type { Command } from 'commander'
import type { FuturesExchange } from 'perpkit'
import { addExamples, withConnection } from '../command.ts'
import { isProtective } from '../coverage.ts'
import type { Desk } from '../desk.ts'
import { addSendingOptions, type OrderCommandOptions } from '../orderOptions.ts'
import { DeskError, EXIT, usageError } from '../output/failure.ts'
import { printResult, tell } from '../output/print.ts'
import { confirmWord } from '../plan/confirm.ts'
import { withWayBack } from '../plan/wayBack.ts'

interface CancelOptions extends OrderCommandOptions {
  order?: string
  all?: boolean
}

interface Cancelled {
  orderId: string
  /** `false`: it had ended before. */
  cancelled: boolean
}

export function addCancel(parent: Command, desk: Desk): void {
  const command = parent
    .command('cancel')
    .argument('<symbol>')
    .option('--order <order id>', 'this one')
    .option('--id <client order id>', 'this one')
    .option('--all', 'every order of the symbol, stops too')
    .action(async (symbol: string, options: CancelOptions) => {
      await withConnection(desk, { ...options, isRescue: true }, async (connection) => {
        const { exchange } = connection
        const ids = await chosen(exchange, symbol, options)
        const isStripping = await isLeavingNaked(exchange, symbol, ids)
        if (isStripping) tell(desk, 'A position is open, and a stop of it is among these.')
        if (options.plan) {
          return printResult(desk, options, { symbol, cancel: ids }, () =>
            ids.length === 0 ? 'There is nothing to cancel.' : `Would cancel ${ids.join(', ')}.`,
          )
        }
        if (connection.place === 'LIVE' && isStripping) {
          await confirmWord(desk, options, 'take the stop away', symbol)
        }
        try {
          const results = await desk.interrupts.guard(() => cancel(exchange, symbol, ids, options))
          await printResult(desk, options, results, () => show(results))
        } catch (error) {
          throw await withWayBack(error, connection, symbol)
        }
      })
    })
  addSendingOptions(command)
  addExamples(command, 'perpkit cancel BTCUSDT --all --plan', 'perpkit cancel BTCUSDT --all', {
    line: 'perpkit cancel BTCUSDT --order 1234567',
    exitCode: EXIT.REFUSED,
  })
}

async function chosen(
  exchange: FuturesExchange,
  symbol: string,
  { order, id, all }: CancelOptions,
): Promise<string[]> {
  if ([order, id, all].filter((given) => given !== undefined).length !== 1) {
    throw usageError('which orders is not said', 'Give one of --order, --id and --all.')
  }
  if (order !== undefined) return [order]
  if (id !== undefined) return [(await exchange.getOrder({ symbol, clientOrderId: id })).orderId]
  return (await exchange.getOpenOrders(symbol)).map(({ orderId }) => orderId)
}

async function isLeavingNaked(
  exchange: FuturesExchange,
  symbol: string,
  ids: readonly string[],
): Promise<boolean> {
  const [positions, orders] = await Promise.all([
    exchange.getPositionInfo(symbol),
    exchange.getOpenOrders(symbol),
  ])
  const going = orders.filter(({ orderId }) => ids.includes(orderId))
  return positions.length > 0 && going.some(isProtective)
}

async function cancel(
  exchange: FuturesExchange,
  symbol: string,
  ids: readonly string[],
  { all }: CancelOptions,
): Promise<Cancelled[]> {
  if (all) {
    const isDone = await exchange.cancelAllOrders(symbol)
    if (isDone) return ids.map((orderId) => ({ orderId, cancelled: true }))
    throw new DeskError(
      EXIT.REFUSED,
      'ORDERS_LEFT',
      `orders of ${symbol} are left`,
      `Look with perpkit orders ${symbol}, and run it again.`,
    )
  }
  const results: Cancelled[] = []
  for (const orderId of ids) {
    results.push({ orderId, cancelled: await exchange.cancelOrder(symbol, orderId) })
  }
  return results
}

function show(results: readonly Cancelled[]): string {
  if (results.length === 0) return 'There was nothing to cancel.'
  return results
    .map(({ orderId, cancelled }) =>
      cancelled ? `Cancelled ${orderId}.` : `${orderId} had already ended.`,
    )
    .join('\n')
}
