import { describe, expect, test } from 'vitest'
import { bitcoin, look, openDesk, order, place, row, rows, said, usdt } from './desk.fixture.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('life of an order', () => {
  test('default: market, filled at once, shows its protection price', async () => {
    const desk = openDesk()
    const answer = await desk.post('/v5/order/create', order({ orderLinkId: 'm-1' }))
    expect(answer.at('result').value).toEqual({
      orderId: expect.stringMatching(uuid),
      orderLinkId: 'm-1',
    })
    expect(await look(desk, 'm-1')).toMatchObject({
      orderStatus: 'Filled',
      price: '60600.00',
      qty: '0.010',
      avgPrice: '60000',
      cumExecQty: '0.010',
      cumExecValue: '600',
      cumExecFee: '0.33',
      cumFeeDetail: { USDT: '0.33' },
      leavesQty: '0',
      timeInForce: 'IOC',
      createType: 'CreateByUser',
      lastPriceOnCreated: '60000.00',
    })
    expect(await desk.unknownWords()).toEqual([])
  })

  test('default: limit rests, is amended, is cancelled, and stays to be found', async () => {
    const desk = openDesk()
    const ids = await place(desk, { orderType: 'Limit', price: '59000', orderLinkId: 'l-1' })
    expect(await look(desk, 'l-1')).toMatchObject({
      orderStatus: 'New',
      cancelType: 'UNKNOWN',
      rejectReason: 'EC_NoError',
      leavesQty: '0.010',
      leavesValue: '590',
      avgPrice: '',
      cumFeeDetail: {},
      timeInForce: 'GTC',
    })
    const change = { ...bitcoin, orderLinkId: 'l-1', price: '59100', qty: '0.02' }
    const amended = await desk.post('/v5/order/amend', change)
    expect(amended.at('result').value).toEqual(ids)
    expect(await look(desk, 'l-1')).toMatchObject({ price: '59100.00', qty: '0.020' })
    const cancelled = await desk.post('/v5/order/cancel', { ...bitcoin, orderId: ids.orderId })
    expect(cancelled.at('result').value).toEqual(ids)
    expect(await look(desk, 'l-1')).toMatchObject({
      orderStatus: 'Cancelled',
      cancelType: 'CancelByUser',
      rejectReason: 'EC_PerCancelRequest',
      leavesQty: '0',
    })
    const history = await desk.get('/v5/order/history', { ...bitcoin, orderId: ids.orderId })
    expect(row(history)).toMatchObject(ids)
    const again = await desk.post('/v5/order/cancel', { ...bitcoin, orderId: ids.orderId })
    expect(said(again)).toBe('110001 order not exists or too late to cancel')
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: a limit order fills as maker when the market comes', async () => {
    const desk = openDesk()
    await place(desk, { orderType: 'Limit', price: '59000', orderLinkId: 'l-1' })
    await desk.setPrice('58900')
    expect(await look(desk, 'l-1')).toMatchObject({ orderStatus: 'Filled', cumExecFee: '0.118' })
    const fills = await desk.get('/v5/execution/list', { ...bitcoin, execType: 'Trade' })
    expect(row(fills)).toMatchObject({
      isMaker: true,
      feeRate: '0.0002',
      feeCurrency: 'USDT',
      execPrice: '59000.00',
      execQty: '0.010',
      execType: 'Trade',
      leavesQty: '0.000',
      closedSize: '',
    })
  })

  test.each([
    ['PostOnly', '60100', 'EC_PostOnlyWillTakeLiquidity'],
    ['IOC', '59000', 'EC_NoImmediateQtyToFill'],
    ['FOK', '59000', 'EC_CancelForNoFullFill'],
  ])(
    'behavior: %s that cannot be is acknowledged, then cancelled (trap 1)',
    async (tif, price, reason) => {
      const desk = openDesk()
      const limit = { orderType: 'Limit', price, timeInForce: tif, orderLinkId: 't-1' }
      await place(desk, limit)
      expect(await look(desk, 't-1')).toMatchObject({
        orderStatus: 'Cancelled',
        cancelType: 'UNKNOWN',
        rejectReason: reason,
        timeInForce: tif,
        cumExecQty: '0.000',
        leavesQty: '0',
      })
    },
  )

  test('behavior: a market order beyond what is in reach keeps its filled part (traps 11, 12)', async () => {
    const desk = openDesk()
    const bound = { slippageToleranceType: 'TickSize', slippageTolerance: '1' }
    await place(desk, { ...bound, qty: '12', orderLinkId: 'm-1' })
    const market = await look(desk, 'm-1')
    expect(market).toMatchObject({
      price: '60000.10',
      orderStatus: 'Cancelled',
      cancelType: 'UNKNOWN',
      rejectReason: 'EC_NoImmediateQtyToFill',
      qty: '12.000',
      cumExecQty: '8.738',
      leavesQty: '0',
    })
  })

  test('behavior: a limit price outside the band is moved to its edge (trap 10)', async () => {
    const desk = openDesk()
    await place(desk, { orderType: 'Limit', price: '70000', qty: '0.001', orderLinkId: 'b-1' })
    expect(await look(desk, 'b-1')).toMatchObject({ price: '60600.00', orderStatus: 'Filled' })
    const sell = { side: 'Sell', orderType: 'Limit', price: '50000', qty: '0.001' }
    await place(desk, { ...sell, orderLinkId: 'b-2' })
    expect(await look(desk, 'b-2')).toMatchObject({ price: '59400.00' })
  })

  test('behavior: an account may ask for a refusal instead', async () => {
    const desk = openDesk()
    const setting = { category: 'linear', modifyEnable: false }
    await desk.post('/v5/account/set-limit-px-action', setting)
    const answer = await desk.post(
      '/v5/order/create',
      order({ orderType: 'Limit', price: '70000' }),
    )
    expect(said(answer)).toBe('110003 Order price exceeds the allowable range.')
    const config = await desk.get('/v5/account/user-setting-config')
    expect(config.at('result').at('lpaPerp').value).toBe(true)
  })

  test('behavior: quantities are truncated to the step (trap 9)', async () => {
    const desk = openDesk()
    await place(desk, { qty: '0.0129', orderLinkId: 'q-1' })
    expect(await look(desk, 'q-1')).toMatchObject({ qty: '0.012' })
  })

  test('behavior: prices out of the book, and a bound on slippage', async () => {
    const desk = openDesk()
    const fromBook = { orderType: 'Limit', bboSideType: 'Queue', bboLevel: '2' }
    await place(desk, { ...fromBook, orderLinkId: 'b-1' })
    expect(await look(desk, 'b-1')).toMatchObject({ price: '59999.80', orderStatus: 'New' })
    await place(desk, { ...fromBook, bboSideType: 'Counterparty', orderLinkId: 'b-2' })
    expect(await look(desk, 'b-2')).toMatchObject({ price: '60000.10', orderStatus: 'Filled' })
    const bound = { slippageToleranceType: 'TickSize', slippageTolerance: '3' }
    await place(desk, { ...bound, orderLinkId: 'm-1' })
    expect(await look(desk, 'm-1')).toMatchObject({ price: '60000.30', ...bound })
    const percent = { slippageToleranceType: 'Percent', slippageTolerance: '0.5' }
    await place(desk, { ...percent, side: 'Sell', orderLinkId: 'm-2' })
    expect(await look(desk, 'm-2')).toMatchObject({ price: '59700.00' })
  })

  test('behavior: what spot needs and what clients leave behind is known and ignored', async () => {
    const desk = openDesk()
    const more = {
      isLeverage: 0,
      orderFilter: 'Order',
      marketUnit: 'baseCoin',
      orderIv: '',
      mmp: false,
    }
    const ids = await place(desk, {
      ...more,
      orderType: 'Limit',
      price: '59000',
      trailingPercent: 1,
      smpType: 'CancelMaker',
      rpiTakerAccess: true,
      orderLinkId: 'x-1',
    })
    expect(await look(desk, 'x-1')).toMatchObject({ smpType: 'CancelMaker', rpiTakerAccess: true })
    const left = { trigger: true, stop: true, orderFilter: 'Order' }
    const answer = await desk.post('/v5/order/cancel', {
      ...bitcoin,
      ...left,
      orderId: ids.orderId,
    })
    expect(said(answer)).toBe('0 OK')
    expect(await desk.unknownWords()).toEqual([])
  })
})

