import { describe, expect, test } from 'vitest'
import { bitcoin, no, ok, perp, script } from './script.testing.ts'
import { getOpenInterest, getTrades } from './trades.ts'

const FILLS = 'GET /api/v2/mix/market/fills'
const HISTORY = 'GET /api/v2/mix/market/fills-history'
const INTEREST = 'GET /api/v2/mix/market/open-interest'
const read = { access: 'public', effect: 'read' }

// docs/wire/bitget.md 3.2
const row = {
  tradeId: '3',
  price: '29990.50',
  size: '0.0166',
  side: 'Sell',
  ts: '1698730804882',
  symbol: 'BTCUSDT',
}

describe('getTrades', () => {
  test('default: ascending, the side is the taker’s', async () => {
    const rows = [row, { ...row, tradeId: '2', side: 'buy' }, { ...row, tradeId: '1', ts: '5' }]
    const { call, lines, sent } = script({ [FILLS]: ok(rows) })
    const trades = await getTrades(call, { instrument: bitcoin, limit: 100 })
    expect(lines).toEqual([`${FILLS}?productType=USDT-FUTURES&symbol=BTCUSDT&limit=100`])
    expect(sent).toEqual([read])
    expect(trades.map(({ tradeId }) => tradeId)).toEqual(['1', '2', '3'])
    expect(trades[2]).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      tradeId: '3',
      price: '29990.5',
      quantity: '0.0166',
      side: 'SELL',
      timestamp: 1_698_730_804_882,
    })
    expect(trades[2]?.raw).toBe(row)
  })

  test.each([
    [101, '101'],
    [5000, '1000'],
  ])('args: %i of them are in the other list', async (limit, sentLimit) => {
    const { call, lines } = script({ [HISTORY]: ok(null) })
    expect(await getTrades(call, { instrument: perp, limit })).toEqual([])
    expect(lines).toEqual([`${HISTORY}?productType=USDC-FUTURES&symbol=BTCPERP&limit=${sentLimit}`])
  })

  test.each(['tradeId', 'price', 'size', 'side', 'ts'])('error: %s is needed', async (name) => {
    const { call } = script({ [FILLS]: ok([{ ...row, [name]: undefined }]) })
    const trades = getTrades(call, { instrument: bitcoin, limit: 1 })
    await expect(trades).rejects.toThrow(`$.data[0].${name}`)
  })

  test('error: an unknown symbol', async () => {
    const { call } = script({ [FILLS]: no('40034') })
    await expect(getTrades(call, { instrument: bitcoin, limit: 1 })).rejects.toMatchObject({
      code: 'UNKNOWN_SYMBOL',
    })
  })
})

describe('getOpenInterest', () => {
  const data = { openInterestList: [{ symbol: 'BTCUSDT', size: '34278.060' }], ts: '1695796781616' }

  test('default: in the base asset', async () => {
    const { call, lines, sent } = script({ [INTEREST]: ok(data) })
    expect(await getOpenInterest(call, { instrument: bitcoin })).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTCUSDT',
      quantity: '34278.06',
      timestamp: 1_695_796_781_616,
    })
    expect(lines).toEqual([`${INTEREST}?productType=USDT-FUTURES&symbol=BTCUSDT`])
    expect(sent).toEqual([read])
  })

  test('error: of another symbol', async () => {
    const { call } = script({ [INTEREST]: ok(data) })
    await expect(getOpenInterest(call, { instrument: perp })).rejects.toThrow('a row of BTCPERP')
  })
})
