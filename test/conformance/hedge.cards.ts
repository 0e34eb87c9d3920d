import type { FuturesExchange } from 'perpkit'
import { expect } from 'vitest'
import type { Stage } from '../support/stage.ts'
import { noHedge } from './capabilitiesOf.ts'
import { type Card, card } from './card.ts'
import { errorOf } from './errorOf.ts'

const SYMBOL = 'BTCUSDT'

/** A card in hedge mode. */
function hedgeCard(id: string, title: string, play: Card['play']): Card {
  return card(
    id,
    title,
    async (stage) => {
      await stage.exchange.setPositionMode('HEDGE')
      await play(stage)
    },
    noHedge,
  )
}

async function openBoth(exchange: FuturesExchange): Promise<void> {
  await exchange.createMarketOrder(SYMBOL, 'BUY', '0.03')
  await exchange.createMarketOrder(SYMBOL, 'SELL', '0.02')
}

async function sizes({ truth }: Stage): Promise<Record<string, string>> {
  const { positions } = await truth()
  return Object.fromEntries(positions.map(({ side, size }) => [side, size]))
}

export const hedgeCards = [
  hedgeCard('C-110', 'hedge: a BUY opens the long, a SELL the short', async (stage) => {
    const { exchange } = stage
    await openBoth(exchange)
    const positions = await exchange.getPositionInfo(SYMBOL)
    expect(positions.map(({ side, size }) => [side, size]).sort()).toEqual([
      ['LONG', '0.03'],
      ['SHORT', '0.02'],
    ])
    expect(await exchange.getPositions()).toHaveLength(2)
    expect(await sizes(stage)).toEqual({ LONG: '0.03', SHORT: '0.02' })
  }),
  hedgeCard('C-111', 'hedge: reduce-only closes the other side', async (stage) => {
    const { exchange } = stage
    await openBoth(exchange)
    const order = await exchange.createMarketOrder(SYMBOL, 'SELL', '0.01', { reduceOnly: true })
    expect(order).toMatchObject({ side: 'SELL', status: 'FILLED', positionSide: 'LONG' })
    expect(await sizes(stage)).toEqual({ LONG: '0.02', SHORT: '0.02' })
    await exchange.createMarketOrder(SYMBOL, 'BUY', '0.01', { positionSide: 'SHORT' })
    expect(await sizes(stage)).toEqual({ LONG: '0.02', SHORT: '0.01' })
  }),
  hedgeCard('C-112', 'hedge: a stop closes its own side', async (stage) => {
    const { exchange, price } = stage
    await openBoth(exchange)
    const long = await exchange.createStopLossOrder({
      symbol: SYMBOL,
      side: 'SELL',
      quantity: '0.03',
      stopPrice: '58000',
    })
    const short = await exchange.createStopLossOrder({
      symbol: SYMBOL,
      side: 'BUY',
      quantity: '0.02',
      stopPrice: '62000',
    })
    expect(long).toMatchObject({ side: 'SELL', positionSide: 'LONG', status: 'PENDING' })
    expect(short).toMatchObject({ side: 'BUY', positionSide: 'SHORT', status: 'PENDING' })
    await price('57900')
    expect(await sizes(stage)).toEqual({ SHORT: '0.02' })
    await price('62100')
    expect(await sizes(stage)).toEqual({})
    const seen = await exchange.getOrder({ symbol: SYMBOL, orderId: long.orderId })
    expect(seen).toMatchObject({ status: 'FILLED', executedQty: '0.03', side: 'SELL' })
  }),
  hedgeCard('C-113', 'hedge: take-profits of both sides', async (stage) => {
    const { exchange, price } = stage
    await openBoth(exchange)
    const request = { symbol: SYMBOL, quantity: '0.01' } as const
    await exchange.createTakeProfitOrder({ ...request, side: 'SELL', stopPrice: '61000' })
    await exchange.createTakeProfitOrder({ ...request, side: 'BUY', stopPrice: '59000' })
    await price('61100')
    expect(await sizes(stage)).toEqual({ LONG: '0.02', SHORT: '0.02' })
    await price('58900')
    expect(await sizes(stage)).toEqual({ LONG: '0.02', SHORT: '0.01' })
  }),
  hedgeCard('C-114', 'hedge: limit orders open and close sides', async (stage) => {
    const { exchange, price } = stage
    const opens = await exchange.createLimitOrder(SYMBOL, 'SELL', '0.02', '61000')
    expect(opens).toMatchObject({ positionSide: 'SHORT', status: 'NEW', side: 'SELL' })
    await price('61100')
    expect(await sizes(stage)).toEqual({ SHORT: '0.02' })
    const closes = await exchange.createLimitOrder(SYMBOL, 'BUY', '0.02', '60000', {
      reduceOnly: true,
    })
    expect(closes).toMatchObject({ positionSide: 'SHORT', status: 'NEW', side: 'BUY' })
    const [listed] = await exchange.getOpenOrders(SYMBOL)
    expect(listed).toMatchObject({ orderId: closes.orderId, positionSide: 'SHORT', side: 'BUY' })
    await price('59900')
    expect(await sizes(stage)).toEqual({})
  }),
  hedgeCard('C-115', 'hedge: what closes never opens', async (stage) => {
    const { exchange } = stage
    await exchange.createMarketOrder(SYMBOL, 'BUY', '0.01')
    const error = await errorOf(
      exchange.createMarketOrder(SYMBOL, 'BUY', '0.01', { positionSide: 'SHORT' }),
    )
    expect(error.code).toBe('REDUCE_ONLY_REJECTED')
    expect(await sizes(stage)).toEqual({ LONG: '0.01' })
  }),
  hedgeCard('C-116', 'hedge: closePosition closes one side or both', async (stage) => {
    const { exchange } = stage
    await openBoth(exchange)
    const one = await exchange.closePosition(SYMBOL, { positionSide: 'LONG' })
    expect(one).toMatchObject({ side: 'SELL', executedQty: '0.03' })
    expect(await sizes(stage)).toEqual({ SHORT: '0.02' })
    await exchange.createMarketOrder(SYMBOL, 'BUY', '0.01')
    expect(await exchange.closePosition(SYMBOL)).toBeDefined()
    expect(await sizes(stage)).toEqual({})
    expect(await exchange.closePosition(SYMBOL)).toBeUndefined()
  }),
  hedgeCard('C-117', 'hedge: protection of one side leaves the other alone', async (stage) => {
    const { exchange, price } = stage
    await openBoth(exchange)
    const [first, second] = stage.played.halves
    await exchange.createMarketOrder(SYMBOL, 'SELL', '0.001')
    const managed = await exchange.createManagedOrders({
      symbol: SYMBOL,
      side: 'BUY',
      quantity: '0.021',
      stopPrice: '62000',
      takeProfitPrice: '59000',
      supervise: false,
    })
    expect(managed.takeProfitOrders.map(({ quantity }) => quantity)).toEqual([first, second])
    await price('58900')
    await managed.refresh()
    expect(managed.stopLossOrder?.quantity).toBe(second)
    expect(await sizes(stage)).toEqual({ LONG: '0.03', SHORT: second })
    await price('62100')
    const { status } = await managed.refresh()
    expect(status).toBe('COMPLETED')
    expect(await sizes(stage)).toEqual({ LONG: '0.03' })
    expect(await exchange.getOpenOrders(SYMBOL)).toEqual([])
  }),
  hedgeCard('C-118', 'hedge: leverage is that of both sides', async ({ exchange }) => {
    expect(await exchange.setLeverage(SYMBOL, 7)).toBe(true)
    expect(await exchange.getLeverage(SYMBOL)).toBe(7)
    await openBoth(exchange)
    const positions = await exchange.getPositionInfo(SYMBOL)
    expect(positions.map(({ leverage }) => leverage)).toEqual([7, 7])
  }),
  hedgeCard('C-119', 'hedge and isolated', async (stage) => {
    const { exchange, price } = stage
    await exchange.setMarginMode(SYMBOL, 'ISOLATED')
    await exchange.setLeverage(SYMBOL, 5)
    await openBoth(exchange)
    const positions = await exchange.getPositionInfo(SYMBOL)
    expect(positions.map(({ marginMode, leverage }) => [marginMode, leverage])).toEqual([
      ['ISOLATED', 5],
      ['ISOLATED', 5],
    ])
    await exchange.createStopLossOrder({
      symbol: SYMBOL,
      side: 'SELL',
      quantity: '0.03',
      stopPrice: '58000',
    })
    await price('57900')
    expect(await sizes(stage)).toEqual({ SHORT: '0.02' })
    await exchange.closePosition(SYMBOL)
    expect(await sizes(stage)).toEqual({})
  }),
  card(
    'C-120',
    'a mode changed elsewhere is noticed, and the order happens once',
    async (stage) => {
      const { exchange, another, truth } = stage
      await exchange.createMarketOrder(SYMBOL, 'BUY', '0.01')
      await exchange.closePosition(SYMBOL)
      await another().setPositionMode('HEDGE')
      const order = await exchange.createMarketOrder(SYMBOL, 'SELL', '0.01')
      expect(order).toMatchObject({ status: 'FILLED', positionSide: 'SHORT' })
      const stop = await exchange.createStopLossOrder({
        symbol: SYMBOL,
        side: 'BUY',
        quantity: '0.01',
        stopPrice: '61000',
      })
      expect(stop).toMatchObject({ status: 'PENDING', positionSide: 'SHORT' })
      expect(await sizes(stage)).toEqual({ SHORT: '0.01' })
      expect((await truth()).conditionalOrders).toHaveLength(1)
    },
    noHedge,
  ),
  card(
    'C-123',
    'a mode changed elsewhere is noticed by a batch too',
    async (stage) => {
      const { exchange, another } = stage
      await exchange.createMarketOrder(SYMBOL, 'BUY', '0.01')
      await exchange.closePosition(SYMBOL)
      await another().setPositionMode('HEDGE')
      const order = { type: 'MARKET', symbol: SYMBOL, quantity: '0.01' } as const
      const results = await exchange.createOrders([
        { ...order, side: 'BUY' },
        { ...order, side: 'SELL' },
      ])
      expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done'])
      expect(await sizes(stage)).toEqual({ LONG: '0.01', SHORT: '0.01' })
    },
    noHedge,
  ),
  card(
    'C-121',
    'a position side is refused in one-way mode',
    async ({ exchange, truth, played }) => {
      const error = await errorOf(
        exchange.createMarketOrder(SYMBOL, 'BUY', '0.01', { positionSide: 'LONG' }),
      )
      expect(error.code).toBe(noHedge(played) ? 'UNSUPPORTED' : 'POSITION_MODE_MISMATCH')
      expect(error.message).toContain('one-way')
      expect((await truth()).orders).toEqual([])
    },
  ),
  hedgeCard('C-122', 'hedge: an order that contradicts itself', async ({ exchange, truth }) => {
    const options = { positionSide: 'LONG', reduceOnly: true } as const
    const error = await errorOf(exchange.createMarketOrder(SYMBOL, 'BUY', '0.01', options))
    expect(error.code).toBe('INVALID_ARGUMENT')
    expect((await truth()).orders).toEqual([])
  }),
]
