import type { FuturesOrder } from 'perpkit'
import type { Column } from './table.ts'
import { shownTime } from './times.ts'

/** Orders as a table. */
export function orderColumns(now: number, isUtc = false): Column<FuturesOrder>[] {
  return [
    { title: 'symbol', value: ({ symbol }) => symbol },
    { title: 'type', value: ({ type }) => type },
    {
      title: 'side',
      value: ({ side }) => side,
      tone: (text, { green, red }) => (text === 'BUY' ? green(text) : red(text)),
    },
    {
      title: 'quantity',
      align: 'decimal',
      value: ({ quantity, closePosition }) =>
        closePosition || quantity === '0' ? 'all' : quantity,
    },
    { title: 'price', align: 'decimal', value: priceText },
    { title: 'filled', align: 'decimal', value: ({ executedQty }) => executedQty },
    { title: 'average', align: 'decimal', value: ({ averagePrice }) => averagePrice },
    {
      title: 'status',
      value: ({ status }) => status,
      tone: (text, { green, red }) =>
        text === 'FILLED' ? green(text) : text === 'REJECTED' ? red(text) : text,
    },
    { title: 'reduce', value: ({ reduceOnly }) => (reduceOnly ? 'only' : '') },
    { title: 'order id', value: ({ orderId }) => orderId },
    { title: 'client order id', value: ({ clientOrderId }) => clientOrderId },
    { title: 'placed', value: ({ createdAt }) => shownTime(createdAt, now, isUtc) },
  ]
}

function priceText({ price, stopPrice, type }: FuturesOrder): string | undefined {
  if (stopPrice !== undefined && type !== 'LIMIT') return stopPrice
  return price === '0' ? undefined : price
}
