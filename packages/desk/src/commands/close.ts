import type { Command } from 'commander'
import { addExamples, withConnection } from '../command.ts'
import type { Connection } from '../connection.ts'
import { isProtective } from '../coverage.ts'
import type { Desk } from '../desk.ts'
import { addSendingOptions, type OrderCommandOptions, positionSideOption } from '../orderOptions.ts'
import { orderColumns } from '../output/orders.ts'
import { printResult } from '../output/print.ts'
import { table } from '../output/table.ts'
import { withIsoTimes } from '../output/times.ts'

export function addClose(parent: Command, desk: Desk): void {
  const command = parent
    .command('close')
    .argument('<symbol>')
    .addOption(positionSideOption())
    .option('--keep-orders', 'leaves the other orders of the symbol')
    .action((symbol: string, options: CloseOptions) => close(desk, symbol, options))
  addSendingOptions(command)
  addExamples(command, 'perpkit close BTCUSDT --plan', 'perpkit close BTCUSDT')
}

interface CloseOptions extends OrderCommandOptions {
  keepOrders?: boolean
}

async function close(desk: Desk, symbol: string, options: CloseOptions): Promise<void> {
  const [{ carryOut }, { planClose }] = await Promise.all([
    import('../plan/carryOut.ts'),
    import('../plan/planClose.ts'),
  ])
  await withConnection(desk, { ...options, isRescue: true }, async (connection) => {
    const plan = await planClose(connection, symbol, options)
    if (plan.orders.length === 0) {
      return printResult(
        desk,
        options,
        { symbol: plan.symbol, closed: false },
        () => `There is no open position of ${plan.symbol}.`,
      )
    }
    const result = await carryOut(desk, connection, options, plan)
    if (!result) return
    const cancelled = await removeLeftovers(connection, plan.symbol, options)
    const order = result.kind === 'ORDER' ? result.order : undefined
    const value = {
      symbol: plan.symbol,
      closed: true,
      ...(order && { order: withIsoTimes(order) }),
      cancelled,
    }
    await printResult(desk, options, value, async (palette) => {
      const orders = order ? [order] : []
      const closed = await table(orderColumns(desk.clock.now()), orders, palette)
      return cancelled === 0 ? closed : `${closed}\n${cancelled} protective orders removed.`
    })
  })
}

/** What protected a position that is gone; entries stay. Both are read again after the close. */
async function removeLeftovers(
  { exchange }: Connection,
  symbol: string,
  { keepOrders }: CloseOptions,
): Promise<number> {
  if (keepOrders || (await exchange.getPositionInfo(symbol)).length > 0) return 0
  const orders = (await exchange.getOpenOrders(symbol)).filter(isProtective)
  let cancelled = 0
  for (const { orderId } of orders) {
    if (await exchange.cancelOrder(symbol, orderId)) cancelled += 1
  }
  return cancelled
}
