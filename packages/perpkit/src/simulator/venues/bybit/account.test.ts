import { describe, expect, test } from 'vitest'
import { bitcoin, openDesk, order, place, row, rows, said, usdt } from './desk.fixture.ts'

describe('wallet', () => {
  test('behavior: margin, profit and fees of an open position', async () => {
    const desk = openDesk()
    await place(desk, { qty: '0.1' })
    await place(desk, { orderType: 'Limit', price: '59000', qty: '0.1' })
    await desk.setPrice('60500')
    const wallet = row(await desk.get('/v5/account/wallet-balance', { accountType: 'UNIFIED' }))
    const position = row(await desk.get('/v5/position/list', usdt))
    expect(wallet).toMatchObject({
      accountType: 'UNIFIED',
      totalWalletBalance: '99996.7',
      totalPerpUPL: '50',
      totalMarginBalance: '100046.7',
      totalEquity: '100046.7',
    })
    const [coin] = asRows(wallet.coin)
    expect(coin).toMatchObject({
      coin: 'USDT',
      walletBalance: '99996.7',
      unrealisedPnl: '50',
      equity: '100046.7',
      totalPositionIM: position.positionIM,
      totalPositionMM: position.positionMM,
      totalOrderIM: '590',
      availableToWithdraw: '',
      cumRealisedPnl: '-3.3',
    })
    const used = Number(position.positionIM) + 590
    expect(Number(wallet.totalInitialMargin)).toBeCloseTo(used, 6)
    expect(Number(wallet.totalAvailableBalance)).toBeCloseTo(100_046.7 - used, 6)
  })

  test('args: coins that are asked for are shown, held or not', async () => {
    const desk = openDesk()
    const query = { accountType: 'UNIFIED', coin: 'USDC,USDT' }
    const wallet = row(await desk.get('/v5/account/wallet-balance', query))
    expect(asRows(wallet.coin).map((coin) => [coin.coin, coin.walletBalance])).toEqual([
      ['USDC', '0'],
      ['USDT', '100000'],
    ])
  })

  test.each([{}, { accountType: 'CONTRACT' }])('error: %j', async (query) => {
    const answer = await openDesk().get('/v5/account/wallet-balance', query)
    expect(said(answer)).toBe('10001 params error: accountType invalid')
  })
})

describe('positions', () => {
  test('default: a flat contract has a row of its own, and none by coin', async () => {
    const desk = openDesk()
    const flat = row(await desk.get('/v5/position/list', bitcoin))
    expect(flat).toMatchObject({
      positionIdx: 0,
      side: '',
      size: '0',
      avgPrice: '0',
      leverage: '10',
      liqPrice: '',
      openTime: 0,
      seq: -1,
      updatedTime: '',
      adlRankIndicator: 0,
    })
    expect(rows(await desk.get('/v5/position/list', usdt))).toEqual([])
    const missing = await desk.get('/v5/position/list', { category: 'linear' })
    expect(said(missing)).toMatch(/^10001 Missing some parameters that must be filled in/)
  })

  test('behavior: figures of a short position, and its turn to the other side', async () => {
    const desk = openDesk()
    await place(desk, { side: 'Sell', qty: '0.1' })
    await desk.setPrice('59000')
    const short = row(await desk.get('/v5/position/list', usdt))
    expect(short).toMatchObject({
      side: 'Sell',
      size: '0.100',
      avgPrice: '59999.9',
      positionValue: '5999.99',
      markPrice: '59000.00',
      unrealisedPnl: '99.99',
      curRealisedPnl: '-3.2999945',
      cumRealisedPnl: '-3.2999945',
    })
    // size × mark ÷ leverage + size × bankruptcy price × taker rate
    const fee = 0.1 * 59_999.9 * 1.1 * 0.00055
    expect(Number(short.positionIM)).toBeCloseTo(590 + fee, 6)
    expect(Number(short.positionMM)).toBeCloseTo(5900 * 0.005 + fee, 6)
    await desk.advance(1000)
    await place(desk, { qty: '0.3' })
    const long = row(await desk.get('/v5/position/list', usdt))
    expect(long).toMatchObject({ side: 'Buy', size: '0.200', createdTime: short.createdTime })
    expect(Number(long.openTime)).toBe(Number(short.openTime) + 1000)
  })

  test('default: leverage is set once, and read in two places (trap 8)', async () => {
    const desk = openDesk()
    const leverage = { ...bitcoin, buyLeverage: '12.5', sellLeverage: '12.5' }
    const answer = await desk.post('/v5/position/set-leverage', leverage)
    expect(answer.at('result').value).toEqual({})
    expect(said(await desk.post('/v5/position/set-leverage', leverage))).toBe(
      '110043 leverage not modified',
    )
    expect(row(await desk.get('/v5/position/list', bitcoin))).toMatchObject({ leverage: '12.5' })
    expect(row(await desk.get('/v5/position/symbol-info', bitcoin))).toEqual({
      symbol: 'BTCUSDT',
      leverage: '12.5',
      side: '',
      positionIdx: 0,
    })
  })

  test.each([
    ['7', '8', '10001 leverage invalid'],
    ['0.5', '0.5', '10001 leverage invalid'],
    ['x', 'x', '10001 leverage invalid'],
    ['7.005', '7.005', '10001 leverage invalid'],
    ['101', '101', '110013 cannot set leverage [101] gt maxLeverage [100] by risk limit'],
  ])('error: leverage %s and %s', async (buyLeverage, sellLeverage, message) => {
    const leverage = { ...bitcoin, buyLeverage, sellLeverage }
    expect(said(await openDesk().post('/v5/position/set-leverage', leverage))).toBe(message)
  })

  test('error: a leverage that the margin does not carry', async () => {
    const desk = openDesk()
    await place(desk, { qty: '16' })
    const leverage = { ...bitcoin, buyLeverage: '1', sellLeverage: '1' }
    expect(said(await desk.post('/v5/position/set-leverage', leverage))).toMatch(/^110007 /)
  })
})

