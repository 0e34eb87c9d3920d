import { describe, expect, test } from 'vitest'
import type { Call } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import { getAccountInfo, getLeverage, getPositions, setLeverage } from './account.ts'
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

describe('getAccountInfo', () => {
  const path = '/v5/account/wallet-balance'
  // docs/wire/bybit.md 4.1, wallet reply
  const usdt = {
    coin: 'USDT',
    equity: '10120.55',
    usdValue: '10121.10',
    walletBalance: '10100.00',
    locked: '0',
    totalOrderIM: '12.4',
    totalPositionIM: '201.0',
    unrealisedPnl: '20.55',
    bonus: '0',
    availableToWithdraw: '',
  }
  const account = {
    accountType: 'UNIFIED',
    totalEquity: '10120.55',
    totalWalletBalance: '10100.00',
    totalMarginBalance: '10120.55',
    totalAvailableBalance: '9907.12',
    totalPerpUPL: '20.55',
    coin: [usdt],
  }
  const isolated = {
    ...account,
    totalWalletBalance: '',
    totalMarginBalance: '',
    totalAvailableBalance: '',
    totalPerpUPL: null,
  }
  const wallet = (row: unknown): Record<string, unknown[]> => ({ [path]: [ok({ list: [row] })] })

  test('default: totals in dollars, assets in themselves', async () => {
    const { call, sent } = answering(wallet(account))
    const info = await getAccountInfo(call)
    expect(info).toEqual({
      totalWalletBalance: '10100',
      availableBalance: '9907.12',
      totalUnrealizedPnl: '20.55',
      totalMarginBalance: '10120.55',
      currency: 'USD',
      assets: [
        {
          asset: 'USDT',
          walletBalance: '10100',
          // 9907.12 dollars at 10121.10 / 10120.55 dollars each
          availableBalance: '9906.58162808',
          unrealizedPnl: '20.55',
        },
      ],
    })
    expect(info.raw).toBe(account)
    expect(sent).toEqual([{ ...signedRead, path, query: { accountType: 'UNIFIED' } }])
  })

  test('args: an account that holds nothing', async () => {
    const zero = {
      totalWalletBalance: '0',
      totalMarginBalance: '0',
      totalAvailableBalance: '0',
      totalPerpUPL: '0',
      coin: [],
    }
    const { call } = answering(wallet(zero))
    expect(await getAccountInfo(call)).toMatchObject({ totalWalletBalance: '0', assets: [] })
  })

  test('args: a coin without equity is free as far as nothing holds it', async () => {
    const coin = { ...usdt, equity: '0', usdValue: '', walletBalance: '5', unrealisedPnl: '' }
    const { call } = answering(wallet({ ...account, coin: [coin] }))
    expect(await getAccountInfo(call)).toMatchObject({
      assets: [{ walletBalance: '5', availableBalance: '0', unrealizedPnl: '0' }],
    })
  })

  test('args: a coin without a dollar value is free as far as nothing holds it', async () => {
    const coin = { coin: 'NEW', equity: '5', usdValue: '', walletBalance: '5', locked: '2' }
    const { call } = answering(wallet({ ...account, coin: [coin] }))
    expect(await getAccountInfo(call)).toMatchObject({ assets: [{ availableBalance: '3' }] })
  })

  test('behavior: isolated margin leaves totals empty; they are added up in dollars', async () => {
    const btc = { coin: 'BTC', equity: '0.5', usdValue: '30000', walletBalance: '0.5' }
    const { call } = answering(
      wallet({
        ...isolated,
        coin: [{ ...usdt, usdValue: '10120.55', locked: '', bonus: '1' }, btc],
      }),
    )
    expect(await getAccountInfo(call)).toEqual({
      totalWalletBalance: '40100',
      availableBalance: '39885.6',
      totalUnrealizedPnl: '20.55',
      totalMarginBalance: '40120.55',
      currency: 'USD',
      assets: [
        {
          asset: 'USDT',
          walletBalance: '10100',
          availableBalance: '9885.6',
          unrealizedPnl: '20.55',
        },
        { asset: 'BTC', walletBalance: '0.5', availableBalance: '0.5', unrealizedPnl: '0' },
      ],
    })
  })

  test.each(['totalWalletBalance', 'totalMarginBalance', 'totalAvailableBalance', 'totalPerpUPL'])(
    'error: %s may be empty but not missing',
    async (name) => {
      const { call } = answering(wallet({ ...account, [name]: undefined }))
      await expect(getAccountInfo(call)).rejects.toThrow(
        `$.result.list[0].${name}: expected a decimal, received nothing`,
      )
    },
  )

  test('error: no account in the list', async () => {
    const { call } = answering({ [path]: [ok({ list: [] })] })
    await expect(getAccountInfo(call)).rejects.toThrow('$.result.list[0]: expected an object')
  })
})

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
