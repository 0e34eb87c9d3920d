import { expect, test } from 'vitest'
import { openDesk, place, rows, said, startTime } from './desk.fixture.ts'

const code = { contract_code: 'BTC-USDT' }

test('default: the time, as a number beside the status', async () => {
  const answer = await openDesk().send({ path: '/api/v1/timestamp' })
  expect(answer.body).toBe(`{"status":"ok","ts":${startTime}}`)
})

test('default: a contract reads as it was recorded, digit by digit', async () => {
  const path = '/linear-swap-api/v1/swap_contract_info'
  const { body } = await openDesk().send({ path, query: 'contract_code=BTC-USDT' })
  expect(body).toBe(
    '{"status":"ok","data":[{"symbol":"BTC","contract_code":"BTC-USDT",' +
      '"contract_size":0.001000000000000000,"price_tick":0.100000000000000000,' +
      '"delivery_date":"","delivery_time":"","create_date":"20201021","contract_status":1,' +
      '"adjust":[],"price_estimated":[],"settlement_date":"1767600000000",' +
      '"support_margin_mode":"all","open_type":0,"settlement_period":"8",' +
      '"business_type":"swap","pair":"BTC-USDT","contract_type":"swap","trade_partition":"USDT"}],' +
      `"ts":${startTime}}`,
  )
})

test('args: contracts by kind and margin mode; small ticks have an exponent', async () => {
  const desk = openDesk()
  const path = '/linear-swap-api/v1/swap_contract_info'
  const count = async (query: Record<string, string>): Promise<number> =>
    rows(await desk.get(path, query)).length
  expect(await count({ business_type: 'all' })).toBeGreaterThanOrEqual(5)
  expect(await count({ business_type: 'futures' })).toBe(0)
  expect(await count({ support_margin_mode: 'isolated' })).toBe(await count({}))
  expect(await count({ pair: 'eth-usdt' })).toBe(1)
  const { body } = await desk.send({ path, query: 'contract_code=SHIB-USDT' })
  expect(body).toContain('"contract_size":1000.000000000000000000,"price_tick":1.000000000E-9')
})

test('default: the ticker is texts but for the touch, the count and the times', async () => {
  const answer = await openDesk().get('/linear-swap-ex/market/detail/merged', code)
  expect(answer.at('ch').string()).toBe('market.BTC-USDT.detail.merged')
  const tick = answer.at('tick').value
  expect(tick).toEqual({
    amount: expect.any(String),
    ask: [expect.any(Number), expect.any(Number)],
    bid: [expect.any(Number), expect.any(Number)],
    close: '60000',
    count: expect.any(Number),
    high: expect.any(String),
    id: Math.floor(startTime / 1000),
    low: expect.any(String),
    open: expect.any(String),
    trade_turnover: expect.any(String),
    ts: startTime,
    vol: expect.stringMatching(/^\d+$/),
  })
})

test('behavior: volumes are contracts and base; the second batch call moves the names', async () => {
  const desk = openDesk()
  const [first] = (await desk.get('/linear-swap-ex/market/detail/batch_merged')).at('ticks').items()
  expect(first?.at('contract_code').string()).toBe('BTC-USDT')
  expect(first?.at('business_type').string()).toBe('swap')
  const amount = Number(first?.at('amount').string())
  expect(Number(first?.at('vol').string())).toBeCloseTo(amount * 1000, 3)
  const path = '/v2/linear-swap-ex/market/detail/batch_merged'
  const [moved] = (await desk.get(path, code)).at('ticks').items()
  expect(moved?.at('vol').string()).toBe(first?.at('trade_turnover').string())
  expect(moved?.at('number_of').string()).toBe(first?.at('vol').string())
})

test('default: the book in numbers, merged as asked for', async () => {
  const desk = openDesk()
  const book = async (type: string): Promise<number[][]> => {
    const answer = await desk.get('/linear-swap-ex/market/depth', { ...code, type })
    expect(answer.at('tick').at('ch').string()).toBe(`market.BTC-USDT.depth.${type}`)
    const level = (side: string): number[] =>
      [0, 1].map((part) => answer.at('tick').at(side).at(0).at(part).number())
    return [level('bids'), level('asks'), [answer.at('tick').at('asks').items().length]]
  }
  const [bid = [], ask = [], [shallow] = []] = await book('step6')
  expect(Number(bid[0])).toBeLessThan(Number(ask[0]))
  expect(Number.isInteger(bid[1])).toBe(true)
  expect(shallow).toBe(20)
  const [, , [deep] = []] = await book('step0')
  expect(deep).toBe(150)
  const [mergedBid = [], mergedAsk = []] = await book('step7')
  expect(Number(mergedBid[0]) % 1).toBe(0)
  expect(Number(mergedAsk[0]) % 1).toBe(0)
  expect(Number(mergedBid[1])).toBeGreaterThan(Number(bid[1]))
})

test('behavior: trades are one print a match, with ids beyond 2^53', async () => {
  const desk = openDesk()
  await place(desk)
  const path = '/linear-swap-ex/market/history/trade'
  const answer = await desk.get(path, { ...code, size: 2000 })
  const [match] = answer.at('data').items()
  expect(match?.at('data').at(0).value).toEqual({
    amount: 5,
    direction: 'buy',
    id: expect.stringMatching(/^\d{18}$/),
    price: expect.any(Number),
    ts: startTime,
    quantity: 0.005,
    trade_turnover: expect.any(Number),
  })
  const latest = await desk.get('/linear-swap-ex/market/trade', code)
  expect(latest.at('tick').at('data').at(0).value).toMatchObject({ amount: '5', quantity: 0.005 })
})

