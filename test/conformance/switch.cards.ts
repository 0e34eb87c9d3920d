import { expect } from 'vitest'
import { capabilitiesOf } from './capabilitiesOf.ts'
import { card } from './card.ts'
import { errorOf } from './errorOf.ts'

export const switchCards = [
  card(
    'C-170',
    "the dead man's switch takes open orders when its time has come",
    async ({ exchange, truth, advance }) => {
      const { cancelAllAfter } = exchange.capabilities
      if (!cancelAllAfter) throw new TypeError('there is no switch')
      const { scope, minMs, maxMs, stepMs } = cancelAllAfter
      const symbol = scope === 'symbol' ? 'BTCUSDT' : undefined
      const timeoutMs = Math.min(maxMs, Math.max(minMs, Math.ceil(10_000 / stepMs) * stepMs))
      const open = async (): Promise<number> =>
        (await truth()).orders.filter(({ status }) => status === 'NEW').length
      await exchange.createLimitOrder('BTCUSDT', 'BUY', '0.01', '59000')
      expect(await exchange.setCancelAllAfter(timeoutMs, symbol)).toBe(true)
      await advance(timeoutMs - 1_000)
      expect(await exchange.setCancelAllAfter(timeoutMs, symbol)).toBe(true)
      await advance(2_000)
      expect(await open()).toBe(1)
      await advance(timeoutMs)
      expect(await open()).toBe(0)
      await exchange.createLimitOrder('BTCUSDT', 'BUY', '0.01', '59000')
      await exchange.setCancelAllAfter(timeoutMs, symbol)
      expect(await exchange.setCancelAllAfter(0, symbol)).toBe(true)
      await advance(2 * timeoutMs)
      expect(await open()).toBe(1)
      for (const wrong of [maxMs + stepMs, -1, Number.NaN]) {
        const error = await errorOf(exchange.setCancelAllAfter(wrong, symbol))
        expect(error.code).toBe('INVALID_ARGUMENT')
      }
    },
    (played) => capabilitiesOf(played).unsupported.setCancelAllAfter,
    { clock: 'manual' },
  ),
]
