import type { BookMessage, UserContext } from '../../client/definition.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'

// What the stream tests of this folder and of the two below it share.

export const instrument: Instrument = {
  symbol: 'BTCUSDT',
  nativeSymbol: 'BTCUSDT',
  baseAsset: 'BTC',
  quoteAsset: 'USDT',
  settleAsset: 'USDT',
  isTrading: true,
  tickSize: '0.1',
  stepSize: '0.0001',
  minQuantity: '0.0001',
  maxQuantity: '1200',
  maxMarketQuantity: '220',
  minNotional: '5',
  contractMultiplier: '1',
}

/** Knows these orders, and no symbol by another name. */
export function knowing(...orders: readonly FuturesOrder[]): UserContext {
  return {
    instruments: { byNative: () => undefined, symbolOf: (name) => name },
    receivedAt: 0,
    orderById: (orderId) => orders.find((order) => order.orderId === orderId),
    ordersByClientId: (id) => orders.filter(({ clientOrderId }) => clientOrderId === id),
  }
}

/** A message as the book is given it. */
export function steps(
  messages: readonly (BookMessage | undefined)[],
  follows: (last: number, diff: BookMessage) => string,
): string[] {
  let last = 0
  return messages.map((message) => {
    if (!message) return 'nothing'
    const step = message.kind === 'snapshot' ? 'snapshot' : follows(last, message)
    if (step === 'snapshot' || step === 'next') last = message.last
    return step
  })
}