test('default: funding is an array, its rate the one to be charged', async () => {
  const desk = openDesk()
  expect(rows(await desk.get('/v5/market/funding_rate', code))).toEqual([
    {
      contract_code: 'BTC-USDT',
      funding_rate: expect.stringMatching(/^-?0\.000\d{5}0{10}$/),
      funding_time: String(Date.UTC(2026, 0, 5, 8)),
      next_funding_time: String(Date.UTC(2026, 0, 5, 16)),
      min_funding_rate: '-0.003750000000000000',
      max_funding_rate: '0.003750000000000000',
    },
  ])
  const two = await desk.get('/v5/market/funding_rate', { contract_code: 'BTC-USDT,ETH-USDT' })
  expect(rows(two)).toHaveLength(2)
})

test('default: open interest is told without a time', async () => {
  const answer = await openDesk().get('/v5/market/open_interest', code)
  expect(answer.value).toEqual({
    code: 200,
    message: null,
    data: {
      amount: '8160',
      volume: '8160000',
      value: '489600000',
      contract_code: 'BTC-USDT',
      trade_amount: expect.any(String),
      trade_volume: expect.any(String),
      trade_turnover: expect.any(String),
    },
    success: true,
  })
})

test('behavior: rules, tiers and bands agree with one another', async () => {
  const desk = openDesk()
  const [elements] = rows(await desk.get('/linear-swap-api/v1/swap_query_elements', code))
  expect(elements).toMatchObject({
    price_tick: '0.100000000000000000',
    instrument_value: '0.001000000000000000',
    max_level: '200',
    min_level: '1',
    settle_period: 8,
  })
  const [tier] = rows(await desk.get('/v5/market/risk/limit', { ...code, margin_mode: 'cross' }))
  expect(tier).toEqual({
    contract_code: 'BTC-USDT',
    contract_type: 'swap',
    margin_mode: 'cross',
    tier: 1,
    max_lever: '200',
    maintenance_margin_rate: '0.0034',
    max_volume: '170000',
    min_volume: '1',
    volume_unit: 'cont',
  })
  expect(rows(await desk.get('/v5/market/price_limit', code))).toEqual([
    { contract_code: 'BTC-USDT', high_limit: '63000', low_limit: '57000' },
  ])
})

test('error: each family of paths has its own envelope for an unknown contract', async () => {
  const desk = openDesk()
  const unknown = { contract_code: 'NONE-USDT' }
  expect((await desk.get('/linear-swap-ex/market/detail/merged', unknown)).value).toEqual({
    status: 'error',
    'err-code': 'invalid-parameter',
    'err-msg': 'invalid symbol',
    ts: startTime,
  })
  expect((await desk.get('/linear-swap-api/v1/swap_contract_info', unknown)).value).toEqual({
    status: 'error',
    err_code: 1332,
    err_msg: 'The contract doesnt exist.',
    ts: startTime,
  })
  expect((await desk.get('/v5/market/open_interest', unknown)).value).toEqual({
    code: 1013,
    message: 'This contract symbol doesnt exist.',
    data: null,
    ts: startTime,
  })
})

test.each([
  ['/linear-swap-ex/market/depth', {}],
  ['/linear-swap-ex/market/depth', { type: 'step20' }],
  ['/linear-swap-ex/market/history/trade', {}],
  ['/linear-swap-ex/market/history/trade', { size: '2001' }],
  ['/linear-swap-ex/market/history/kline', { size: '5' }],
  ['/linear-swap-ex/market/history/kline', { period: '1h', size: '5' }],
  ['/linear-swap-ex/market/history/kline', { period: '1min' }],
  ['/linear-swap-ex/market/history/kline', { period: '1min', from: '1' }],
  ['/linear-swap-ex/market/history/kline', { period: '1min', size: '0' }],
  ['/index/market/history/linear_swap_mark_price_kline', { period: '1min' }],
])('error: %s with %j is a bad request', async (path, query) => {
  const answer = await openDesk().get(path, { ...code, ...query })
  expect(answer.at('status').string()).toBe('error')
  expect(answer.at('err-code').string()).toBe('bad-request')
})

test('error: private calls of before 2026 are switched off', async () => {
  const desk = openDesk()
  const path = '/linear-swap-api/v1/swap_cross_order'
  const { body } = await desk.send(desk.signed({ method: 'POST', path, body: '{}' }))
  expect(JSON.parse(body)).toMatchObject({
    status: 'error',
    err_code: 6023,
    err_msg: 'The new feature is temporarily unavailable.',
  })
  expect((await desk.send({ path: '/v5/trade/nothing' })).status).toBe(404)
})

test('args: public V5 calls may come signed', async () => {
  const desk = openDesk()
  const path = '/v5/market/risk/limit'
  const { body } = await desk.send(desk.signed({ path, query: 'contract_code=BTC-USDT' }))
  expect(JSON.parse(body).code).toBe(200)
  expect(said(await desk.get('/v5/market/multi_assets_margin'))).toBe('200')
  expect(await desk.unknownWords()).toEqual([])
})
