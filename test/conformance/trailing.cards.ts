import { expect } from 'vitest'
import { capabilitiesOf } from './capabilitiesOf.ts'
import { type Card, card } from './card.ts'
import { errorOf } from './errorOf.ts'

const LONG = { symbol: 'BTCUSDT', side: 'SELL', quantity: '0.01', triggerSource: 'LAST' } as const

function trailingCard(id: string, title: string, play: Card['play']): Card {
  return card(id, title, play, (played) =>
    capabilitiesOf(played).trailing ? undefined : 'the exchange has no trailing stops',
  )
}

export const trailingCards = [
  trailingCard('C-130', 'a trailing stop follows the price up', async (stage) => {
    const { exchange, price, truth } = stage
    await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01')
    const order = await exchange.createTrailingStopOrder({ ...LONG, callbackRate: '0.01' })
    expect(order).toMatchObject({ type: 'TRAILING_STOP_MARKET', side: 'SELL', status: 'PENDING' })
    await price('63000')
    await price('62500')
    expect((await truth()).positions).toHaveLength(1)
    await price('62300')
    expect((await truth()).positions).toEqual([])
    const ended = await exchange.getOrder({ symbol: 'BTCUSDT', orderId: order.orderId })
    expect(ended).toMatchObject({ status: 'FILLED', executedQty: '0.01' })
  }),
  card(
    'C-131',
    'a trailing stop of a short, from a price on',
    async (stage) => {
      const { exchange, price, truth } = stage
      await exchange.createMarketOrder('BTCUSDT', 'SELL', '0.01')
      await exchange.createTrailingStopOrder({
        ...LONG,
        side: 'BUY',
        callbackRate: 0.02,
        activationPrice: '58000',
      })
      // Not active yet: two per cent up is nothing.
      await price('61500')
      expect((await truth()).positions).toHaveLength(1)
      await price('57000')
      await price('58200')
      expect((await truth()).positions).toEqual([])
    },
    (played) =>
      capabilitiesOf(played).trailing?.activationPrice
        ? undefined
        : 'trailing stops follow from the moment they are placed, or there are none',
  ),
  trailingCard('C-132', 'a callback rate outside what there is', async ({ exchange, truth }) => {
    await exchange.getInstruments()
    const before = (await truth()).requests.length
    for (const callbackRate of ['0.00000001', '1.5', '-1', 'x']) {
      const error = await errorOf(exchange.createTrailingStopOrder({ ...LONG, callbackRate }))
      expect(error.code).toBe('INVALID_ARGUMENT')
      expect(error.message).toContain('callbackRate')
    }
    expect((await truth()).requests.length).toBe(before)
  }),
  trailingCard('C-133', 'a trailing stop is listed and cancelled', async ({ exchange, truth }) => {
    await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01')
    const order = await exchange.createTrailingStopOrder({ ...LONG, callbackRate: '0.01' })
    const open = await exchange.getOpenOrders('BTCUSDT')
    expect(open.map(({ orderId }) => orderId)).toEqual([order.orderId])
    expect(await exchange.cancelOrder('BTCUSDT', order.orderId)).toBe(true)
    expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
    const { conditionalOrders } = await truth()
    expect(conditionalOrders.map(({ status }) => status)).toEqual(['CANCELLED'])
  }),
]