describe('client ids', () => {
  test('error: an id is used up for ever, also by a conditional or ended order', async () => {
    const desk = openDesk()
    await place(desk, { orderLinkId: 'once' })
    const again = await desk.post('/v5/order/create', order({ orderLinkId: 'once' }))
    expect(said(again)).toBe('110072 OrderLinkedID is duplicate')
    const stop = order({ orderLinkId: 'once', triggerPrice: '61000', triggerDirection: 1 })
    expect(said(await desk.post('/v5/order/create', stop))).toBe(
      '110072 OrderLinkedID is duplicate',
    )
  })

  test('error: a duplicate is told before a reduce-only order that no longer fits', async () => {
    const desk = openDesk()
    await place(desk, {})
    const close = order({ side: 'Sell', reduceOnly: true, orderLinkId: 'close' })
    await desk.post('/v5/order/create', close)
    expect(said(await desk.post('/v5/order/create', close))).toMatch(/^110072 /)
  })

  test.each(['x'.repeat(37), 'a b', 'ä', 'a.b'])('error: id %j', async (orderLinkId) => {
    const desk = openDesk()
    const answer = await desk.post('/v5/order/create', order({ orderLinkId }))
    expect(said(answer)).toBe('10001 params error: OrderLinkId invalid')
  })

  test('args: the order id wins over the client id', async () => {
    const desk = openDesk()
    const first = await place(desk, { orderType: 'Limit', price: '59000', orderLinkId: 'one' })
    await place(desk, { orderType: 'Limit', price: '59000', orderLinkId: 'two' })
    const both = { ...bitcoin, orderId: first.orderId, orderLinkId: 'two' }
    await desk.post('/v5/order/cancel', both)
    expect(await look(desk, 'one')).toMatchObject({ orderStatus: 'Cancelled' })
    expect(await look(desk, 'two')).toMatchObject({ orderStatus: 'New' })
    const found = await desk.get('/v5/order/realtime', both)
    expect(row(found)).toMatchObject({ orderLinkId: 'one' })
  })
})

