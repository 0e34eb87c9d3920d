import { AuthenticationError, type FuturesExchange, PerpkitError } from 'perpkit'
import { expect } from 'vitest'
import { capabilitiesOf } from './capabilitiesOf.ts'
import { card } from './card.ts'
import { errorOf } from './errorOf.ts'

export const accountCards = [
  card('C-20', 'a fresh account: money, no positions, no orders', async ({ exchange, played }) => {
    const { asset = 'USDT' } = played
    const account = await exchange.getAccountInfo()
    expect(account.totalWalletBalance).toBe('100000')
    expect(account.availableBalance).toBe('100000')
    expect(account.totalUnrealizedPnl).toBe('0')
    expect(account.assets).toContainEqual(
      expect.objectContaining({ asset, walletBalance: '100000' }),
    )
    expect(await exchange.getPositionInfo()).toEqual([])
    expect(await exchange.getPositions()).toEqual([])
    expect(await exchange.getOpenOrders()).toEqual([])
  }),
  card('C-21', 'leverage: set, read, set again to the same', async ({ exchange }) => {
    expect(await exchange.setLeverage('BTCUSDT', 7)).toBe(true)
    expect(await exchange.getLeverage('BTCUSDT')).toBe(7)
    expect(await exchange.setLeverage('BTC/USDT', 7)).toBe(true)
    expect(await exchange.getLeverage('ETHUSDT')).not.toBe(7)
  }),
  card('C-22', 'leverage above the maximum is refused with both numbers', async ({ exchange }) => {
    const error = await errorOf(exchange.setLeverage('BTCUSDT', 1_000))
    expect(PerpkitError.is(error) && ['INVALID_ARGUMENT', 'LEVERAGE_REFUSED']).toContain(error.code)
    expect(error.message).toContain('1000')
  }),
  card(
    'C-23',
    'a position: side, size, profit at the mark price',
    async ({ exchange, price, played }) => {
      await exchange.setLeverage('BTCUSDT', 10)
      await exchange.createMarketOrder('BTCUSDT', 'SELL', '0.05')
      await price('59000')
      const [position, ...more] = await exchange.getPositionInfo('BTCUSDT')
      expect(more).toEqual([])
      expect(position).toMatchObject({
        symbol: played.symbol,
        side: 'SHORT',
        size: '0.05',
        leverage: 10,
      })
      expect(position?.markPrice).toBe('59000')
      expect(Number(position?.pnl)).toBeGreaterThan(40)
      expect(Number(position?.percentage)).toBeGreaterThan(5)
      expect(position?.marginMode).toBe(played.isolatesWithLeverage ? 'ISOLATED' : 'CROSS')
      expect(await exchange.getPositionInfo('ETHUSDT')).toEqual([])
    },
  ),
  card(
    'C-24',
    'a wrong secret is an AuthenticationError without the secret',
    async ({ another, credentials }) => {
      const { apiKey } = credentials
      const stranger = another({ apiKey, apiSecret: 'not-the-secret-canary' })
      const error = await errorOf(stranger.getAccountInfo())
      expect(error).toBeInstanceOf(AuthenticationError)
      expect(error.code).toBe('INVALID_CREDENTIALS')
      expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('canary')
      expect(error.message).not.toContain(apiKey)
    },
  ),
  card(
    'C-192',
    'what the key may do: told where the exchange tells it, and true',
    async ({ exchange, simulator, venue, played, another, truth }) => {
      const { accountKind, name } = played
      const kind = accountKind === undefined ? {} : { kind: accountKind }
      const withKey = async (permissions: object): Promise<FuturesExchange> =>
        another(await simulator.control.createAccount({ venue, permissions, ...kind }))
      const reader = await withKey({ trade: false })
      const spender = await withKey({ withdraw: true, addresses: ['203.0.113.5', '203.0.113.6'] })
      if (capabilitiesOf(played).unsupported.getKeyPermissions === undefined) {
        const usual = { canRead: true, canTrade: true, canWithdraw: false, isAddressBound: false }
        expect(await exchange.getKeyPermissions()).toMatchObject(usual)
        expect(await reader.getKeyPermissions()).toMatchObject({ ...usual, canTrade: false })
        const told = await spender.getKeyPermissions()
        expect(told).toMatchObject({ ...usual, canWithdraw: true, isAddressBound: true })
        expect(told.raw).toBeTypeOf('object')
        // Nowhere does a key that is bound to addresses expire.
        expect(told).not.toHaveProperty('expiresAt')
      } else {
        const error = await errorOf(reader.getKeyPermissions())
        expect(error).toMatchObject({ code: 'UNSUPPORTED', exchange: name })
      }
      expect((await reader.getAccountInfo()).totalWalletBalance).toBe('100000')
      const refused = await errorOf(reader.createMarketOrder('BTCUSDT', 'BUY', '0.01'))
      expect(refused).toBeInstanceOf(AuthenticationError)
      await spender.createMarketOrder('BTCUSDT', 'BUY', '0.01')
      expect((await truth()).positions).toMatchObject([{ side: 'LONG', size: '0.01' }])
    },
  ),
]
