import type { FuturesOrder } from 'perpkit'
import { orderColumns } from '../output/orders.ts'
import { isoTime, withIsoTimes } from '../output/times.ts'
import { fittingTable } from '../screen/fit.ts'
import { followOrders } from './openOrders.ts'
import type { OpenView } from './view.ts'

export function ordersView(symbol: string | undefined): OpenView {
  return (watching) => {
    const { exchange, clock, changed } = watching
    const native = symbol === undefined ? undefined : exchange.normalizeSymbol(symbol)
    const orders = followOrders(watching, {
      isWanted: ({ nativeSymbol }) => native === undefined || nativeSymbol === native,
      changed: (order) => changed({ row: withIsoTimes(order), text: lineOf(order, clock.now()) }),
      read: () => changed(),
    })
    return {
      title: 'orders',
      statuses: () => [orders.status()],
      async draw({ palette, now, columns }) {
        if (!orders.isRead()) return 'Reading open orders …'
        const [open, ended] = [orders.open(), orders.ended()]
        const spare = ['client order id', 'reduce', 'placed', 'average', 'order id', 'filled']
        const show = (rows: readonly FuturesOrder[]): Promise<string> =>
          fittingTable(orderColumns(now), rows, { palette, width: columns, spare })
        const parts = [open.length === 0 ? 'No open orders.' : await show(open)]
        if (ended.length > 0) parts.push(`${palette.dim('ended')}\n${await show(ended)}`)
        return parts.join('\n\n')
      },
    }
  }
}

function lineOf(order: FuturesOrder, now: number): string {
  const { symbol, type, side, quantity, stopPrice, price, status, executedQty, orderId } = order
  const at = stopPrice ?? (price === '0' ? 'market' : price)
  const words = [symbol, type, side, quantity, `at ${at}`, status, `filled ${executedQty}`, orderId]
  return `${isoTime(order.updatedAt ?? now)} ${words.join(' ')}`
}
