import { describe, expect, test } from 'vitest'
import type { Call } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import { getFeeRates, getLeverage, getPositions, setLeverage } from './account.ts'
import { limits } from './limits.ts'

const instrument: Instrument = {
  symbol: 'BTCUSDC',
  nativeSymbol: 'BTCPERP',
  baseAsset: 'BTC',
  quoteAsset: 'USDC',
  settleAsset: 'USDC',
  isTrading: true,
  tickSize: '0.1',
  stepSize: '0.001',
  minQuantity: '0.001',
  maxQuantity: '300',
  maxMarketQuantity: '100',
  minNotional: '5',
  contractMultiplier: '1',
}

const names = limits.map((limit) => limit.name)

/** Answers each path in turn, and keeps what was asked. */
function answering(answers: Record<string, unknown[]>): { call: Call; sent: unknown[] } {
  const sent: unknown[] = []
  const call: Call = async (endpoint, params) => {
    const { method, path, access, effect, cost } = endpoint
    expect(names).toContain(path.slice('/v5/'.length))
    expect(cost).toEqual({ address: 1, [path.slice('/v5/'.length)]: 1 })
    sent.push({ method, path, access, effect, ...endpoint.encode(params) })
    const answer = answers[path]?.shift()
    if (answer === 'unchanged' && endpoint.unchanged) return endpoint.unchanged(params)
    return endpoint.decode(new Reader(answer), params, {
      instruments: {
        byNative: (native) => (native === 'BTCPERP' ? instrument : undefined),
        symbolOf: (native) => (native === 'BTCPERP' ? 'BTCUSDC' : native),
      },
      receivedAt: 1_700_000_000_555,
    })
  }
  return { call, sent }
}

function ok(result: unknown): Record<string, unknown> {
  return { retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time: 1_700_000_000_001 }
}

const signedRead = { method: 'GET', access: 'read', effect: 'read' }