describe('reduce-only', () => {
  test('error: flat, and on the position’s own side', async () => {
    const desk = openDesk()
    const close = order({ side: 'Sell', reduceOnly: true })
    const flat = '110017 current position is zero, cannot fix reduce-only order qty'
    expect(said(await desk.post('/v5/order/create', close))).toBe(flat)
    const implied = order({ side: 'Sell', closeOnTrigger: true })
    expect(said(await desk.post('/v5/order/create', implied))).toBe(flat)
    await place(desk, {})
    const same = await desk.post('/v5/order/create', order({ reduceOnly: true }))
    expect(said(same)).toBe('110017 Reduce-only rule not satisfied')
  })

  test('behavior: more than the position is clipped to it', async () => {
    const desk = openDesk()
    await place(desk, {})
    await place(desk, { side: 'Sell', qty: '5', reduceOnly: true, orderLinkId: 'close' })
    expect(await look(desk, 'close')).toMatchObject({ qty: '0.010', orderStatus: 'Filled' })
    expect(rows(await desk.get('/v5/position/list', usdt))).toEqual([])
  })

  test('behavior: quantity zero closes everything', async () => {
    const desk = openDesk()
    await place(desk, { qty: '0.037' })
    const all = { side: 'Sell', qty: '0', reduceOnly: true, closeOnTrigger: true }
    await place(desk, { ...all, orderLinkId: 'close' })
    expect(await look(desk, 'close')).toMatchObject({ qty: '0.037', orderStatus: 'Filled' })
    const flat = await desk.post('/v5/order/create', order(all))
    expect(said(flat)).toMatch(/^110017 current position is zero/)
  })

  test('behavior: resting orders end with the position', async () => {
    const desk = openDesk()
    await place(desk, {})
    const rest = { side: 'Sell', orderType: 'Limit', price: '61000', reduceOnly: true }
    await place(desk, { ...rest, orderLinkId: 'r-1' })
    await place(desk, { ...rest, orderLinkId: 'r-2' })
    await place(desk, { side: 'Sell' })
    for (const orderLinkId of ['r-1', 'r-2']) {
      expect(await look(desk, orderLinkId)).toMatchObject({
        orderStatus: 'Cancelled',
        cancelType: 'CancelByReduceOnly',
      })
    }
  })

  test('behavior: the minimum value is not asked of a closing order', async () => {
    const desk = openDesk()
    const small = { symbol: 'XRPUSDT', qty: '1' }
    const answer = await desk.post('/v5/order/create', order(small))
    expect(said(answer)).toBe('110094 Order does not meet minimum order value 5USDT')
    await place(desk, { symbol: 'XRPUSDT', qty: '100' })
    await place(desk, { ...small, side: 'Sell', reduceOnly: true })
  })
})
