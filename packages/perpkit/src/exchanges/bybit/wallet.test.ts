import { describe, expect, test } from 'vitest'
import type { Call } from '../../client/definition.ts'
import { Reader } from '../../core/reader.ts'
import type { Instrument } from '../../model/instrument.ts'
import { getAccountInfo } from './account.ts'
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