describe('getPositions', () => {
  const path = '/v5/position/list'
  const infoPath = '/v5/account/info'
  const info = (marginMode: unknown): unknown => ({ retCode: 0, result: { marginMode } })
  // docs/wire/bybit.md 4.2, position row
  const long = {
    positionIdx: 0,
    symbol: 'BTCPERP',
    side: 'Buy',
    size: '0.020',
    avgPrice: '60000',
    positionValue: '1200',
    tradeMode: 0,
    leverage: '10',
    markPrice: '60100.50',
    liqPrice: '',
    positionIM: '121.2',
    unrealisedPnl: '2.01',
  }
  const flat = { ...long, side: '', size: '0', avgPrice: '0', positionValue: '', positionIM: '' }
  const pageOf = (list: unknown[], nextPageCursor: unknown = ''): unknown =>
    ok({ category: 'linear', list, nextPageCursor })

  test('default: of one symbol, with the account’s margin mode', async () => {
    const { call, sent } = answering({
      [path]: [pageOf([long])],
      [infoPath]: [info('REGULAR_MARGIN')],
    })
    const [position] = await getPositions(call, { instrument })
    expect(position).toEqual({
      symbol: 'BTCUSDC',
      nativeSymbol: 'BTCPERP',
      side: 'LONG',
      size: '0.02',
      entryPrice: '60000',
      markPrice: '60100.5',
      pnl: '2.01',
      percentage: '1.66',
      leverage: 10,
      marginMode: 'CROSS',
      notional: '1202.01',
    })
    expect(position?.raw).toBe(long)
    expect(sent).toEqual([
      { ...signedRead, path: infoPath },
      { ...signedRead, path, query: { category: 'linear', symbol: 'BTCPERP', limit: 200 } },
    ])
  })

  test('behavior: without a symbol asks for both settle assets, all pages', async () => {
    const short = { ...long, symbol: 'ETHUSDT', side: 'Sell', liqPrice: '70000.00' }
    const { call, sent } = answering({
      [infoPath]: [info('ISOLATED_MARGIN')],
      // First pages of USDT and USDC, then what follows the first page of USDT.
      [path]: [pageOf([short], 'eth%3A1'), pageOf([long]), pageOf([], 'eth%3A2')],
    })
    expect(await getPositions(call, {})).toMatchObject([
      { symbol: 'ETHUSDT', side: 'SHORT', liquidationPrice: '70000', marginMode: 'ISOLATED' },
      { symbol: 'BTCUSDC', side: 'LONG', marginMode: 'ISOLATED' },
    ])
    expect(sent.slice(1)).toMatchObject([
      { query: { category: 'linear', settleCoin: 'USDT', limit: 200 } },
      { query: { category: 'linear', settleCoin: 'USDC', limit: 200 } },
      { query: { category: 'linear', settleCoin: 'USDT', limit: 200, cursor: 'eth:1' } },
    ])
  })

  test('behavior: in hedge mode both sides are positions, each with its leverage', async () => {
    const short = {
      ...long,
      positionIdx: 2,
      side: 'Sell',
      size: '0.010',
      leverage: '5',
      liqPrice: '70000',
      positionIM: '60.25',
    }
    const { call } = answering({
      [path]: [pageOf([{ ...long, positionIdx: 1 }, short])],
      [infoPath]: [info('ISOLATED_MARGIN')],
    })
    expect(await getPositions(call, { instrument })).toMatchObject([
      { side: 'LONG', size: '0.02', leverage: 10, marginMode: 'ISOLATED' },
      {
        side: 'SHORT',
        size: '0.01',
        leverage: 5,
        liquidationPrice: '70000',
        marginMode: 'ISOLATED',
      },
    ])
  })

  test('behavior: flat rows are no positions', async () => {
    const { call } = answering({ [path]: [pageOf([flat])], [infoPath]: [info('REGULAR_MARGIN')] })
    expect(await getPositions(call, { instrument })).toEqual([])
  })

  test('args: zero as nothing, no leverage in portfolio margin, an unknown margin mode', async () => {
    const row = { ...long, liqPrice: '0', leverage: '', positionIM: '' }
    const { call } = answering({ [path]: [pageOf([row])], [infoPath]: [info('NEW_MARGIN')] })
    const [position] = await getPositions(call, { instrument })
    // Of the notional, where neither margin nor leverage is told.
    expect(position).toMatchObject({ percentage: '0.17' })
    expect(position).not.toHaveProperty('liquidationPrice')
    expect(position).not.toHaveProperty('leverage')
    expect(position).not.toHaveProperty('marginMode')
  })

  test('args: an empty initial margin follows from the leverage', async () => {
    const row = { ...long, positionIM: '', unrealisedPnl: '-12.0201' }
    const { call } = answering({ [path]: [pageOf([row])], [infoPath]: [info('REGULAR_MARGIN')] })
    expect(await getPositions(call, { instrument })).toMatchObject([{ percentage: '-10' }])
  })

  test('args: a mark price of zero leaves no margin to tell a percentage of', async () => {
    const row = { ...long, positionIM: '0', markPrice: '0' }
    const { call } = answering({ [path]: [pageOf([row])], [infoPath]: [info('PORTFOLIO_MARGIN')] })
    expect(await getPositions(call, { instrument })).toMatchObject([
      { percentage: '0', notional: '0', marginMode: 'CROSS' },
    ])
  })

  test.each([
    ['side', 'None', 'Buy or Sell'],
    ['markPrice', '', 'a decimal'],
    ['avgPrice', undefined, 'a decimal'],
    ['unrealisedPnl', true, 'a decimal'],
    ['symbol', 7, 'a string'],
  ])('error: %s is %j', async (name, value, expected) => {
    const { call } = answering({
      [path]: [pageOf([{ ...long, [name]: value }])],
      [infoPath]: [info('REGULAR_MARGIN')],
    })
    await expect(getPositions(call, { instrument })).rejects.toThrow(
      `$.result.list[0].${name}: expected ${expected}`,
    )
  })
})

