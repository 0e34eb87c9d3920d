import { describe, expect, it } from 'vitest'
import type { UserEvent } from '../../client/definition.ts'
import { context } from './script.testing.ts'
import { createUserFeed } from './streamUser.ts'

// Samples of docs/wire/kraken.md 8.4.

const POSITION = {
  ...{ instrument: 'PF_XBTUSD', balance: -0.5, pnl: 10, entry_price: 84000, mark_price: 83980 },
  ...{ index_price: 68.8091, liquidation_threshold: 0, effective_leverage: 0.00702 },
  ...{ return_on_equity: -1.2233525, unrealized_funding: 0.000069, initial_margin: 0.7053 },
}
const WALLET = {
  currencies: { XBT: { quantity: 0.5, value: 5000.0, available: 0.4 } },
  ...{ balance_value: 5000.0, portfolio_value: 5000.0, collateral_value: 5000.0, pnl: 1.5 },
  ...{ margin_equity: 5001.5, available_margin: 4100.5 },
}

function open(): (topic: string, frame: object) => UserEvent[] {
  const feed = createUserFeed()
  const all = { ...context, orderById: () => undefined, ordersByClientId: () => [] }
  return (topic, frame) => feed.decode(topic, frame, all)
}

describe('positions', () => {
  const list = (...positions: object[]): object => ({
    ...{ feed: 'open_positions', account: 'a', positions, seq: 0, timestamp: 1698608414910 },
  })

  it('default: one, in cross margin', () => {
    expect(open()('open_positions', list(POSITION))).toEqual([
      {
        ...{ kind: 'position', timestamp: 1698608414910, nativeSymbol: 'PF_XBTUSD' },
        position: {
          ...{ symbol: 'BTCUSD', nativeSymbol: 'PF_XBTUSD', side: 'SHORT', size: '0.5' },
          ...{ entryPrice: '84000', markPrice: '83980', pnl: '10', percentage: '2.38' },
          ...{ leverage: 100, marginMode: 'CROSS', notional: '41990' },
        },
      },
    ])
  })

  it('behavior: isolated, with a price of liquidation', () => {
    const row = { ...POSITION, balance: 0.5, max_fixed_leverage: 5, liquidation_threshold: 67200.5 }
    expect(open()('open_positions', list(row))).toMatchObject([
      {
        position: {
          ...{ side: 'LONG', leverage: 5, marginMode: 'ISOLATED', liquidationPrice: '67200.5' },
        },
      },
    ])
  })

  it('behavior: one that is not in the list any more is flat, and told once', () => {
    const hear = open()
    hear('open_positions', list(POSITION))
    const flat = { kind: 'position', timestamp: 1698608414910, nativeSymbol: 'PF_XBTUSD' }
    expect(hear('open_positions', list())).toEqual([flat])
    expect(hear('open_positions', list())).toEqual([])
    expect(hear('open_positions', list({ ...POSITION, balance: 0 }))).toEqual([])
    expect(hear('open_positions', list({ ...POSITION, instrument: 'PI_XBTUSD' }))).toEqual([])
  })

  it('error: a message without the list never means flat', () => {
    const hear = open()
    hear('open_positions', list(POSITION))
    expect(() => hear('open_positions', { feed: 'open_positions', timestamp: 1 })).toThrow(
      /positions/,
    )
    expect(hear('open_positions', list())).toHaveLength(1)
  })
})

describe('balances', () => {
  const message = (parts: object): object => ({ feed: 'balances', timestamp: 7, seq: 1, ...parts })

  it('default: the wallet of the linear contracts', () => {
    expect(open()('balances', message({ flex_futures: WALLET }))).toEqual([
      {
        ...{ kind: 'account', timestamp: 7 },
        account: {
          ...{ totalWalletBalance: '5000', availableBalance: '4100.5', totalUnrealizedPnl: '1.5' },
          ...{ totalMarginBalance: '5001.5', currency: 'USD' },
          assets: [
            { asset: 'BTC', walletBalance: '0.5', availableBalance: '0.4', unrealizedPnl: '0' },
          ],
        },
      },
    ])
  })

  it('behavior: a part that says nothing of it', () => {
    expect(open()('balances', message({ holding: { USD: 1 } }))).toEqual([])
  })

  it('behavior: a part of it has the whole read; without assets the totals are told', () => {
    const { margin_equity, ...part } = WALLET
    const { currencies, ...totals } = WALLET
    const hear = open()
    expect(hear('balances', message({ flex_futures: part }))).toEqual([
      { kind: 'account', timestamp: 7 },
    ])
    expect(hear('balances', message({ flex_futures: totals }))).toMatchObject([
      { account: { totalWalletBalance: '5000', assets: [] } },
    ])
  })
})
