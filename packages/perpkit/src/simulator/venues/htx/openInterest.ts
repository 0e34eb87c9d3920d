import { mul } from '../../../core/decimal.ts'
import type { Route } from '../../server/types.ts'
import { toVolume } from './contracts.ts'
import { invalidField } from './errors.ts'
import { plain } from './figures.ts'
import { Form } from './form.ts'
import { replyOk, replyTimeless } from './replies.ts'
import { known, readListing } from './scope.ts'

// Open interest: docs/wire/htx.md 3 and 3.6.

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19b97fb53f2
export const openInterest: Route = {
  method: 'GET',
  path: '/v5/market/open_interest',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code'],
  handle(handling) {
    const { engine } = handling
    const listing = readListing(new Form(handling))
    const { symbol } = listing.engine
    const amount = engine.openInterest(symbol)
    const day = engine.day(symbol)
    return replyTimeless({
      amount: plain(amount),
      volume: toVolume(listing, amount),
      value: plain(mul(amount, engine.prices(symbol).last)),
      contract_code: listing.native,
      trade_amount: plain(day.volume),
      trade_volume: toVolume(listing, day.volume),
      trade_turnover: plain(day.turnover),
    })
  },
}

const HOUR = 3_600_000

const periods = {
  '60min': HOUR,
  '4hour': 4 * HOUR,
  '12hour': 12 * HOUR,
  '1day': 24 * HOUR,
} as const

type InterestPeriod = keyof typeof periods

const periodTokens: readonly InterestPeriod[] = ['60min', '4hour', '12hour', '1day']

// The engine keeps no history of it: past rows carry the figure of now. Newest first.
// https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-query-information-on-open-interest
export const openInterestHistory: Route = {
  method: 'GET',
  path: '/linear-swap-api/v1/swap_his_open_interest',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code', 'pair', 'contract_type', 'period', 'size', 'amount_type'],
  handle(handling) {
    const { clock, engine } = handling
    const form = new Form(handling)
    const pair = form.text('pair')
    form.ignore('contract_type')
    const listing =
      form.has('contract_code') || pair === undefined ? readListing(form) : known(pair)
    const period = periods[form.requiredToken('period', periodTokens)]
    const size = form.whole('size') ?? 48
    if (size < 1 || size > 200) throw invalidField('size')
    const type = form.requiredToken('amount_type', ['1', '2'] as const)
    const amount = engine.openInterest(listing.engine.symbol)
    const value = plain(mul(amount, engine.prices(listing.engine.symbol).last))
    const latest = Math.floor(clock.now() / period) * period
    const tick = Array.from({ length: size }, (_, place) => ({
      volume: type === '1' ? toVolume(listing, amount) : plain(amount),
      amount_type: Number(type),
      ts: latest - place * period,
      value,
    }))
    return replyOk(handling, {
      symbol: listing.engine.baseAsset,
      contract_code: listing.native,
      business_type: 'swap',
      pair: listing.native,
      contract_type: 'swap',
      trade_partition: 'USDT',
      tick,
    })
  },
}
