import { describe, expect, test } from 'vitest'
import { getFeeRates } from './fees.ts'
import { bitcoin, ok, refused, script } from './script.testing.ts'

// docs/wire/okx.md 4.1
const RECORD = 'GET public/instruments?instType=SWAP&instId=BTC-USDT-SWAP'
const FEES = 'GET account/trade-fee?instType=SWAP&instFamily=BTC-USDT'
const row = {
  level: 'Lv1',
  feeGroup: [
    { groupId: '5', maker: '-0.0009', taker: '-0.0019' },
    { groupId: '4', maker: '0.00005', taker: '-0.0005' },
  ],
  instType: 'SWAP',
  maker: '-0.1',
  taker: '-0.1',
  makerU: '-0.1',
  takerU: '-0.1',
  ts: '1763979985847',
}
function ask(record: object, fees: unknown): ReturnType<typeof script> {
  return script({ [RECORD]: ok(record), [FEES]: fees })
}
const params = { instrument: bitcoin }

describe('getFeeRates', () => {
  test('default: of the group of the contract; what one pays is positive', async () => {
    const { call, lines, sent } = ask({ groupId: '4' }, ok(row))
    const rates = await getFeeRates(call, params)
    expect(rates).toEqual({
      symbol: 'BTCUSDT',
      nativeSymbol: 'BTC-USDT-SWAP',
      makerRate: '-0.00005',
      takerRate: '0.0005',
    })
    expect(rates.raw).toBe(row)
    expect(lines).toEqual([RECORD, FEES])
    expect(sent[1]).toEqual({
      access: 'read',
      effect: 'read',
      cost: { 'GET account/trade-fee': 1 },
    })
  })

  test('behavior: without a group of its own it is the only one', async () => {
    const { call } = ask({ groupId: '' }, ok({ ...row, feeGroup: row.feeGroup.slice(1) }))
    expect(await getFeeRates(call, params)).toMatchObject({ takerRate: '0.0005' })
  })

  test.each([
    [{ makerU: '-0.0002', takerU: '-0.0005' }, '0.0002', '0.0005'],
    [{ makerU: '', takerU: '', maker: '-0.0008', taker: '-0.001' }, '0.0008', '0.001'],
  ])('behavior: before there were groups, %j', async (flat, makerRate, takerRate) => {
    const { call } = ask({}, ok({ ...row, feeGroup: undefined, ...flat }))
    expect(await getFeeRates(call, params)).toMatchObject({ makerRate, takerRate })
  })

  test.each([
    [{ groupId: '7' }, row],
    [{}, row],
  ])('error: no group for %j', async (record, fees) => {
    const { call } = ask(record, ok(fees))
    await expect(getFeeRates(call, params)).rejects.toThrow(
      '$.data[0].feeGroup: expected the fee group',
    )
  })

  test('error: a group without a rate', async () => {
    const { call } = ask({ groupId: '4' }, ok({ ...row, feeGroup: [{ groupId: '4', maker: '' }] }))
    await expect(getFeeRates(call, params)).rejects.toThrow('feeGroup[0].maker: expected a decimal')
  })

  test('error: a key that may not', async () => {
    const { call } = ask({ groupId: '4' }, refused('50120'))
    await expect(getFeeRates(call, params)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  })
})
