import { ExchangeError, InsufficientMarginError, OrderNotFoundError } from 'perpkit'
import { expect } from 'vitest'
import { card } from './card.ts'
import { errorOf } from './errorOf.ts'

export const orderCards = [
  card('C-30', 'a market order resolves with its fill', async ({ exchange, truth, played }) => {
    const order = await exchange.createMarketOrder('BTC/USDT', 'BUY', '0.01')
    expect(order).toMatchObject({
      symbol: played.symbol,
      nativeSymbol: played.nativeSymbol,
      side: 'BUY',
      type: 'MARKET',
      quantity: '0.01',
      price: '0',
      status: 'FILLED',
      executedQty: '0.01',
    })
    expect(Math.abs(Number(order.averagePrice) - 60_000)).toBeLessThan(10)
    expect(order.clientOrderId).toMatch(/^[0-9a-z]{12,19}$/)
    expect(Object.keys(order)).not.toContain('raw')
    expect(order.raw).toBeDefined()
    const { orders, positions } = await truth()
    expect(orders).toHaveLength(1)
    expect(orders[0]).toMatchObject({ clientOrderId: order.clientOrderId, status: 'FILLED' })
    expect(positions[0]).toMatchObject({ side: 'LONG', size: '0.01' })
  }),
  card('C-31', 'awaitFill: false returns the acknowledgement', async ({ exchange, truth }) => {
    const order = await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01', { awaitFill: false })
    expect(order.orderId).not.toBe('')
    const creates = (await truth()).requests.filter((row) => row.operation === 'createOrder')
    expect(creates).toHaveLength(1)
  }),
  card('C-32', 'quantities are rounded down to the step', async ({ exchange }) => {
    const order = await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01009')
    expect(order.executedQty).toBe('0.01')
  }),
  card('C-33', 'reduce-only never opens and never flips', async ({ exchange, truth }) => {
    const flat = await errorOf(
      exchange.createMarketOrder('BTCUSDT', 'SELL', '0.01', { reduceOnly: true }),
    )
    expect(flat.code).toBe('REDUCE_ONLY_REJECTED')
    await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01')
    // Cut to the position, or refused: either way nothing is opened.
    const more = exchange.createMarketOrder('BTCUSDT', 'SELL', '0.05', { reduceOnly: true })
    const outcome = await more.then(
      () => 'cut',
      ({ code }) => code,
    )
    expect(['cut', 'REDUCE_ONLY_REJECTED']).toContain(outcome)
    const { positions } = await truth()
    expect(positions.map(({ side }) => side)).toEqual(outcome === 'cut' ? [] : ['LONG'])
  }),
  card('C-34', 'a limit order rests, is listed, and is cancelled once', async ({ exchange }) => {
    const order = await exchange.createLimitOrder('BTCUSDT', 'BUY', '0.02', '59000')
    expect(order).toMatchObject({
      type: 'LIMIT',
      status: 'NEW',
      price: '59000',
      timeInForce: 'GTC',
    })
    const open = await exchange.getOpenOrders('BTCUSDT')
    expect(open.map(({ orderId }) => orderId)).toEqual([order.orderId])
    expect(await exchange.getOpenOrders()).toHaveLength(1)
    expect(await exchange.cancelOrder('BTCUSDT', order.orderId)).toBe(true)
    expect(await exchange.cancelOrder('BTCUSDT', order.orderId)).toBe(false)
    const ended = await exchange.getOrder({ symbol: 'BTCUSDT', orderId: order.orderId })
    expect(ended).toMatchObject({ status: 'CANCELLED', executedQty: '0' })
    expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
  }),
  card('C-35', 'a limit order fills when the market comes', async ({ exchange, price }) => {
    const order = await exchange.createLimitOrder('BTCUSDT', 'BUY', '0.02', '59000')
    await price('58900')
    const filled = await exchange.getOrder({ symbol: 'BTCUSDT', orderId: order.orderId })
    expect(filled).toMatchObject({ status: 'FILLED', executedQty: '0.02', averagePrice: '59000' })
    const [position] = await exchange.getPositionInfo('BTCUSDT')
    expect(position).toMatchObject({ side: 'LONG', size: '0.02', entryPrice: '59000' })
  }),
  card(
    'C-36',
    'post-only that would trade is refused the same way everywhere',
    async ({ exchange, truth }) => {
      const error = await errorOf(
        exchange.createLimitOrder('BTCUSDT', 'BUY', '0.01', '60100', { timeInForce: 'GTX' }),
      )
      expect(error).toBeInstanceOf(ExchangeError)
      expect(error.code).toBe('WOULD_NOT_REST')
      expect((await truth()).positions).toEqual([])
      const rests = await exchange.createLimitOrder('BTCUSDT', 'BUY', '0.01', '59900', {
        timeInForce: 'GTX',
      })
      expect(rests).toMatchObject({ status: 'NEW', timeInForce: 'GTX' })
    },
  ),
  card('C-37', 'immediate-or-cancel keeps what it got and ends EXPIRED', async ({ exchange }) => {
    const miss = await exchange.createLimitOrder('BTCUSDT', 'BUY', '0.01', '59000', {
      timeInForce: 'IOC',
    })
    expect(miss).toMatchObject({ status: 'EXPIRED', executedQty: '0' })
    const { asks } = await exchange.getOrderBook('BTCUSDT', { depth: 1 })
    const [[price, quantity] = ['0', '0']] = asks
    const more = await exchange.roundQuantity(Number(quantity) + 1, 'BTCUSDT')
    const part = await exchange.createLimitOrder('BTCUSDT', 'BUY', more, price, {
      timeInForce: 'IOC',
    })
    expect(part).toMatchObject({ status: 'EXPIRED', executedQty: quantity, averagePrice: price })
  }),
  card('C-38', 'a part-filled limit order says how much', async ({ exchange }) => {
    const { asks } = await exchange.getOrderBook('BTCUSDT', { depth: 1 })
    const [[price, quantity] = ['0', '0']] = asks
    const more = await exchange.roundQuantity(Number(quantity) + 1, 'BTCUSDT')
    const order = await exchange.createLimitOrder('BTCUSDT', 'BUY', more, price)
    expect(order).toMatchObject({ status: 'PARTIALLY_FILLED', executedQty: quantity })
    expect(await exchange.cancelOrder('BTCUSDT', order.orderId)).toBe(true)
  }),
  card('C-39', 'fill-or-kill fills whole or not at all', async ({ exchange, truth }) => {
    const error = await errorOf(
      exchange.createLimitOrder('BTCUSDT', 'BUY', '0.01', '59000', { timeInForce: 'FOK' }),
    )
    expect(error.code).toBe('WOULD_NOT_REST')
    expect((await truth()).fills).toEqual([])
    const whole = await exchange.createLimitOrder('BTCUSDT', 'BUY', '0.01', '60100', {
      timeInForce: 'FOK',
    })
    expect(whole).toMatchObject({ status: 'FILLED', executedQty: '0.01' })
  }),
  card('C-40', 'an order is found by its client order id', async ({ exchange }) => {
    const clientOrderId = '1234567890123'
    const placed = await exchange.createLimitOrder('BTCUSDT', 'BUY', '0.01', '59000', {
      clientOrderId,
    })
    expect(placed.clientOrderId).toBe(clientOrderId)
    const found = await exchange.getOrder({ symbol: 'BTCUSDT', clientOrderId })
    expect(found.orderId).toBe(placed.orderId)
  }),
  card('C-41', 'an order never seen is OrderNotFoundError', async ({ exchange }) => {
    for (const orderId of ['123456789', 'algo:123456789']) {
      await expect(exchange.getOrder({ symbol: 'BTCUSDT', orderId })).rejects.toBeInstanceOf(
        OrderNotFoundError,
      )
      await expect(exchange.cancelOrder('BTCUSDT', orderId)).rejects.toBeInstanceOf(
        OrderNotFoundError,
      )
    }
  }),
  card('C-42', 'an order the account cannot carry', async ({ exchange }) => {
    await exchange.setLeverage('BTCUSDT', 1)
    const error = await errorOf(exchange.createMarketOrder('BTCUSDT', 'BUY', '50'))
    expect(error).toBeInstanceOf(InsufficientMarginError)
  }),
  card(
    'C-43',
    'cancel-all takes plain and conditional orders of the symbol',
    async ({ exchange, truth }) => {
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.01')
      await exchange.createLimitOrder('BTCUSDT', 'BUY', '0.01', '59000')
      await exchange.createLimitOrder('ETHUSDT', 'BUY', '0.1', '2900')
      const request = { symbol: 'BTCUSDT', side: 'SELL', quantity: '0.01' } as const
      await exchange.createStopLossOrder({ ...request, stopPrice: '58000' })
      await exchange.createTakeProfitOrder({ ...request, stopPrice: '62000' })
      expect(await exchange.getOpenOrders('BTCUSDT')).toHaveLength(3)
      expect(await exchange.cancelAllOrders('BTCUSDT')).toBe(true)
      expect(await exchange.getOpenOrders('BTCUSDT')).toEqual([])
      expect(await exchange.getOpenOrders()).toHaveLength(1)
      const { conditionalOrders } = await truth()
      expect(conditionalOrders.map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED'])
      expect(await exchange.cancelAllOrders('BTCUSDT')).toBe(true)
    },
  ),
  card(
    'C-44',
    'closePosition closes, and says undefined when flat',
    async ({ exchange, truth }) => {
      expect(await exchange.closePosition('BTCUSDT')).toBeUndefined()
      await exchange.createMarketOrder('BTCUSDT', 'SELL', '0.03')
      const order = await exchange.closePosition('BTCUSDT')
      expect(order).toMatchObject({ side: 'BUY', status: 'FILLED', executedQty: '0.03' })
      expect((await truth()).positions).toEqual([])
    },
  ),
  card(
    'C-45',
    'closePosition succeeds although a reduce-only limit order rests',
    async ({ exchange, truth }) => {
      await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.03')
      await exchange.createLimitOrder('BTCUSDT', 'SELL', '0.03', '61000', { reduceOnly: true })
      expect(await exchange.closePosition('BTCUSDT')).toMatchObject({ status: 'FILLED' })
      expect((await truth()).positions).toEqual([])
    },
  ),
]
