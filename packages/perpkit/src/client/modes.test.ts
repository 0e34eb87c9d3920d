import { describe, expect, it } from 'vitest'
import { binance } from '../exchanges/binance/index.ts'
import type { Instrument } from '../model/instrument.ts'
import type { MarginMode, PositionMode } from '../model/tokens.ts'
import type { Call, ExchangeDefinition, Operations } from './definition.ts'
import { type AccountModes, createAccountModes } from './modes.ts'

interface Account {
  positionMode: PositionMode | Error
  marginMode: MarginMode | undefined
  reads: string[]
}

const call: Call = () => Promise.reject(new Error('no native call is made here'))

function instrument(nativeSymbol: string): Instrument {
  return {
    symbol: nativeSymbol,
    nativeSymbol,
    baseAsset: 'BTC',
    quoteAsset: 'USDT',
    settleAsset: 'USDT',
    isTrading: true,
    tickSize: '0.1',
    stepSize: '0.001',
    minQuantity: '0.001',
    maxQuantity: '100',
    maxMarketQuantity: '100',
    minNotional: '5',
    contractMultiplier: '1',
  }
}

const BTC = instrument('BTCUSDT')
const ETH = instrument('ETHUSDT')

function modesOf(
  account: Account,
  change: Partial<ExchangeDefinition> = {},
  scope: 'account' | 'symbol' | 'order' = 'symbol',
): AccountModes {
  const operations: Operations = {
    ...binance.createOperations(),
    async getPositionMode(_, params) {
      account.reads.push(`position ${params.instrument?.nativeSymbol ?? ''}`)
      if (account.positionMode instanceof Error) throw account.positionMode
      return account.positionMode
    },
    async getMarginMode(_, params) {
      account.reads.push(`margin ${params.instrument.nativeSymbol}`)
      return account.marginMode
    },
  }
  const capabilities = { ...binance.capabilities, marginModeScope: scope }
  return createAccountModes({ ...binance, capabilities, ...change }, operations)
}

function accountOf(change: Partial<Account> = {}): Account {
  return { positionMode: 'HEDGE', marginMode: undefined, reads: [], ...change }
}

describe('createAccountModes', () => {
  it('default: the position mode is read once for the account', async () => {
    const account = accountOf()
    const modes = modesOf(account)
    expect(await modes.positionMode(call, BTC)).toBe('HEDGE')
    expect(await modes.positionMode(call, ETH)).toBe('HEDGE')
    expect(account.reads).toEqual(['position BTCUSDT'])
  })

  it('args: once for each symbol where each has its own', async () => {
    const account = accountOf()
    const modes = modesOf(account, { positionModeScope: 'symbol' })
    for (const one of [BTC, ETH, BTC]) await modes.positionMode(call, one)
    expect(account.reads).toEqual(['position BTCUSDT', 'position ETHUSDT'])
  })

  it('behavior: what was set is known without asking, what was forgotten is asked again', async () => {
    const account = accountOf()
    const modes = modesOf(account)
    modes.setPositionMode('ONE_WAY')
    expect(await modes.positionMode(call, BTC)).toBe('ONE_WAY')
    expect(account.reads).toEqual([])
    modes.forget()
    expect(await modes.positionMode(call, BTC)).toBe('HEDGE')
  })

  it('error: a read that failed is not remembered', async () => {
    const account = accountOf({ positionMode: new Error('away') })
    const modes = modesOf(account)
    await expect(modes.positionMode(call, BTC)).rejects.toThrow('away')
    account.positionMode = 'ONE_WAY'
    expect(await modes.positionMode(call, BTC)).toBe('ONE_WAY')
  })

  it('default: a margin mode the exchange keeps nowhere is CROSS', async () => {
    expect(await modesOf(accountOf()).marginMode(call, BTC)).toBe('CROSS')
  })

  it('behavior: a choice said with orders is remembered for that symbol', async () => {
    const modes = modesOf(accountOf(), {}, 'order')
    modes.setMarginMode(BTC, 'ISOLATED')
    expect(await modes.marginMode(call, BTC)).toBe('ISOLATED')
    expect(await modes.currentMarginMode(call, BTC)).toBe('ISOLATED')
    expect(await modes.marginMode(call, ETH)).toBe('CROSS')
  })

  it('behavior: what closes goes by the position, whatever was chosen', async () => {
    const account = accountOf({ marginMode: 'CROSS' })
    const modes = modesOf(account, {}, 'order')
    modes.setMarginMode(BTC, 'ISOLATED')
    expect(await modes.positionsMarginMode(call, BTC)).toBe('CROSS')
    account.marginMode = undefined
    expect(await modes.positionsMarginMode(call, BTC)).toBe('ISOLATED')
  })

  it('behavior: a setting is remembered, a position is looked at anew', async () => {
    const setting = accountOf({ marginMode: 'ISOLATED' })
    const remembering = modesOf(setting)
    await remembering.marginMode(call, BTC)
    await remembering.marginMode(call, BTC)
    expect(setting.reads).toEqual(['margin BTCUSDT'])
    const held = accountOf({ marginMode: 'ISOLATED' })
    const looking = modesOf(held, {}, 'order')
    await looking.marginMode(call, BTC)
    await looking.marginMode(call, BTC)
    expect(held.reads).toEqual(['margin BTCUSDT', 'margin BTCUSDT'])
  })
})
