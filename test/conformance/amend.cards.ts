import { expect } from 'vitest'
import { capabilitiesOf } from './capabilitiesOf.ts'
import { type Card, card } from './card.ts'
import { errorOf } from './errorOf.ts'

const SYMBOL = 'BTCUSDT'

function amendCard(id: string, title: string, play: Card['play']): Card {
  return card(id, title, play, (played) => capabilitiesOf(played).unsupported.amendOrder)
}

function conditionalCard(
  id: string,
  title: string,
  figure: 'quantity' | 'stopPrice',
  play: Card['play'],
): Card {
  return card(id, title, play, (played) => {
    const { amend, unsupported } = capabilitiesOf(played)
    if (amend.conditional.includes(figure)) return undefined
    return unsupported.amendOrder ?? `${figure} of a conditional order cannot be changed`
  })
}

export const amendCards = [
  amendCard('C-150', 'amend: price and quantity', async ({ exchange, truth }) => {
    const placed = await exchange.createLimitOrder(SYMBOL, 'BUY', '0.02', '59000')
    const { orderId } = placed
    const moved = await exchange.amendOrder({ symbol: SYMBOL, orderId, price: '58500' })
    expect(moved).toMatchObject({ status: 'NEW', price: '58500', quantity: '0.02' })
    const { orderId: id } = moved
    const cut = await exchange.amendOrder({ symbol: SYMBOL, orderId: id, quantity: '0.01' })
    expect(cut).toMatchObject({ status: 'NEW', price: '58500', quantity: '0.01' })
    const open = await exchange.getOpenOrders(SYMBOL)
    expect(open).toMatchObject([{ price: '58500', quantity: '0.01' }])
    const standing = (await truth()).orders.filter(({ status }) => status === 'NEW')
    expect(standing).toHaveLength(1)
  }),
  amendCard('C-151', 'amend: to what it is already', async ({ exchange }) => {
    const { orderId } = await exchange.createLimitOrder(SYMBOL, 'BUY', '0.02', '59000')
    const same = { symbol: SYMBOL, orderId, price: '59000', quantity: '0.02' }
    expect(await exchange.amendOrder(same)).toMatchObject({ orderId, price: '59000' })
  }),
  amendCard('C-152', 'amend: an order that has ended', async ({ exchange }) => {
    const { orderId } = await exchange.createLimitOrder(SYMBOL, 'BUY', '0.02', '59000')
    await exchange.cancelOrder(SYMBOL, orderId)
    const error = await errorOf(exchange.amendOrder({ symbol: SYMBOL, orderId, price: '58000' }))
    expect(error.code).toBe('ORDER_ENDED')
    expect(error.message).toContain('CANCELLED')
  }),
  amendCard('C-153', 'amend: figures that cannot be meant', async ({ exchange, truth }) => {
    const { orderId } = await exchange.createLimitOrder(SYMBOL, 'BUY', '0.02', '59000')
    const reference = { symbol: SYMBOL, orderId }
    expect((await errorOf(exchange.amendOrder(reference))).code).toBe('INVALID_ARGUMENT')
    const none = await errorOf(exchange.amendOrder({ ...reference, quantity: '0' }))
    expect(none.code).toBe('INVALID_ARGUMENT')
    const offTick = await errorOf(exchange.amendOrder({ ...reference, price: '59000.00001' }))
    expect(offTick.code).toBe('OFF_STEP')
    const trigger = await errorOf(exchange.amendOrder({ ...reference, stopPrice: '58000' }))
    expect(trigger.code).toBe('UNSUPPORTED')
    expect((await truth()).orders[0]).toMatchObject({ price: '59000', quantity: '0.02' })
  }),
  conditionalCard('C-154', 'amend: the trigger of a stop', 'stopPrice', async (stage) => {
    const { exchange, truth, price } = stage
    await exchange.createMarketOrder(SYMBOL, 'BUY', '0.02')
    const { orderId } = await exchange.createStopLossOrder({
      symbol: SYMBOL,
      side: 'SELL',
      quantity: '0.02',
      stopPrice: '58000',
    })
    const moved = await exchange.amendOrder({ symbol: SYMBOL, orderId, stopPrice: '59000' })
    expect(moved).toMatchObject({ status: 'PENDING', stopPrice: '59000', quantity: '0.02' })
    await price('58900')
    expect((await truth()).positions).toEqual([])
  }),
  conditionalCard('C-155', 'amend: the quantity of a stop', 'quantity', async (stage) => {
    const { exchange, truth } = stage
    await exchange.createMarketOrder(SYMBOL, 'BUY', '0.02')
    const { orderId } = await exchange.createStopLossOrder({
      symbol: SYMBOL,
      side: 'SELL',
      quantity: '0.02',
      stopPrice: '58000',
    })
    const cut = await exchange.amendOrder({ symbol: SYMBOL, orderId, quantity: '0.01' })
    expect(cut).toMatchObject({ status: 'PENDING', stopPrice: '58000', quantity: '0.01' })
    const waiting = (await truth()).conditionalOrders.filter(({ status }) => status === 'PENDING')
    expect(waiting).toMatchObject([{ quantity: '0.01' }])
  }),
  amendCard('C-156', 'amend: a lost answer ends in the truth', async (stage) => {
    const { exchange, simulator, truth } = stage
    const { orderId } = await exchange.createLimitOrder(SYMBOL, 'BUY', '0.02', '59000')
    await simulator.control.inject({ operation: 'amendOrder', kind: 'dropAfter', times: 1 })
    const moved = await exchange.amendOrder({ symbol: SYMBOL, orderId, price: '58500' })
    expect(moved).toMatchObject({ status: 'NEW', price: '58500' })
    const standing = (await truth()).orders.filter(({ status }) => status === 'NEW')
    expect(standing).toMatchObject([{ price: '58500', quantity: '0.02' }])
  }),
]
