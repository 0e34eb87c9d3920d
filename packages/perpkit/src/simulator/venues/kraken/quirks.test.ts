import { describe, expect, test } from 'vitest'
import { signatureOf } from './auth.ts'
import { type Desk, fieldsOf, openDesk, order, place, placed, rows } from './desk.fixture.ts'

// Rows of docs/wire/kraken.md 9, by their first words.

async function openOrders(desk: Desk): Promise<Record<string, unknown>[]> {
  return rows((await desk.get('/openorders')).at('openOrders'))
}

async function positions(desk: Desk): Promise<Record<string, unknown>[]> {
  return rows((await desk.get('/openpositions')).at('openPositions'))
}

async function raw(desk: Desk, path: string, query = ''): Promise<string> {
  return (await desk.send({ path, query })).body
}

/** A market order of an account that can pay for it. */
async function placeRich(desk: Desk, size: number): Promise<Record<string, unknown>> {
  const made = await desk.simulator.control.createAccount({ venue: 'kraken', balance: '9999999' })
  const body = `orderType=mkt&symbol=PF_XBTUSD&side=buy&size=${size}`
  const blank = { query: '', headers: {}, remoteAddress: '127.0.0.1' }
  const request = { ...blank, method: 'POST', path: '/derivatives/api/v3/sendorder', body }
  const headers = { apikey: made.apiKey, authent: signatureOf(made.apiSecret, request) }
  return JSON.parse((await desk.send({ ...request, headers })).body).sendStatus
}

const stop = { orderType: 'stp', side: 'sell', triggerSignal: 'mark', reduceOnly: true } as const

function events(sent: Record<string, unknown>): Record<string, unknown>[] {
  const { orderEvents } = sent
  if (!Array.isArray(orderEvents)) throw new Error('no events')
  return orderEvents
}

describe('orders', () => {
  test('error: result:"success" with a refusing status', async () => {
    const desk = openDesk()
    const answer = await desk.post('/sendorder', order({ side: 'sell', reduceOnly: true }))
    expect(answer.at('result').string()).toBe('success')
    expect(answer.at('sendStatus').value).toMatchObject({
      status: 'wouldNotReducePosition',
      orderEvents: [],
    })
  })

  test('behavior: market order partially filled by the 1 % protection', async () => {
    const desk = openDesk()
    const sent = await placeRich(desk, 1_200)
    const done = events(sent).reduce((total, { amount }) => total + Number(amount), 0)
    expect(sent.status).toBe('placed')
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(1200)
    expect(events(sent).every(({ type }) => type === 'EXECUTION')).toBe(true)
  })

  test("behavior: market order's limitPrice is the protection price, also in orders/status", async () => {
    const desk = openDesk()
    const sent = await place(desk)
    const [execution] = events(sent)
    const answer = await desk.post('/orders/status', { orderIds: String(sent.order_id) })
    const [found] = rows(answer.at('orders'))
    const limitPrice = Math.floor(Number(execution?.price) * 1.01)
    expect(execution).toMatchObject({ orderPriorExecution: { limitPrice } })
    expect(found).toMatchObject({ order: { limitPrice } })
  })

  test('behavior: `placed` although fully filled', async () => {
    const sent = await place(openDesk())
    expect(sent).toMatchObject({ status: 'placed', orderEvents: [{ amount: 0.01 }] })
  })

  test('behavior: orders/status forgets after 5 s, the history does not', async () => {
    const desk = openDesk()
    const orderIds = await placed(desk, { cliOrdId: 'mine' })
    await desk.advance(5_001)
    expect((await desk.post('/orders/status', { orderIds })).at('orders').value).toEqual([])
    expect(await openOrders(desk)).toEqual([])
    const [element] = rows((await desk.get('/api/history/v3/orders')).at('elements'))
    expect(element).toMatchObject({ event: { OrderPlaced: { order: { clientId: 'mine' } } } })
  })

  test('error: order_id (cancel, batch) vs orderId (edit): the other name is none', async () => {
    const desk = openDesk()
    const id = await placed(desk, { orderType: 'lmt', limitPrice: 59000 })
    const edited = await desk.post('/editorder', { order_id: id, size: 0.02 })
    expect(edited.at('error').string()).toBe('requiredArgumentMissing')
    const cancelled = await desk.post('/cancelorder', { orderId: id })
    expect(cancelled.at('error').string()).toBe('requiredArgumentMissing')
    expect(await desk.unknownWords()).toEqual(['parameter order_id', 'parameter orderId'])
    expect(await openOrders(desk)).toMatchObject([{ unfilledSize: 0.01 }])
  })

  test('behavior: no OCO: the sibling of a stop that fired stays', async () => {
    const desk = openDesk()
    await placed(desk)
    await placed(desk, { ...stop, stopPrice: 59000 })
    const sibling = await placed(desk, { ...stop, orderType: 'take_profit', stopPrice: 61000 })
    await desk.setPrice('58900')
    expect(await positions(desk)).toEqual([])
    expect(await openOrders(desk)).toMatchObject([{ order_id: sibling }])
  })

  test('behavior: reduce-only triggers outlive the position and guard the next one', async () => {
    const desk = openDesk()
    await placed(desk)
    await placed(desk, { ...stop, stopPrice: 59000 })
    await placed(desk, { side: 'sell', reduceOnly: true })
    await placed(desk)
    await desk.setPrice('58900')
    expect(await positions(desk)).toEqual([])
  })

  test('behavior: dead-man switch also cancels stops', async () => {
    const desk = openDesk()
    await placed(desk)
    await placed(desk, { ...stop, stopPrice: 59000 })
    await desk.post('/cancelallordersafter', { timeout: 5 })
    await desk.advance(5_000)
    expect(await openOrders(desk)).toEqual([])
    expect(await positions(desk)).toHaveLength(1)
  })

  test('behavior: setting leverage flips cross to isolated', async () => {
    const desk = openDesk()
    await placed(desk)
    expect((await positions(desk))[0]).not.toHaveProperty('maxFixedLeverage')
    await desk.put('/leveragepreferences', { symbol: 'PF_XBTUSD', maxLeverage: 100 })
    expect((await positions(desk))[0]).toMatchObject({ maxFixedLeverage: 100 })
  })

  test('error: automatic POST retry: the same cliOrdId is refused, one order stands', async () => {
    const desk = openDesk()
    const twice = { orderType: 'lmt', limitPrice: 59000, cliOrdId: 'once' }
    await placed(desk, twice)
    expect(await place(desk, twice)).toMatchObject({ status: 'clientOrderIdAlreadyExist' })
    expect(await openOrders(desk)).toHaveLength(1)
  })
})

