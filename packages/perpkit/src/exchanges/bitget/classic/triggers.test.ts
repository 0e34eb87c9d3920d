import { describe, expect, test } from 'vitest'
import type { ConditionalOrderIntent, TrailingOrderIntent } from '../../../client/definition.ts'
import { bitcoin, no, ok, perp, script } from '../script.testing.ts'
import { getOrder } from './books.ts'
import { createConditionalOrder, createTrailingOrder } from './triggers.ts'

const PROTECT = 'POST /api/v2/mix/order/place-tpsl-order'
const PLAN = 'POST /api/v2/mix/order/place-plan-order'
const TICKER = 'GET /api/v2/mix/market/ticker'
const PENDING = 'GET /api/v2/mix/order/orders-plan-pending'

const stop: ConditionalOrderIntent = {
  instrument: bitcoin,
  side: 'SELL',
  type: 'STOP_MARKET',
  quantity: '0.01',
  stopPrice: '55000',
  triggerSource: 'MARK',
  reduceOnly: true,
  clientOrderId: 'mock-0004',
}
const receipt = { orderId: '1300000000000000007', clientOid: 'mock-0004' }

describe('protection of a position', () => {
  test('default: a stop of exactly the quantity given', async () => {
    const { call, lines, sent } = script({ [PROTECT]: ok(receipt) })
    const order = await createConditionalOrder(call, stop)
    expect(lines).toEqual([
      `${PROTECT} {"marginCoin":"USDT","productType":"USDT-FUTURES","symbol":"BTCUSDT","planType":"loss_plan","triggerPrice":"55000","triggerType":"mark_price","holdSide":"buy","size":"0.01","clientOid":"mock-0004"}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once' }])
    expect(order).toEqual({
      orderId: 'algo:1300000000000000007',
      clientOrderId: 'mock-0004',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: '0.01',
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'IOC',
      stopPrice: '55000',
      reduceOnly: true,
    })
    expect(order.raw).toBe(receipt)
  })

  test('args: a take-profit of a short, on the last price', async () => {
    const { call, lines } = script({ [PROTECT]: ok(receipt) })
    await createConditionalOrder(call, {
      ...stop,
      instrument: perp,
      side: 'BUY',
      type: 'TAKE_PROFIT_MARKET',
      triggerSource: 'LAST',
    })
    expect(lines).toEqual([
      `${PROTECT} {"marginCoin":"USDC","productType":"USDC-FUTURES","symbol":"BTCPERP","planType":"profit_plan","triggerPrice":"55000","triggerType":"fill_price","holdSide":"sell","size":"0.01","clientOid":"mock-0004"}`,
    ])
  })

  test.each([
    ['SELL', 'LONG', 'long'],
    ['BUY', 'SHORT', 'short'],
  ] as const)('args: in hedge mode %s of the %s', async (side, positionSide, holdSide) => {
    const { call, lines } = script({ [PROTECT]: ok(receipt) })
    const order = await createConditionalOrder(call, { ...stop, side, positionSide })
    expect(lines[0]).toContain(`"holdSide":"${holdSide}","size"`)
    expect(order).toMatchObject({ side, positionSide })
  })

  test('error: the index price is refused before anything is sent', async () => {
    const { call, lines } = script({})
    const wrong = createConditionalOrder(call, { ...stop, triggerSource: 'INDEX' })
    await expect(wrong).rejects.toMatchObject({ name: 'RequestError', code: 'UNSUPPORTED' })
    expect(lines).toEqual([])
  })

  test.each([
    ['40917', 'WOULD_TRIGGER_IMMEDIATELY'],
    ['43023', 'REDUCE_ONLY_REJECTED'],
    ['40891', 'REDUCE_ONLY_REJECTED'],
    ['45115', 'OFF_STEP'],
  ])('error: %s', async (code, expected) => {
    const { call } = script({ [PROTECT]: no(code) })
    await expect(createConditionalOrder(call, stop)).rejects.toMatchObject({ code: expected })
  })

  test('error: a receipt without an id', async () => {
    const { call } = script({ [PROTECT]: ok({ clientOid: 'mock-0004' }) })
    await expect(createConditionalOrder(call, stop)).rejects.toMatchObject({
      path: '$.data.orderId',
    })
  })
})

describe('a stop that may open', () => {
  const entry: ConditionalOrderIntent = { ...stop, reduceOnly: false }
  const ticker = {
    symbol: 'BTCUSDT',
    lastPr: '60000',
    bidPr: '59999',
    askPr: '60001',
    markPrice: '60010',
    indexPrice: '60005',
    ts: '1695794098184',
  }

  test('default: waits on its own', async () => {
    const { call, lines } = script({ [TICKER]: ok([ticker]), [PLAN]: ok(receipt) })
    const order = await createConditionalOrder(call, entry)
    expect(lines.slice(1)).toEqual([
      `${PLAN} {"planType":"normal_plan","symbol":"BTCUSDT","productType":"USDT-FUTURES","marginMode":"crossed","marginCoin":"USDT","size":"0.01","triggerPrice":"55000","triggerType":"mark_price","side":"sell","orderType":"market","clientOid":"mock-0004"}`,
    ])
    expect(order).toMatchObject({
      orderId: 'algo:1300000000000000007',
      status: 'PENDING',
      reduceOnly: false,
    })
  })

  test('args: in hedge mode and isolated margin', async () => {
    const { call, lines } = script({ [TICKER]: ok([ticker]), [PLAN]: ok(receipt) })
    await createConditionalOrder(call, {
      ...entry,
      positionSide: 'SHORT',
      marginMode: 'ISOLATED',
    })
    expect(lines[1]).toContain('"marginMode":"isolated"')
    expect(lines[1]).toContain('"side":"sell","tradeSide":"open","orderType":"market"')
  })

  test.each([
    ['BUY', '60010', 'MARK'],
    ['BUY', '60000', 'LAST'],
    ['SELL', '60010', 'MARK'],
    ['SELL', '60005', 'LAST'],
  ] as const)(
    'error: %s at %s of the %s price is reached already',
    async (side, stopPrice, from) => {
      const { call, lines } = script({ [TICKER]: ok([ticker]) })
      const late = createConditionalOrder(call, { ...entry, side, stopPrice, triggerSource: from })
      await expect(late).rejects.toMatchObject({ code: 'WOULD_TRIGGER_IMMEDIATELY' })
      expect(lines).toHaveLength(1)
    },
  )

  test('error: a take-profit that may open is refused before anything is sent', async () => {
    const { call, lines } = script({})
    const wrong = createConditionalOrder(call, { ...entry, type: 'TAKE_PROFIT_MARKET' })
    await expect(wrong).rejects.toMatchObject({ name: 'RequestError', code: 'UNSUPPORTED' })
    expect(lines).toEqual([])
  })
})

describe('a trailing stop', () => {
  const trailing: TrailingOrderIntent = {
    instrument: bitcoin,
    side: 'SELL',
    quantity: '0.01',
    callbackRate: '0.015',
    activationPrice: '61000',
    triggerSource: 'LAST',
    reduceOnly: true,
    clientOrderId: 'mock-0005',
  }
  const ticker = {
    symbol: 'BTCUSDT',
    lastPr: '60000',
    bidPr: '59999',
    askPr: '60001',
    markPrice: '60010.26',
    indexPrice: '60005',
    ts: '1695794098184',
  }

  test('default: the rate goes out in percent', async () => {
    const { call, lines, sent } = script({ [PLAN]: ok(receipt) })
    const order = await createTrailingOrder(call, trailing)
    expect(lines).toEqual([
      `${PLAN} {"planType":"track_plan","symbol":"BTCUSDT","productType":"USDT-FUTURES","marginMode":"crossed","marginCoin":"USDT","size":"0.01","triggerPrice":"61000","triggerType":"fill_price","side":"sell","orderType":"market","reduceOnly":"YES","clientOid":"mock-0005","callbackRatio":"1.5"}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'once' }])
    expect(order).toEqual({
      orderId: 'algo:1300000000000000007',
      clientOrderId: 'mock-0005',
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      side: 'SELL',
      type: 'TRAILING_STOP_MARKET',
      quantity: '0.01',
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'IOC',
      reduceOnly: true,
      callbackRate: '0.015',
      activationPrice: '61000',
    })
  })

  test('behavior: without a price it starts at that of the moment, on the tick', async () => {
    const { call, lines } = script({ [TICKER]: ok([ticker]), [PLAN]: ok(receipt) })
    const { activationPrice: _none, ...atOnce } = trailing
    const order = await createTrailingOrder(call, { ...atOnce, triggerSource: 'MARK' })
    expect(lines[1]).toContain('"triggerPrice":"60010.3","triggerType":"mark_price"')
    expect(order.activationPrice).toBe('60010.3')
  })

  test('args: in hedge mode it closes the side of its position', async () => {
    const { call, lines } = script({ [PLAN]: ok(receipt) })
    const hedge = { positionSide: 'LONG', marginMode: 'ISOLATED' } as const
    await createTrailingOrder(call, { ...trailing, ...hedge })
    expect(lines[0]).toContain('"marginMode":"isolated"')
    expect(lines[0]).toContain('"side":"buy","tradeSide":"close","orderType":"market","clientOid"')
  })

  test('error: a refusal', async () => {
    const { call } = script({ [PLAN]: no('22002') })
    await expect(createTrailingOrder(call, trailing)).rejects.toMatchObject({
      code: 'REDUCE_ONLY_REJECTED',
    })
  })
})

