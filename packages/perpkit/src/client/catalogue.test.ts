import { describe, expect, it } from 'vitest'
import { ManualClock } from '../core/clock.ts'
import { binance } from '../exchanges/binance/index.ts'
import type { Instrument } from '../model/instrument.ts'
import { type Catalogue, createCatalogue } from './catalogue.ts'

function instrument(nativeSymbol: string, stepSize = '0.001'): Instrument {
  return {
    symbol: nativeSymbol,
    nativeSymbol,
    baseAsset: nativeSymbol.slice(0, 3),
    quoteAsset: 'USDT',
    settleAsset: 'USDT',
    isTrading: true,
    tickSize: '0.1',
    stepSize,
    minQuantity: stepSize,
    maxQuantity: '100',
    maxMarketQuantity: '100',
    minNotional: '5',
    contractMultiplier: '1',
  }
}

interface Listing {
  clock: ManualClock
  catalogue: Catalogue
  listed: Instrument[] | Error
  fetches: number
}

function listing(...listed: Instrument[]): Listing {
  const clock = new ManualClock(0)
  const state: Listing = {
    clock,
    listed,
    fetches: 0,
    catalogue: createCatalogue(binance, clock, async () => {
      state.fetches += 1
      if (state.listed instanceof Error) throw state.listed
      return state.listed
    }),
  }
  return state
}

describe('createCatalogue', () => {
  it('default: fetched once', async () => {
    const state = listing(instrument('BTCUSDT'))
    expect((await state.catalogue.find('BTC/USDT')).nativeSymbol).toBe('BTCUSDT')
    await state.catalogue.find('btcusdt')
    expect(state.fetches).toBe(1)
  })

  it('error: an unknown symbol is not asked for again at once', async () => {
    const state = listing(instrument('BTCUSDT'))
    await expect(state.catalogue.find('NEWUSDT')).rejects.toMatchObject({ code: 'UNKNOWN_SYMBOL' })
    await expect(state.catalogue.find('NEWUSDT')).rejects.toMatchObject({ code: 'UNKNOWN_SYMBOL' })
    expect(state.fetches).toBe(1)
  })

  it('behavior: a contract listed since is found after a minute', async () => {
    const state = listing(instrument('BTCUSDT'))
    await state.catalogue.load()
    state.listed = [instrument('BTCUSDT'), instrument('NEWUSDT')]
    await state.clock.advance(60_000)
    expect((await state.catalogue.find('NEWUSDT')).symbol).toBe('NEWUSDT')
    expect(state.fetches).toBe(2)
  })

  it('behavior: expired rules are fetched with the next question', async () => {
    const state = listing(instrument('BTCUSDT', '0.001'))
    await state.catalogue.load()
    state.listed = [instrument('BTCUSDT', '0.01')]
    state.catalogue.expire()
    expect((await state.catalogue.find('BTCUSDT')).stepSize).toBe('0.01')
  })

  it('error: known rules serve on when they cannot be fetched anew', async () => {
    const state = listing(instrument('BTCUSDT'))
    await state.catalogue.load()
    state.listed = new Error('away')
    state.catalogue.expire()
    expect((await state.catalogue.find('BTCUSDT')).stepSize).toBe('0.001')
  })

  it('error: a first fetch that failed is told, and tried again', async () => {
    const state = listing(instrument('BTCUSDT'))
    state.listed = new Error('away')
    await expect(state.catalogue.find('BTCUSDT')).rejects.toThrow('away')
    state.listed = [instrument('BTCUSDT')]
    expect((await state.catalogue.find('BTCUSDT')).symbol).toBe('BTCUSDT')
  })
})