describe('modes', () => {
  test.each([
    [{ ...bitcoin, mode: 0 }, '110025 Position mode is not modified'],
    [{ category: 'linear', coin: 'USDT', mode: 0 }, '0 OK'],
    [{ ...bitcoin, mode: 3 }, '0 OK'],
    [{ category: 'linear', coin: 'USDT', mode: 3 }, '0 OK'],
    [{ category: 'linear', coin: 'USDC', mode: 3 }, '0 OK'],
    [{ category: 'linear', coin: 'BTC', mode: 3 }, '10001 params error: coin invalid'],
    [{ category: 'linear', symbol: 'X', mode: 3 }, '10001 params error: symbol invalid X'],
    [{ ...bitcoin, mode: 1 }, '10001 params error: mode invalid'],
    [{ category: 'linear', mode: 0 }, '10001 Request parameter error.'],
    [{ ...bitcoin, mode: '0' }, '10001 Request parameter error.'],
  ])('args: switch-mode %j (trap 8)', async (body, message) => {
    expect(said(await openDesk().post('/v5/position/switch-mode', body))).toBe(message)
  })

  test('error: the mode is fixed while there are orders or a position', async () => {
    const desk = openDesk()
    await place(desk, { orderType: 'Limit', price: '59000' })
    const hedge = { ...bitcoin, mode: 3 }
    expect(said(await desk.post('/v5/position/switch-mode', hedge))).toMatch(/^110028 /)
    await place(desk, {})
    expect(said(await desk.post('/v5/position/switch-mode', hedge))).toMatch(/^110024 /)
  })

  test('error: orders for a slot of hedge mode', async () => {
    const desk = openDesk()
    const answer = await desk.post('/v5/order/create', order({ positionIdx: 1 }))
    expect(said(answer)).toBe('10001 position idx not match position mode')
    expect(await desk.unknownWords()).toEqual([])
  })

  test('default: margin mode is that of the account', async () => {
    const desk = openDesk()
    const info = await desk.get('/v5/account/info')
    expect(info.at('result').value).toMatchObject({
      marginMode: 'REGULAR_MARGIN',
      unifiedMarginStatus: 6,
    })
    const set = (setMarginMode: string) =>
      desk.post('/v5/account/set-margin-mode', { setMarginMode })
    expect((await set('REGULAR_MARGIN')).at('result').value).toEqual({ reasons: [] })
    expect((await set('PORTFOLIO_MARGIN')).value).toEqual({
      retCode: 3400045,
      retMsg: 'Set margin mode failed',
      result: { reasons: [{ reasonCode: '110073', reasonMsg: 'Set margin mode failed' }] },
    })
    expect(said(await set(''))).toBe('10001 Request parameter error.')
    expect(said(await set('CROSS'))).toBe('10001 params error: setMarginMode invalid')
    expect(await desk.unknownWords()).toEqual(['value setMarginMode'])
  })

  test('error: what belongs to isolated margin, or to accounts of former times (trap 27)', async () => {
    const desk = openDesk()
    const margin = { ...bitcoin, margin: '10', positionIdx: 0 }
    const cross = '110015 The position is in cross margin mode.'
    expect(said(await desk.post('/v5/position/add-margin', margin))).toBe(cross)
    const auto = { ...bitcoin, autoAddMargin: 1, positionIdx: 0 }
    expect(said(await desk.post('/v5/position/set-auto-add-margin', auto))).toBe(cross)
    const isolated = { ...bitcoin, tradeMode: 1, buyLeverage: '5', sellLeverage: '5' }
    expect(said(await desk.post('/v5/position/switch-isolated', isolated))).toMatch(/^100028 /)
    expect(await desk.unknownWords()).toEqual([])
  })
})