describe('a conditional order', () => {
  // docs/wire/bitget.md 4.8: a position's take-profit as recorded, and a sized stop.
  const recorded = {
    planType: 'pos_profit',
    symbol: 'BNBUSDT',
    size: '0',
    orderId: '1272849518383902721',
    clientOid: '1272849518383902720',
    price: '634.59',
    executePrice: '634.59',
    callbackRatio: '',
    triggerPrice: '634.59',
    triggerType: 'fill_price',
    planStatus: 'live',
    side: 'buy',
    posSide: 'long',
    marginCoin: 'USDT',
    marginMode: '',
    enterPointSource: 'API',
    tradeSide: 'close',
    posMode: 'hedge_mode',
    orderType: 'limit',
    stopSurplusTriggerPrice: '634.59',
    stopSurplusExecutePrice: null,
    stopLossTriggerPrice: null,
    cTime: '1739196894260',
    uTime: '1739196894261',
  }
  const row = {
    ...recorded,
    planType: 'loss_plan',
    symbol: 'BTCUSDT',
    size: '0.010',
    orderId: '7',
    clientOid: 'mock-0004',
    price: '',
    executePrice: '0',
    triggerPrice: '55000.0',
    triggerType: 'mark_price',
    side: 'sell',
    posSide: 'net',
    tradeSide: 'sell_single',
    posMode: 'one_way_mode',
    orderType: 'market',
    executeOrderId: '',
  }

  function order(changes: object) {
    const one = { ...row, ...changes }
    const { call } = script({ [PENDING]: ok({ entrustedList: [one], endId: '7' }) })
    return getOrder(call, { instrument: bitcoin, orderId: `algo:${one.orderId ?? '7'}` })
  }

  test('default: a sized stop', async () => {
    expect(await order({})).toEqual({
      orderId: 'algo:7',
      clientOrderId: 'mock-0004',
      symbol: 'unified BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      side: 'SELL',
      type: 'STOP_MARKET',
      quantity: '0.01',
      price: '0',
      status: 'PENDING',
      executedQty: '0',
      timeInForce: 'IOC',
      stopPrice: '55000',
      reduceOnly: true,
      createdAt: 1_739_196_894_260,
      updatedAt: 1_739_196_894_261,
    })
  })

  test('args: the recorded take-profit of a whole position', async () => {
    expect(await order(recorded)).toMatchObject({
      type: 'TAKE_PROFIT',
      side: 'SELL',
      quantity: '0',
      closePosition: true,
      price: '634.59',
      stopPrice: '634.59',
      timeInForce: 'GTC',
      reduceOnly: true,
    })
  })

  test.each([
    ['loss_plan', 'market', 'STOP_MARKET'],
    ['loss_plan', 'limit', 'STOP'],
    ['pos_loss', 'market', 'STOP_MARKET'],
    ['profit_plan', 'market', 'TAKE_PROFIT_MARKET'],
    ['profit_plan', 'limit', 'TAKE_PROFIT'],
    ['pos_profit', 'market', 'TAKE_PROFIT_MARKET'],
    ['moving_plan', 'market', 'TRAILING_STOP_MARKET'],
    ['track_plan', 'market', 'TRAILING_STOP_MARKET'],
    ['normal_plan', 'market', 'STOP_MARKET'],
  ])('args: %s as %s is a %s', async (planType, orderType, type) => {
    expect((await order({ planType, orderType })).type).toBe(type)
  })

  test.each([
    ['live', 'PENDING'],
    ['not_trigger', 'PENDING'],
    ['executing', 'NEW'],
    ['executed', 'NEW'],
    ['fail_execute', 'REJECTED'],
    ['fail_trigger', 'REJECTED'],
    ['cancelled', 'CANCELLED'],
    ['canceled', 'CANCELLED'],
    ['something_new', 'NEW'],
  ])('args: status %s is %s', async (planStatus, status) => {
    expect((await order({ planStatus })).status).toBe(status)
    expect((await order({ planStatus: undefined, status: planStatus })).status).toBe(status)
  })

  test.each([
    [{ posSide: 'long', side: 'buy' }, 'SELL'],
    [{ posSide: 'short', side: 'sell' }, 'BUY'],
    [{ posSide: 'net', side: 'buy' }, 'BUY'],
    [{ posSide: '', side: 'sell' }, 'SELL'],
    [{ posMode: 'hedge_mode', tradeSide: 'close', posSide: null, side: 'sell' }, 'BUY'],
  ])('args: %j trades %s', async (changes, side) => {
    expect((await order(changes)).side).toBe(side)
  })

  test('behavior: a trigger of its own reduces only when it says so', async () => {
    expect((await order({ planType: 'normal_plan' })).reduceOnly).toBe(false)
    expect((await order({ planType: 'normal_plan', reduceOnly: 'yes' })).reduceOnly).toBe(true)
    const reducing = { planType: 'track_plan', tradeSide: 'reduce_sell_single' }
    expect((await order(reducing)).reduceOnly).toBe(true)
    const open = { posMode: 'hedge_mode', tradeSide: 'open', posSide: 'short', side: 'sell' }
    expect(await order({ planType: 'normal_plan', ...open })).toMatchObject({
      side: 'SELL',
      reduceOnly: false,
    })
  })

  test.each([
    ['track_plan', { callbackRatio: '1.5' }],
    ['moving_plan', { rangeRate: '1.5', callbackRatio: null }],
  ])('behavior: the price of a %s is where it becomes active', async (planType, rate) => {
    const read = await order({ planType, ...rate })
    expect(read).not.toHaveProperty('stopPrice')
    expect(read).toMatchObject({ activationPrice: '55000', callbackRate: '0.015' })
  })

  test('behavior: the position is told in hedge mode alone', async () => {
    expect(await order({ posSide: 'long' })).not.toHaveProperty('positionSide')
    const hedge = { posMode: 'hedge_mode', tradeSide: 'close', posSide: 'short' }
    expect(await order(hedge)).toMatchObject({ positionSide: 'SHORT', side: 'BUY' })
  })

  test.each(['size', 'side', 'planType', 'orderId'])('error: %s is needed', async (name) => {
    await expect(order({ [name]: undefined })).rejects.toMatchObject({ name: 'ReadError' })
  })
})
