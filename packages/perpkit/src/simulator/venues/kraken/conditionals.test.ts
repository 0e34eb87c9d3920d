import { describe, expect, test } from 'vitest'
import { type Desk, openDesk, place, placed, rows } from './desk.fixture.ts'

const stop = {
  orderType: 'stp',
  side: 'sell',
  stopPrice: 58000,
  triggerSignal: 'mark',
  reduceOnly: true,
}

async function openOrders(desk: Desk): Promise<Record<string, unknown>[]> {
  return rows((await desk.get('/openorders')).at('openOrders'))
}

async function positions(desk: Desk): Promise<Record<string, unknown>[]> {
  return rows((await desk.get('/openpositions')).at('openPositions'))
}

async function statusOf(desk: Desk, own: string): Promise<Record<string, unknown>[]> {
  return rows((await desk.post('/orders/status', { cliOrdIds: own })).at('orders'))
}

describe('placing', () => {
  test('default: a stop-loss at the market', async () => {
    const desk = openDesk()
    const sent = await place(desk, { ...stop, cliOrdId: 'sl' })
    expect(sent).toEqual({
      order_id: sent.order_id,
      cliOrdId: 'sl',
      status: 'placed',
      receivedTime: '2026-01-05T00:00:30.000Z',
      orderEvents: [
        {
          type: 'PLACE',
          orderTrigger: {
            uid: sent.order_id,
            clientId: 'sl',
            type: 'ioc',
            symbol: 'PF_XBTUSD',
            side: 'sell',
            quantity: 0.01,
            limitPrice: null,
            triggerPrice: 58000,
            triggerSide: 'trigger_below',
            triggerSignal: 'mark_price',
            reduceOnly: true,
            timestamp: '2026-01-05T00:00:30.000Z',
            lastUpdateTimestamp: '2026-01-05T00:00:30.000Z',
            startTime: null,
          },
        },
      ],
    })
    const [row] = await openOrders(desk)
    expect(row).toEqual({
      order_id: sent.order_id,
      cliOrdId: 'sl',
      symbol: 'PF_XBTUSD',
      side: 'sell',
      orderType: 'stop',
      stopPrice: 58000,
      unfilledSize: 0.01,
      receivedTime: '2026-01-05T00:00:30.000Z',
      status: 'untouched',
      filledSize: 0,
      reduceOnly: true,
      triggerSignal: 'mark',
      lastUpdateTime: '2026-01-05T00:00:30.000Z',
    })
    expect(await statusOf(desk, 'sl')).toMatchObject([
      {
        order: {
          type: 'TRIGGER_ORDER',
          orderId: sent.order_id,
          priceTriggerOptions: {
            triggerPrice: 58000,
            triggerSide: 'TRIGGER_BELOW',
            triggerSignal: 'MARK_PRICE',
          },
        },
        status: 'TRIGGER_PLACED',
        updateReason: null,
        error: null,
      },
    ])
    expect(await desk.unknownWords()).toEqual([])
  })

  test.each([
    [{ orderType: 'take_profit', stopPrice: 62000 }, 'ioc', 'trigger_above', null],
    [{ orderType: 'take_profit', side: 'buy', stopPrice: 50000 }, 'ioc', 'trigger_below', null],
    [{ side: 'buy', stopPrice: 62000, triggerSignal: 'index' }, 'ioc', 'trigger_above', null],
    [{ limitPrice: 57900 }, 'lmt', 'trigger_below', 57900],
    [
      { limitPriceOffsetValue: -0.5, limitPriceOffsetUnit: 'PERCENT' },
      'lmt',
      'trigger_below',
      57710,
    ],
  ])('default: %o', async (more, type, triggerSide, limitPrice) => {
    const desk = openDesk()
    const sent = await place(desk, { ...stop, ...more })
    expect(sent.orderEvents).toMatchObject([{ orderTrigger: { type, triggerSide, limitPrice } }])
    expect(await desk.unknownWords()).toEqual([])
  })

  test.each([
    { trailingStopMaxDeviation: 1 },
    { limitPrice: 57900, limitPriceOffsetValue: 1, limitPriceOffsetUnit: 'PERCENT' },
    { orderType: 'trailing_stop', trailingStopMaxDeviation: 1 },
    { orderType: 'mkt', triggerSignal: 'mark' },
    {
      orderType: 'mkt',
      stopPrice: '',
      triggerSignal: '',
      limitPriceOffsetValue: 1,
      limitPriceOffsetUnit: 'PERCENT',
    },
  ])('error: %o is a combination there is not', async (more) => {
    const answer = await openDesk().post('/sendorder', {
      symbol: 'PF_XBTUSD',
      size: 0.01,
      ...stop,
      ...more,
    })
    expect(answer.at('error').string()).toMatch(/^invalidArgument: /)
  })
})

