import { describe, expect, test } from 'vitest'
import { bitcoin, ok, refused, script } from './script.testing.ts'
import { getTrades } from './trades.ts'

// docs/wire/okx.md 3.2
const newer = {
  instId: 'BTC-USDT-SWAP',
  side: 'sell',
  sz: '0.5',
  px: '85000',
  tradeId: '1518905529',
  source: '0',
  ts: '1795334400001',
}
const older = { ...newer, side: 'buy', sz: '12', tradeId: '1518905528' }

describe('getTrades', () => {
  test('default: ascending, in the base asset', async () => {
    const { call, lines, sent } = script({ 'GET market/trades': ok(newer, older) })
    const trades = await getTrades(call, { instrument: bitcoin, limit: 2 })
    expect(trades).toEqual([
      {
        symbol: 'BTCUSDT',
        nativeSymbol: 'BTC-USDT-SWAP',
        tradeId: '1518905528',
        price: '85000',
        quantity: '0.12',
        side: 'BUY',
        timestamp: 1_795_334_400_001,
      },
      expect.objectContaining({ tradeId: '1518905529', quantity: '0.005', side: 'SELL' }),
    ])
    expect(trades[1]?.raw).toBe(newer)
    expect(lines).toEqual(['GET market/trades?instId=BTC-USDT-SWAP&limit=2'])
    expect(sent).toEqual([{ access: 'public', effect: 'read', cost: { 'GET market/trades': 1 } }])
  })

  test('args: no more than are handed out at once', async () => {
    const { call, lines } = script({ 'GET market/trades': ok() })
    expect(await getTrades(call, { instrument: bitcoin, limit: 1_000 })).toEqual([])
    expect(lines).toEqual(['GET market/trades?instId=BTC-USDT-SWAP&limit=500'])
  })

  test.each(['tradeId', 'px', 'sz', 'side', 'ts'])('error: a trade without %s', async (name) => {
    const { call } = script({ 'GET market/trades': ok({ ...newer, [name]: undefined }) })
    await expect(getTrades(call, { instrument: bitcoin, limit: 1 })).rejects.toThrow(
      `$.data[0].${name}: expected`,
    )
  })

  test('error: an unknown contract', async () => {
    const { call } = script({ 'GET market/trades': refused('51001') })
    await expect(getTrades(call, { instrument: bitcoin, limit: 1 })).rejects.toMatchObject({
      code: 'UNKNOWN_SYMBOL',
    })
  })
})
