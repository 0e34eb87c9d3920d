import { describe, expect, test } from 'vitest'
import { bitcoin, done, refused, script } from './script.testing.ts'
import { getOpenInterest, getTrades } from './trades.ts'

const TRADES = 'GET /linear-swap-ex/market/history/trade'
const INTEREST = 'GET /v5/market/open_interest'

// Recorded (docs/wire/htx.md 3.5), with an id of a busy symbol.
const trades = `{"ch":"market.BTC-USDT.trade.detail","status":"ok","data":[
{"id":131476789,"ts":1780315199500,"data":[
{"amount":4,"direction":"sell","id":1314767890000000001,"price":63105.1,"ts":1780315199500,"quantity":0.004,"trade_turnover":252.4204},
{"amount":2,"direction":"buy","id":1314767890000000000,"price":63105.2,"ts":1780315199500,"quantity":0.002,"trade_turnover":126.2104}]},
{"id":131476787,"ts":1780315199383,"data":[
{"amount":2,"direction":"buy","id":1314767870000,"price":63105.2,"ts":1780315199383,"quantity":0.002,"trade_turnover":126.2104}]}
],"ts":1780315200123}`

describe('getTrades', () => {
  test('default: every print of every match, ascending, from the side of the taker', async () => {
    const { call, lines, sent } = script({ [TRADES]: trades })
    const list = await getTrades(call, { instrument: bitcoin, limit: 50 })
    expect(list).toMatchObject([
      { tradeId: '1314767870000', side: 'BUY', quantity: '0.002', timestamp: 1780315199383 },
      { tradeId: '1314767890000000000', side: 'BUY' },
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTC-USDT',
        tradeId: '1314767890000000001',
        side: 'SELL',
        price: '63105.1',
        quantity: '0.004',
      },
    ])
    expect(list[0]?.raw).toMatchObject({ amount: 2 })
    expect(lines).toEqual([`${TRADES}?contract_code=BTC-USDT&size=50`])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: { market: 1 } }])
  })

  test('args: the newest where more come than were asked for, and never more than 2000', async () => {
    const { call, lines } = script({ [TRADES]: trades })
    const list = await getTrades(call, { instrument: bitcoin, limit: 2 })
    expect(list.map(({ timestamp }) => timestamp)).toEqual([1780315199500, 1780315199500])
    await getTrades(call, { instrument: bitcoin, limit: 5_000 })
    expect(lines[1]).toBe(`${TRADES}?contract_code=BTC-USDT&size=2000`)
  })

  test.each([
    ['id', null],
    ['direction', 'up'],
    ['price', ''],
    ['quantity', undefined],
    ['ts', undefined],
  ])('error: %s is %j', async (name, value) => {
    const print = { id: 1, direction: 'buy', price: 1, quantity: 1, ts: 1, [name]: value }
    const { call } = script({ [TRADES]: { status: 'ok', data: [{ id: 1, data: [print] }] } })
    await expect(getTrades(call, { instrument: bitcoin, limit: 1 })).rejects.toMatchObject({
      name: 'ReadError',
      path: `$.data[0].data[0].${name}`,
    })
  })

  test('error: an unknown symbol', async () => {
    const answer = { status: 'error', 'err-code': 'invalid-parameter', 'err-msg': 'invalid symbol' }
    const { call } = script({ [TRADES]: answer })
    await expect(getTrades(call, { instrument: bitcoin, limit: 1 })).rejects.toMatchObject({
      code: 'UNKNOWN_SYMBOL',
    })
  })
})

// Recorded (docs/wire/htx.md 3.6).
const interest = {
  amount: '32476.092',
  volume: '32476092',
  value: '2063137924.9668',
  contract_code: 'BTC-USDT',
  trade_amount: '1',
  trade_volume: '1000',
  trade_turnover: '63000',
}

describe('getOpenInterest', () => {
  test('default: in the base asset and in the quote asset', async () => {
    const { call, lines, sent } = script({ [INTEREST]: done(interest) })
    expect(await getOpenInterest(call, { instrument: bitcoin })).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      quantity: '32476.092',
      notional: '2063137924.9668',
      timestamp: 1_780_315_200_123,
    })
    expect(lines).toEqual([`${INTEREST}?contract_code=BTC-USDT`])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: { reference: 1 } }])
  })

  test('behavior: an answer without a time is as old as its arrival', async () => {
    const answer = { code: 200, message: null, success: true, data: { amount: 1 } }
    const { call } = script({ [INTEREST]: answer })
    expect(await getOpenInterest(call, { instrument: bitcoin })).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT',
      quantity: '1',
      timestamp: 1_780_315_200_500,
    })
  })

  test('error: no amount, and a refusal', async () => {
    const empty = script({ [INTEREST]: done({ ...interest, amount: null }) })
    await expect(getOpenInterest(empty.call, { instrument: bitcoin })).rejects.toMatchObject({
      path: '$.data.amount',
    })
    const { call } = script({ [INTEREST]: refused(1013) })
    await expect(getOpenInterest(call, { instrument: bitcoin })).rejects.toMatchObject({
      code: 'UNKNOWN_SYMBOL',
    })
  })
})