describe('activation', () => {
  test('default: the child has a new id and the same client id', async () => {
    const desk = openDesk()
    await placed(desk, { size: 0.02 })
    const trigger = await placed(desk, { ...stop, size: 0.05, cliOrdId: 'sl' })
    await desk.setPrice('57990')
    expect(await positions(desk)).toEqual([])
    expect(await openOrders(desk)).toEqual([])
    const [child, ...others] = await statusOf(desk, 'sl')
    expect(others).toEqual([])
    expect(child).toMatchObject({ status: 'FULLY_EXECUTED', order: { filled: 0.02 } })
    const [fill] = rows((await desk.get('/fills')).at('fills'))
    expect(fill).toMatchObject({ cliOrdId: 'sl', fillType: 'taker', size: 0.02 })
    expect(fill?.order_id).not.toBe(trigger)
  })

  test('behavior: it is checked only when it fires', async () => {
    const desk = openDesk()
    await placed(desk, { ...stop, cliOrdId: 'sl' })
    await desk.setPrice('57000')
    expect(await statusOf(desk, 'sl')).toMatchObject([
      { status: 'TRIGGER_ACTIVATION_FAILURE', error: 'WOULD_NOT_REDUCE_POSITION' },
    ])
    await desk.advance(5_001)
    expect(await statusOf(desk, 'sl')).toEqual([])
    const events = rows((await desk.get('/api/history/v3/triggers')).at('elements'))
    expect(events.map(({ event }) => Object.keys(event ?? {})[0])).toEqual([
      'OrderTriggerActivated',
      'OrderTriggerPlaced',
    ])
    expect(rows((await desk.get('/api/history/v3/orders')).at('elements'))).toEqual([])
  })

  test('behavior: triggers outlive the position', async () => {
    const desk = openDesk()
    await placed(desk)
    await placed(desk, stop)
    await placed(desk, { side: 'sell', reduceOnly: true })
    expect(await positions(desk)).toEqual([])
    expect(await openOrders(desk)).toHaveLength(1)
  })

  test('behavior: beyond its trigger already, it fires at once', async () => {
    const desk = openDesk()
    await placed(desk)
    const sent = await place(desk, { ...stop, stopPrice: 61000 })
    expect(sent).toMatchObject({ status: 'placed', orderEvents: [{ type: 'PLACE' }] })
    expect(await positions(desk)).toEqual([])
  })

  test('behavior: a stop-limit rests as a limit order', async () => {
    const desk = openDesk()
    await placed(desk)
    await placed(desk, { ...stop, limitPrice: 58500, cliOrdId: 'sl' })
    await desk.setPrice('57990')
    expect(await openOrders(desk)).toMatchObject([
      { cliOrdId: 'sl', orderType: 'lmt', limitPrice: 58500, reduceOnly: true },
    ])
  })
})