describe('account', () => {
  test('default: fee rates of one contract and of all', async () => {
    const desk = openDesk()
    expect(row(await desk.get('/v5/account/fee-rate', bitcoin))).toEqual({
      symbol: 'BTCUSDT',
      takerFeeRate: '0.00055',
      makerFeeRate: '0.0002',
    })
    expect(rows(await desk.get('/v5/account/fee-rate', { category: 'linear' }))).toHaveLength(8)
  })

  test('default: the key tells what it may', async () => {
    const desk = openDesk()
    const key = (await desk.get('/v5/user/query-api')).at('result')
    expect(key.at('apiKey').string()).toBe(desk.simulator.credentials('bybit').apiKey)
    expect(key.at('uta').number()).toBe(1)
    expect(key.at('permissions').at('ContractTrade').value).toEqual(['Order', 'Position'])
    expect(key.at('expiredAt').string()).toBe('2026-04-05T00:00:30Z')
  })

  test('behavior: the window of the disconnect protection is kept', async () => {
    const desk = openDesk()
    const before = await desk.get('/v5/account/query-dcp-info')
    expect(before.at('result').value).toEqual({ dcpInfos: [] })
    const body = { product: 'DERIVATIVES', timeWindow: 30 }
    const answer = await desk.post('/v5/order/disconnected-cancel-all', body)
    expect(answer.value).toEqual({ retCode: 0, retMsg: 'success' })
    const after = await desk.get('/v5/account/query-dcp-info')
    expect(after.at('result').value).toEqual({
      dcpInfos: [{ product: 'DERIVATIVES', dcpStatus: 'ON', timeWindow: '30' }],
    })
    const short = { product: 'DERIVATIVES', timeWindow: 2 }
    const refused = await desk.post('/v5/order/disconnected-cancel-all', short)
    expect(said(refused)).toBe('10001 params error: timeWindow invalid')
    const options = await desk.post('/v5/order/disconnected-cancel-all', { timeWindow: 60 })
    expect(said(options)).toBe('0 success')
    expect((await desk.get('/v5/account/info')).at('result').at('timeWindow').value).toBe(30)
  })

  test('default: what ccxt asks for without being asked', async () => {
    const desk = openDesk()
    const coins = await desk.get('/v5/asset/coin/query-info')
    expect(coins.at('result').value).toEqual({ rows: [] })
    const config = await desk.get('/v5/account/user-setting-config')
    expect(config.at('result').value).toMatchObject({ lpaSpot: false, lpaPerp: false })
    expect(await desk.unknownWords()).toEqual([])
  })

  test('behavior: a pre-check places nothing and tells the rates', async () => {
    const desk = openDesk()
    const check = order({ orderType: 'Limit', price: '60000', qty: '1', orderLinkId: 'c-1' })
    const answer = await desk.post('/v5/order/pre-check', check)
    expect(answer.at('result').value).toEqual({
      orderId: '',
      orderLinkId: 'c-1',
      preImrE4: 0,
      preMmrE4: 0,
      postImrE4: 600,
      postMmrE4: 30,
    })
    expect(rows(await desk.get('/v5/order/realtime', usdt))).toEqual([])
    const stop = { ...check, triggerPrice: '61000', triggerDirection: 1 }
    expect(said(await desk.post('/v5/order/pre-check', stop))).toBe(
      '10001 Request parameter error.',
    )
  })
})

function asRows(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw new Error('no list')
  return value
}
