import { describe, expect, test } from 'vitest'
import type { ConditionalOrderIntent, TrailingOrderIntent } from '../../../client/definition.ts'
import { bitcoin, no, ok, perp, script } from '../script.testing.ts'
import { getOpenOrders } from './books.ts'
import { createConditionalOrder, createTrailingOrder } from './triggers.ts'

const PLACE = 'POST /api/v3/trade/place-strategy-order'
const UNFILLED = 'GET /api/v3/trade/unfilled-strategy-orders'
const OPEN = 'GET /api/v3/trade/unfilled-orders'

const stop: ConditionalOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  type: 'STOP_MARKET',
  quantity: '0.01',
  stopPrice: '90000',
  triggerSource: 'MARK',
  reduceOnly: true,
  clientOrderId: 'mock-0004',
}
const receipt = { orderId: '1330984742276198400', clientOid: 'mock-0004' }

describe('createConditionalOrder', () => {
  test('default: a stop of exactly the quantity given', async () => {
    const { call, lines, sent } = script({ [PLACE]: ok(receipt) })
    const order = await createConditionalOrder(call, stop)
    expect(lines).toEqual([
      `${PLACE} {"category":"USDT-FUTURES","symbol":"BTCUSDT","type":"tpsl","tpslMode":"partial","qty":"0.01","side":"sell","reduceOnly":"yes","stopLoss":"90000","slTriggerBy":"mark","slOrderType":"market","clientOid":"mock-0004"}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once' }])
    expect(order).toMatchObject({
      orderId: 'algo:1330984742276198400',
      clientOrderId: 'mock-0004',
      type: 'STOP_MARKET',
      status: 'PENDING',
      stopPrice: '90000',
      quantity: '0.01',
      executedQty: '0',
      reduceOnly: true,
    })
  })

  test('args: a take-profit of a short, on the last price', async () => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    await createConditionalOrder(call, {
      ...stop,
      instrument: perp,
      side: 'BUY',
      type: 'TAKE_PROFIT_MARKET',
      triggerSource: 'LAST',
    })
    expect(lines).toEqual([
      `${PLACE} {"category":"USDC-FUTURES","symbol":"BTCPERP","type":"tpsl","tpslMode":"partial","qty":"0.01","side":"buy","reduceOnly":"yes","takeProfit":"90000","tpTriggerBy":"market","tpOrderType":"market","clientOid":"mock-0004"}`,
    ])
  })

  // docs/wire/bitget.md 12.5
  test('args: a stop of the whole position has no quantity', async () => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    const order = await createConditionalOrder(call, {
      ...stop,
      positionSide: 'LONG',
      closePosition: true,
    })
    expect(lines).toEqual([
      `${PLACE} {"category":"USDT-FUTURES","symbol":"BTCUSDT","type":"tpsl","tpslMode":"full","side":"sell","posSide":"long","stopLoss":"90000","slTriggerBy":"mark","slOrderType":"market","clientOid":"mock-0004"}`,
    ])
    expect(order).toMatchObject({
      orderId: 'algo:1330984742276198400',
      quantity: '0',
      closePosition: true,
      reduceOnly: true,
    })
  })

  test.each([
    ['25594', 'STATE_CONFLICT', 'there is one already'],
    ['25601', 'REDUCE_ONLY_REJECTED', 'there is no position'],
    ['25590', 'WOULD_TRIGGER_IMMEDIATELY', 'the price is reached already'],
  ])('error: of the whole position, %s is %s: %s', async (native, code) => {
    const { call } = script({ [PLACE]: no(native) })
    const refused = createConditionalOrder(call, { ...stop, closePosition: true })
    await expect(refused).rejects.toMatchObject({ code })
  })

  test.each([
    ['the index price', { triggerSource: 'INDEX' as const }],
    ['one that may open', { reduceOnly: false }],
  ])('error: %s is refused before anything is sent', async (_what, changes) => {
    const { call, lines } = script({})
    await expect(createConditionalOrder(call, { ...stop, ...changes })).rejects.toMatchObject({
      name: 'RequestError',
      code: 'UNSUPPORTED',
    })
    expect(lines).toEqual([])
  })

  test.each([
    ['25590', 'WOULD_TRIGGER_IMMEDIATELY'],
    ['25601', 'REDUCE_ONLY_REJECTED'],
    ['25595', 'REDUCE_ONLY_REJECTED'],
    ['25599', 'TOO_MANY_ORDERS'],
    ['25244', 'OFF_STEP'],
  ])('error: %s', async (code, expected) => {
    const { call } = script({ [PLACE]: no(code) })
    await expect(createConditionalOrder(call, stop)).rejects.toMatchObject({ code: expected })
  })
})

describe('protection in hedge mode', () => {
  test('default: names the position, and never reduceOnly', async () => {
    const { call, lines } = script({ [PLACE]: ok(receipt) })
    const order = await createConditionalOrder(call, { ...stop, positionSide: 'LONG' })
    expect(lines[0]).toContain('"side":"sell","posSide":"long","stopLoss":"90000"')
    expect(lines[0]).not.toContain('reduceOnly')
    expect(order).toMatchObject({ positionSide: 'LONG', reduceOnly: true })
  })
})

describe('createTrailingOrder', () => {
  const trailing: TrailingOrderIntent = {
    instrument: bitcoin,
    side: 'BUY',
    quantity: '0.01',
    callbackRate: '0.015',
    activationPrice: '99000',
    triggerSource: 'MARK',
    reduceOnly: true,
    clientOrderId: 'mock-0005',
  }

  test('default: the rate goes out in percent, the id is the one the exchange made', async () => {
    const { call, lines, sent } = script({ [PLACE]: ok({ orderId: '9', clientOid: '10' }) })
    const order = await createTrailingOrder(call, trailing)
    expect(lines).toEqual([
      `${PLACE} {"category":"USDT-FUTURES","symbol":"BTCUSDT","type":"trailing_stop","qty":"0.01","side":"buy","reduceOnly":"yes","trailingStopParams":[{"activationPrice":"99000","activationType":"mark","trailType":"ratio","trailVariance":"1.5","preOrderType":"market"}]}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once' }])
    expect(order).toMatchObject({
      orderId: 'algo:9',
      clientOrderId: '10',
      type: 'TRAILING_STOP_MARKET',
      status: 'PENDING',
      callbackRate: '0.015',
      activationPrice: '99000',
    })
  })

  test('args: in hedge mode, active at once', async () => {
    const { call, lines } = script({ [PLACE]: ok({ orderId: '9' }) })
    const { activationPrice: _none, ...atOnce } = trailing
    const order = await createTrailingOrder(call, {
      ...atOnce,
      positionSide: 'SHORT',
      triggerSource: 'LAST',
    })
    expect(lines[0]).toContain(
      '"side":"buy","posSide":"short","trailingStopParams":[{"activationType":"market"',
    )
    expect(order.clientOrderId).toBe('')
    expect(order).not.toHaveProperty('activationPrice')
  })

  test('error: one that may open is refused before anything is sent', async () => {
    const { call, lines } = script({})
    await expect(
      createTrailingOrder(call, { ...trailing, reduceOnly: false }),
    ).rejects.toMatchObject({ name: 'RequestError', code: 'UNSUPPORTED' })
    expect(lines).toEqual([])
  })
})

describe('a strategy order', () => {
  // docs/wire/bitget.md 12.5
  const row = {
    orderId: '1330984742276198400',
    clientOid: 'mock-0004',
    category: 'USDT-FUTURES',
    symbol: 'BTCUSDT',
    qty: '0.0010',
    posSide: 'long',
    type: 'tpsl',
    status: 'pending',
    tpTriggerBy: 'market',
    slTriggerBy: 'mark',
    takeProfit: '',
    stopLoss: '112000',
    tpOrderType: 'market',
    slOrderType: 'market',
    tpLimitPrice: '',
    slLimitPrice: '',
    triggerBy: '',
    triggerPrice: '',
    triggerOrderType: '',
    triggerOrderPrice: '',
    trailingStopParams: [],
    createdTime: '1753057411736',
    updatedTime: '1753057411747',
  }

  async function listed(changes: object) {
    const { call } = script({ [UNFILLED]: ok([{ ...row, ...changes }]), [OPEN]: ok({ list: [] }) })
    return await getOpenOrders(call, { instrument: bitcoin })
  }

  async function order(changes: object) {
    const [read] = await listed(changes)
    return read
  }

  test('default: a stop', async () => {
    const read = await order({})
    expect(read).toEqual({
      orderId: 'algo:1330984742276198400',
      clientOrderId: 'mock-0004',
      symbol: 'unified BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: '0.001',
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'IOC',
      stopPrice: '112000',
      // The row does not tell the mode: operations.ts takes it out in one-way mode.
      positionSide: 'LONG',
      reduceOnly: true,
      createdAt: 1_753_057_411_736,
      updatedAt: 1_753_057_411_747,
    })
    expect(read?.raw).toEqual(row)
  })

  const takeProfit = { stopLoss: '', takeProfit: '130000' }
  const trigger = { type: 'trigger', stopLoss: '', triggerPrice: '101000', side: 'buy' }

  test.each([
    ['a stop with a limit', { slOrderType: 'limit', slLimitPrice: '111900' }, 'STOP', '111900'],
    ['a take-profit', takeProfit, 'TAKE_PROFIT_MARKET', '0'],
    [
      'a take-profit with a limit',
      { ...takeProfit, tpOrderType: 'limit', tpLimitPrice: '130001' },
      'TAKE_PROFIT',
      '130001',
    ],
    ['both legs under one id', { takeProfit: '130000' }, 'STOP_MARKET', '0'],
    ['a trigger', trigger, 'STOP_MARKET', '0'],
    [
      'a trigger with a limit',
      { ...trigger, triggerOrderType: 'limit', triggerOrderPrice: '101100' },
      'STOP',
      '101100',
    ],
    ['a trailing one', { type: 'trailing_stop', side: 'sell' }, 'TRAILING_STOP_MARKET', '0'],
  ])('args: %s', async (_what, changes, type, price) => {
    expect(await order(changes)).toMatchObject({ type, price })
  })

  test.each([
    [{}, '112000'],
    [takeProfit, '130000'],
    [{ takeProfit: '130000' }, '112000'],
    [trigger, '101000'],
  ])('args: %j waits for %s', async (changes, stopPrice) => {
    expect((await order(changes))?.stopPrice).toBe(stopPrice)
  })

  test.each([
    [{ posSide: 'long' }, 'SELL', true],
    [{ posSide: 'short' }, 'BUY', true],
    [{ posSide: 'net', side: 'sell' }, 'SELL', true],
    [trigger, 'BUY', false],
    [{ ...trigger, reduceOnly: 'YES' }, 'BUY', true],
  ])('args: %j trades %s, reduces only: %s', async (changes, side, reduceOnly) => {
    expect(await order(changes)).toMatchObject({ side, reduceOnly })
  })

  test.each([
    ['pending', 'PENDING'],
    ['submitting', 'NEW'],
    ['success', 'NEW'],
    ['failed', 'REJECTED'],
    ['cancelled', 'CANCELLED'],
  ])('args: status %s is %s', async (status, expected) => {
    expect((await order({ status }))?.status).toBe(expected)
  })

  const trail = { activationPrice: '120000', trailType: 'ratio', trailVariance: '1.5' }

  test.each([
    ['a list', [trail], { callbackRate: '0.015', activationPrice: '120000' }],
    ['one', trail, { callbackRate: '0.015', activationPrice: '120000' }],
    ['one active at once', [{ ...trail, activationPrice: '' }], { callbackRate: '0.015' }],
    ['a distance in money', [{ ...trail, trailType: 'spread' }], { activationPrice: '120000' }],
    ['nothing', [], {}],
  ])('args: what a trailing one follows with: %s', async (_what, trailingStopParams, told) => {
    const read = await order({
      type: 'trailing_stop',
      side: 'sell',
      stopLoss: '',
      posSide: '',
      reduceOnly: 'yes',
      trailingStopParams,
    })
    const { callbackRate, activationPrice } = read ?? {}
    expect({
      ...(callbackRate !== undefined && { callbackRate }),
      ...(activationPrice !== undefined && { activationPrice }),
    }).toEqual(told)
    expect(read).toMatchObject({ type: 'TRAILING_STOP_MARKET', reduceOnly: true })
  })

  test('behavior: in hedge mode a trailing one closes when it trades against its position', async () => {
    const trailing = { type: 'trailing_stop', posSide: 'long', stopLoss: '' }
    expect(await order({ ...trailing, side: 'sell' })).toMatchObject({ reduceOnly: true })
    expect(await order({ ...trailing, side: 'buy' })).toMatchObject({ reduceOnly: false })
  })

  test('behavior: what it names beside full is not its quantity', async () => {
    const whole = { quantity: '0', closePosition: true }
    expect(await order({ qty: '0.01', tpslMode: 'full' })).toMatchObject(whole)
    expect(await order({ qty: '0.01', tpslMode: 'partial' })).toMatchObject({ quantity: '0.01' })
  })

  test.each(['', '0', null])('behavior: quantity %j is the whole position', async (qty) => {
    expect(await order({ qty })).toMatchObject({ quantity: '0', closePosition: true })
  })

  test('behavior: other strategies are no conditional orders', async () => {
    expect(await listed({ type: 'iceberg' })).toEqual([])
    expect(await listed({ type: 'twap' })).toEqual([])
  })

  test('behavior: other symbols are left out', async () => {
    expect(await listed({ symbol: 'ETHUSDT' })).toEqual([])
  })

  test('error: protection that does not say of what', async () => {
    await expect(listed({ posSide: 'net' })).rejects.toThrow(
      '$.data[0].posSide: expected long or short',
    )
  })

  test('error: a trigger that does not say which way', async () => {
    await expect(listed({ ...trigger, side: '' })).rejects.toThrow('$.data[0].side: expected')
  })

  test('error: nothing to wait for', async () => {
    await expect(listed({ stopLoss: '' })).rejects.toThrow('$.data[0].triggerPrice')
  })
})