describe('getLeverage', () => {
  const path = '/v5/position/list'

  test('default: stands in the symbol’s row, flat or not', async () => {
    const row = { symbol: 'BTCPERP', size: '0', side: '', leverage: '12.5', seq: '-1' }
    const { call, sent } = answering({ [path]: [ok({ list: [row] })] })
    expect(await getLeverage(call, { instrument })).toBe(12.5)
    expect(sent).toEqual([
      { ...signedRead, path, query: { category: 'linear', symbol: 'BTCPERP' } },
    ])
  })

  test('behavior: in hedge mode that of the long side', async () => {
    const short = { symbol: 'BTCPERP', positionIdx: 2, leverage: '5' }
    const long = { symbol: 'BTCPERP', positionIdx: 1, leverage: '10' }
    const both = answering({ [path]: [ok({ list: [short, long] })] })
    expect(await getLeverage(both.call, { instrument })).toBe(10)
    const one = answering({ [path]: [ok({ list: [short] })] })
    expect(await getLeverage(one.call, { instrument })).toBe(5)
  })

  test('error: no row of the symbol', async () => {
    const { call } = answering({ [path]: [ok({ list: [] })] })
    await expect(getLeverage(call, { instrument })).rejects.toThrow(
      '$.result.list: expected a row of BTCPERP',
    )
  })

  test('error: portfolio margin has none', async () => {
    const { call } = answering({ [path]: [ok({ list: [{ symbol: 'BTCPERP', leverage: '' }] })] })
    await expect(getLeverage(call, { instrument })).rejects.toThrow(
      '$.result.list[0].leverage: expected a decimal',
    )
  })
})

describe('setLeverage', () => {
  const path = '/v5/position/set-leverage'

  test('default: the same for both sides, as text', async () => {
    const { call, sent } = answering({ [path]: [ok({})] })
    await setLeverage(call, { instrument, leverage: 12.5 })
    expect(sent).toEqual([
      {
        method: 'POST',
        path,
        access: 'trade',
        effect: 'idempotent',
        json: {
          category: 'linear',
          symbol: 'BTCPERP',
          buyLeverage: '12.5',
          sellLeverage: '12.5',
        },
      },
    ])
  })

  test('behavior: being so already is done', async () => {
    const { call } = answering({ [path]: ['unchanged'] })
    await expect(setLeverage(call, { instrument, leverage: 7 })).resolves.toBeUndefined()
  })
})

describe('getFeeRates', () => {
  const path = '/v5/account/fee-rate'
  const row = { symbol: 'BTCPERP', takerFeeRate: '0.00055', makerFeeRate: '-0.00010' }

  test('default: fractions, a rebate negative', async () => {
    const { call, sent } = answering({ [path]: [ok({ list: [row] })] })
    const rates = await getFeeRates(call, { instrument })
    expect(rates).toEqual({
      symbol: 'BTCUSDC',
      nativeSymbol: 'BTCPERP',
      makerRate: '-0.0001',
      takerRate: '0.00055',
    })
    expect(rates.raw).toBe(row)
    expect(sent).toEqual([
      { ...signedRead, path, query: { category: 'linear', symbol: 'BTCPERP' } },
    ])
  })

  test('error: no row of the symbol', async () => {
    const { call } = answering({ [path]: [ok({ list: [{ ...row, symbol: 'ETHUSDT' }] })] })
    await expect(getFeeRates(call, { instrument })).rejects.toThrow(
      '$.result.list: expected a row of BTCPERP',
    )
  })

  test('error: a rate is missing', async () => {
    const { call } = answering({ [path]: [ok({ list: [{ ...row, makerFeeRate: '' }] })] })
    await expect(getFeeRates(call, { instrument })).rejects.toThrow(
      '$.result.list[0].makerFeeRate: expected a decimal',
    )
  })
})