describe('trailing', () => {
  const trail = {
    orderType: 'trailing_stop',
    side: 'sell',
    reduceOnly: true,
    triggerSignal: 'mark',
  }

  test('default: follows a favourable change and never moves back', async () => {
    const desk = openDesk()
    await placed(desk)
    const percent = { trailingStopMaxDeviation: 1, trailingStopDeviationUnit: 'PERCENT' }
    await placed(desk, { ...trail, ...percent })
    expect(await openOrders(desk)).toMatchObject([{ orderType: 'trailing_stop', stopPrice: 59400 }])
    await desk.setPrice('61000')
    await desk.setPrice('60700')
    expect(await openOrders(desk)).toMatchObject([{ stopPrice: 60390 }])
    await desk.setPrice('60380')
    expect(await positions(desk)).toEqual([])
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: between two ticks it shows the one at which it fires', async () => {
    const desk = openDesk()
    await placed(desk)
    const percent = { trailingStopMaxDeviation: 0.33, trailingStopDeviationUnit: 'PERCENT' }
    await placed(desk, { ...trail, ...percent })
    await desk.setPrice('60010')
    // 60 010 less 198.033
    expect(await openOrders(desk)).toMatchObject([{ stopPrice: 59811 }])
    await desk.setPrice('59812')
    expect(await positions(desk)).toHaveLength(1)
    await desk.setPrice('59811')
    expect(await positions(desk)).toEqual([])
  })

  test.each([0.09, 50.01, 0.105, 0])('error: a deviation of %d percent', async (deviation) => {
    const percent = { trailingStopMaxDeviation: deviation, trailingStopDeviationUnit: 'PERCENT' }
    const fields = { symbol: 'PF_XBTUSD', size: 0.01, ...trail, ...percent }
    const answer = await openDesk().post('/sendorder', fields)
    expect(answer.at('error').string()).toBe('invalidArgument: trailingStopMaxDeviation')
  })

  test('behavior: a new size, and no other deviation', async () => {
    const desk = openDesk()
    const fixed = { trailingStopMaxDeviation: 500, trailingStopDeviationUnit: 'QUOTE_CURRENCY' }
    const orderId = await placed(desk, { ...trail, ...fixed })
    const edited = await desk.post('/editorder', { orderId, size: 0.02 })
    expect(edited.at('editStatus').at('status').string()).toBe('edited')
    const refused = await desk.post('/editorder', { orderId, trailingStopMaxDeviation: 400 })
    expect(refused.at('error').string()).toBe('invalidArgument: trailingStopMaxDeviation')
    expect(await openOrders(desk)).toMatchObject([{ unfilledSize: 0.02, stopPrice: 59500 }])
  })

  test('error: its prices cannot be edited', async () => {
    const desk = openDesk()
    const fixed = { trailingStopMaxDeviation: 500, trailingStopDeviationUnit: 'QUOTE_CURRENCY' }
    const orderId = await placed(desk, { ...trail, ...fixed })
    for (const [name, status] of [
      ['stopPrice', 'cannotEditTriggerPriceOfTrailingStop'],
      ['limitPrice', 'cannotEditLimitPriceOfTrailingStop'],
    ]) {
      const answer = await desk.post('/editorder', { orderId, [String(name)]: 50000 })
      expect(answer.at('editStatus').value).toMatchObject({ status })
    }
    expect(await openOrders(desk)).toMatchObject([{ stopPrice: 59500 }])
  })
})

describe('edit and cancel', () => {
  test('behavior: a limit price told by its distance follows the trigger, one told outright stays', async () => {
    const desk = openDesk()
    const offset = { limitPriceOffsetValue: -100, limitPriceOffsetUnit: 'QUOTE_CURRENCY' }
    const orderId = await placed(desk, { ...stop, ...offset })
    await desk.post('/editorder', { orderId, stopPrice: 57000 })
    expect(await openOrders(desk)).toMatchObject([{ stopPrice: 57000, limitPrice: 56900 }])
    await desk.post('/editorder', { orderId, limitPrice: 56500 })
    await desk.post('/editorder', { orderId, stopPrice: 57500 })
    expect(await openOrders(desk)).toMatchObject([{ stopPrice: 57500, limitPrice: 56500 }])
  })

  test('default: a new trigger price', async () => {
    const desk = openDesk()
    const orderId = await placed(desk, stop)
    const answer = await desk.post('/editorder', { orderId, stopPrice: 57000 })
    expect(answer.at('editStatus').value).toMatchObject({
      status: 'edited',
      orderId,
      orderEvents: [{ type: 'EDIT', old: { triggerPrice: 58000 }, new: { triggerPrice: 57000 } }],
    })
  })

  test('behavior: a trigger price beyond the market fires it', async () => {
    const desk = openDesk()
    await placed(desk)
    const orderId = await placed(desk, stop)
    await desk.post('/editorder', { orderId, stopPrice: 60500 })
    expect(await positions(desk)).toEqual([])
  })

  test('default: a trigger is cancelled by the call for orders', async () => {
    const desk = openDesk()
    const orderId = await placed(desk, stop)
    const answer = await desk.post('/cancelorder', { order_id: orderId })
    expect(answer.at('cancelStatus').value).toMatchObject({
      status: 'cancelled',
      order_id: orderId,
      orderEvents: [{ type: 'CANCEL', uid: orderId, orderTrigger: { uid: orderId } }],
    })
    expect(await openOrders(desk)).toEqual([])
  })
})
