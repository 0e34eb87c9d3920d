import { describe, expect, test } from 'vitest'
import { bitcoin, look, openDesk, order, place, rows, said, usdt } from './desk.fixture.ts'

/** A stop that protects a long position. */
const stop = {
  side: 'Sell',
  triggerPrice: '58000',
  triggerDirection: 2,
  reduceOnly: true,
  orderLinkId: 's-1',
}

describe('conditional orders', () => {
  test('default: waits, then fills under the same ids', async () => {
    const desk = openDesk()
    await place(desk, {})
    const ids = await place(desk, stop)
    expect(await look(desk, 's-1')).toMatchObject({
      ...ids,
      orderStatus: 'Untriggered',
      createType: 'CreateByStopOrder',
      stopOrderType: 'Stop',
      orderType: 'Market',
      timeInForce: 'IOC',
      price: '0.00',
      qty: '0.010',
      leavesQty: '0.010',
      triggerPrice: '58000.00',
      triggerDirection: 2,
      triggerBy: 'LastPrice',
      tpslMode: '',
      reduceOnly: true,
      closeOnTrigger: false,
    })
    await desk.setPrice('58000.1')
    expect(await look(desk, 's-1')).toMatchObject({ orderStatus: 'Untriggered' })
    await desk.setPrice('58000')
    expect(await look(desk, 's-1')).toMatchObject({
      ...ids,
      orderStatus: 'Filled',
      stopOrderType: 'Stop',
      triggerPrice: '58000.00',
      triggerDirection: 2,
      price: '57420.00',
      cumExecQty: '0.010',
    })
    expect(rows(await desk.get('/v5/position/list', usdt))).toEqual([])
    expect(await desk.unknownWords()).toEqual([])
  })

  test.each([
    ['Buy', 1, '61000', '61000'],
    ['Buy', 2, '59000', '59000'],
    ['Sell', 1, '61000', '61000'],
    ['Sell', 2, '59000', '59000'],
  ])('behavior: %s with direction %i at %s', async (side, triggerDirection, trigger, price) => {
    const desk = openDesk()
    const entry = { side, triggerDirection, triggerPrice: trigger, orderLinkId: 'e-1' }
    await place(desk, entry)
    await desk.setPrice(price)
    expect(await look(desk, 'e-1')).toMatchObject({ orderStatus: 'Filled' })
  })

  test('behavior: a stop-limit rests in the book once it has triggered', async () => {
    const desk = openDesk()
    await place(desk, {})
    const limit = { ...stop, orderType: 'Limit', price: '58500', timeInForce: 'GTC' }
    await place(desk, limit)
    expect(await look(desk, 's-1')).toMatchObject({ price: '58500.00', timeInForce: 'GTC' })
    await desk.setPrice('57900')
    expect(await look(desk, 's-1')).toMatchObject({ orderStatus: 'New', leavesQty: '0.010' })
    const working = await desk.get('/v5/order/realtime', { ...bitcoin, orderFilter: 'Order' })
    expect(rows(working)).toHaveLength(1)
    await desk.setPrice('58600')
    expect(await look(desk, 's-1')).toMatchObject({ orderStatus: 'Filled', avgPrice: '58500' })
  })

  test.each(['MarkPrice', 'IndexPrice', 'LastPrice'])('args: watched by %s', async (triggerBy) => {
    const desk = openDesk()
    await place(desk, {})
    await place(desk, { ...stop, triggerBy })
    expect(await look(desk, 's-1')).toMatchObject({ triggerBy })
    await desk.setPrice('57000')
    expect(await look(desk, 's-1')).toMatchObject({ orderStatus: 'Filled' })
  })

  test('behavior: one that is cancelled while it waits is deactivated', async () => {
    const desk = openDesk()
    const ids = await place(desk, stop)
    const answer = await desk.post('/v5/order/cancel', { ...bitcoin, orderId: ids.orderId })
    expect(answer.at('result').value).toEqual(ids)
    expect(await look(desk, 's-1')).toMatchObject({
      orderStatus: 'Deactivated',
      cancelType: 'CancelByUser',
      rejectReason: 'EC_PerCancelRequest',
      leavesQty: '0',
    })
  })

  test('behavior: one that triggers while flat ends for being reduce-only', async () => {
    const desk = openDesk()
    await place(desk, stop)
    await desk.setPrice('57900')
    expect(await look(desk, 's-1')).toMatchObject({
      orderStatus: 'Cancelled',
      cancelType: 'CancelByReduceOnly',
    })
  })

  test('behavior: one without margin at its trigger ends as cancelled', async () => {
    const desk = openDesk()
    const entry = { qty: '400', triggerPrice: '61000', triggerDirection: 1, orderLinkId: 'e-1' }
    await place(desk, entry)
    await desk.setPrice('61000')
    expect(await look(desk, 'e-1')).toMatchObject({
      orderStatus: 'Cancelled',
      cancelType: 'UNKNOWN',
      rejectReason: 'EC_Others',
    })
  })

  test('behavior: it outlives the position it was made for (trap 4)', async () => {
    const desk = openDesk()
    await place(desk, {})
    await place(desk, stop)
    await place(desk, { side: 'Sell', reduceOnly: true })
    expect(await look(desk, 's-1')).toMatchObject({ orderStatus: 'Untriggered' })
  })

  test('behavior: it is amended in every part, until the trigger is reached', async () => {
    const desk = openDesk()
    await place(desk, {})
    await place(desk, stop)
    const amend = (change: Record<string, unknown>) =>
      desk.post('/v5/order/amend', { ...bitcoin, orderLinkId: 's-1', ...change })
    const change = { triggerPrice: '58500', qty: '0.005', triggerBy: 'MarkPrice' }
    expect(said(await amend(change))).toBe('0 OK')
    expect(await look(desk, 's-1')).toMatchObject({
      triggerPrice: '58500.00',
      qty: '0.005',
      triggerBy: 'MarkPrice',
      orderStatus: 'Untriggered',
    })
    expect(said(await amend(change))).toMatch(/^10001 The order remains unchanged/)
    expect(said(await amend({ triggerPrice: '60000' }))).toBe(
      '110093 expect Falling, but trigger_price[600000000] >= current[600000000]??MarkPrice',
    )
    await desk.setPrice('58500')
    expect(await look(desk, 's-1')).toMatchObject({ orderStatus: 'Filled', cumExecQty: '0.005' })
  })

  test('behavior: quantity zero closes what there is by then', async () => {
    const desk = openDesk()
    await place(desk, {})
    await place(desk, { ...stop, qty: '0', closeOnTrigger: true })
    expect(await look(desk, 's-1')).toMatchObject({ qty: '0.000', closeOnTrigger: true })
    await place(desk, { qty: '0.02' })
    await desk.setPrice('57000')
    expect(await look(desk, 's-1')).toMatchObject({ orderStatus: 'Filled', qty: '0.030' })
  })

  test.each([
    [
      { side: 'Buy', triggerPrice: '60000', triggerDirection: 1 },
      '110092 expect Rising, but trigger_price[600000000] <= current[600000000]??LastPrice',
    ],
    [
      { side: 'Sell', triggerPrice: '60000', triggerDirection: 2, triggerBy: 'MarkPrice' },
      '110093 expect Falling, but trigger_price[600000000] >= current[600000000]??MarkPrice',
    ],
    [{ triggerPrice: '61000' }, '10001 params error: TriggerDirection invalid'],
    [
      { triggerPrice: '61000', triggerDirection: 3 },
      '10001 params error: TriggerDirection invalid',
    ],
    [{ triggerPrice: '61000.05', triggerDirection: 1 }, '10001 Price invalid'],
    [{ triggerPrice: '0', triggerDirection: 1 }, '10001 Price invalid'],
    [{ triggerPrice: 61000, triggerDirection: 1 }, '10001 Request parameter error.'],
    [{ triggerPrice: '61000', triggerDirection: '1' }, '10001 Request parameter error.'],
    [
      { triggerPrice: '61000', triggerDirection: 1, triggerBy: 'Last' },
      '10001 params error: triggerBy invalid',
    ],
    [
      { triggerPrice: '61000', triggerDirection: 1, symbol: 'XRPUSDT', qty: '1' },
      '10001 Price invalid',
    ],
  ])('error: %j', async (more, message) => {
    const desk = openDesk()
    expect(said(await desk.post('/v5/order/create', order(more)))).toBe(message)
  })

  test('error: ten of a contract, legs of the position not counted', async () => {
    // The venue takes ten orders a second, and the clock stands.
    const desk = openDesk({ rateLimits: false })
    await place(desk, {})
    const full = { ...bitcoin, tpslMode: 'Full', positionIdx: 0, stopLoss: '50000' }
    await desk.post('/v5/position/trading-stop', full)
    for (let i = 0; i < 10; i++) await place(desk, { ...stop, orderLinkId: `s-${i}` })
    const answer = await desk.post('/v5/order/create', order({ ...stop, orderLinkId: 's-10' }))
    expect(said(answer)).toMatch(/^110009 /)
  })
})