describe('numbers and services', () => {
  test('behavior: negative contractValueTradePrecision', async () => {
    const desk = openDesk()
    const coin = { symbol: 'PF_PEPEUSD', orderType: 'lmt', limitPrice: 0.000001 }
    expect(await place(desk, { ...coin, size: 1500 })).toMatchObject({ status: 'invalidSize' })
    expect(await place(desk, { ...coin, size: 2000 })).toMatchObject({ status: 'placed' })
  })

  test('behavior: tickSize 1e-10, sizes in exponent form are understood', async () => {
    const desk = openDesk()
    expect(await raw(desk, '/derivatives/api/v3/instruments')).toContain('"tickSize":1e-10')
    const coin = { symbol: 'PF_PEPEUSD', orderType: 'lmt', limitPrice: '1e-6', size: '2e3' }
    expect(await place(desk, coin)).toMatchObject({ status: 'placed' })
  })

  test('behavior: fundingRate is absolute and hourly', async () => {
    const path = '/derivatives/api/v4/historicalfundingrates'
    const answer = await openDesk().get(path, { symbol: 'PF_ETHUSD' })
    for (const { fundingRate, relativeFundingRate } of rows(answer.at('rates')).slice(-24)) {
      const price = Number(fundingRate) / Number(relativeFundingRate)
      expect(price).toBeGreaterThan(100)
    }
  })

  test('behavior: candles: seconds in, milliseconds out', async () => {
    const from = Date.UTC(2026, 0, 4) / 1_000
    const answer = await openDesk().get('/api/charts/v1/trade/PF_XBTUSD/1d', { from, to: from })
    expect(rows(answer.at('candles'))).toMatchObject([{ time: from * 1_000 }])
  })

  test('error: charts errors are plain text', async () => {
    const answer = await openDesk().send({ path: '/api/charts/v1/trade/PF_XBTUSD/7m' })
    expect(answer).toMatchObject({ status: 400, body: 'Invalid resolution' })
    expect(answer.headers?.['content-type']).toMatch(/^text\/plain/)
  })

  test('default: missing `openPositions` key: it is there when flat', async () => {
    expect(fieldsOf(await openDesk().get('/openpositions'))).toMatchObject({ openPositions: [] })
  })

  test('error: `Unavailable`', async () => {
    const desk = openDesk()
    await desk.simulator.control.inject({ kind: 'rejectWith', reason: 'exchangeBusy' })
    const answer = await desk.send({ path: '/derivatives/api/v3/openorders' })
    expect(answer.status).toBe(503)
    expect(JSON.parse(answer.body)).toMatchObject({ result: 'error', error: 'Unavailable' })
  })

  test('behavior: markets close: the ticker says suspended, orders say marketSuspended', async () => {
    const desk = openDesk()
    await desk.simulator.control.setMarketStatus({ symbol: 'BTCUSDT', status: 'CLOSED' })
    const ticker = (await desk.get('/tickers/PF_XBTUSD')).at('ticker')
    expect(ticker.at('suspended').boolean()).toBe(true)
    expect(await place(desk)).toMatchObject({ status: 'marketSuspended' })
  })

  test('behavior: comparing with ccxt 4.5.84: its strays are known, its cliOrdIds[0] is no key', async () => {
    const desk = openDesk()
    const from = Date.UTC(2026, 0, 4) / 1_000
    await desk.get('/api/charts/v1/trade/PF_XBTUSD/1d', { from, until: from * 1_000 })
    await desk.get('/api/history/v2/orders', { from })
    await desk.post('/batchorder', { json: '{"clientOrderIds":[],"batchOrder":[]}' })
    expect(await desk.unknownWords()).toEqual([])
    await placed(desk, { cliOrdId: 'own' })
    const answer = await desk.get('/orders/status', { 'cliOrdIds[0]': 'own' })
    expect(answer.at('orders').value).toEqual([])
    expect(await desk.unknownWords()).toEqual(['parameter cliOrdIds[0]'])
  })
})
