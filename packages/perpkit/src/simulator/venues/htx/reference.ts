import type { Route } from '../../server/types.ts'
import { fundingCap, type Listing } from './contracts.ts'
import { padded, plain, scaled } from './figures.ts'
import { Form } from './form.ts'
import { priceBand } from './pricing.ts'
import { reply, replyOk } from './replies.ts'
import { marginModes, readListings, wantsSwaps } from './scope.ts'

// Contracts and their rules: docs/wire/htx.md 3 and 3.1.

// https://huobiapi.github.io/docs/usdt_swap/v1/en/#general-query-swap-info
export const contractInfo: Route = {
  method: 'GET',
  path: '/linear-swap-api/v1/swap_contract_info',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code', 'pair', 'contract_type', 'business_type', 'support_margin_mode'],
  handle(handling) {
    const { engine } = handling
    const form = new Form(handling)
    const pair = form.text('pair')?.toUpperCase()
    const type = form.text('contract_type') ?? 'swap'
    // Every contract has both modes.
    form.token('support_margin_mode', [...marginModes, 'all'] as const)
    const isOffered = wantsSwaps(form) && type === 'swap'
    const rows = readListings(form)
      .filter((listing) => isOffered && (pair === undefined || listing.native === pair))
      .map((listing) => ({
        symbol: listing.engine.baseAsset,
        contract_code: listing.native,
        contract_size: scaled(listing.contractSize),
        price_tick: scaled(listing.engine.tickSize),
        delivery_date: '',
        delivery_time: '',
        create_date: listing.createDate,
        contract_status: engine.isTrading(listing.engine.symbol) ? 1 : 3,
        adjust: [],
        price_estimated: [],
        settlement_date: String(engine.nextFundingTime(listing.engine.symbol)),
        support_margin_mode: 'all',
        open_type: 0,
        settlement_period: '8',
        business_type: 'swap',
        pair: listing.native,
        contract_type: 'swap',
        trade_partition: 'USDT',
      }))
    return replyOk(handling, rows)
  },
}

// https://huobiapi.github.io/docs/usdt_swap/v1/en/
export const queryElements: Route = {
  method: 'GET',
  path: '/linear-swap-api/v1/swap_query_elements',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code'],
  handle: (handling) => replyOk(handling, readListings(new Form(handling)).map(elementsRow)),
}

// https://huobiapi.github.io/docs/usdt_swap/v1/en/
export const indexPrice: Route = {
  method: 'GET',
  path: '/linear-swap-api/v1/swap_index',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code'],
  handle(handling) {
    const rows = readListings(new Form(handling)).map((listing) => ({
      contract_code: listing.native,
      index_price: scaled(handling.engine.prices(listing.engine.symbol).index),
      index_ts: handling.clock.now(),
    }))
    return replyOk(handling, rows)
  },
}

// https://www.htx.com/en-us/opend/newApiPages/
export const priceLimit: Route = {
  method: 'GET',
  path: '/v5/market/price_limit',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code'],
  handle(handling) {
    const rows = readListings(new Form(handling)).map((listing) => {
      const { high, low } = priceBand(handling.engine, listing)
      return { contract_code: listing.native, high_limit: plain(high), low_limit: plain(low) }
    })
    return reply(handling, rows)
  },
}

// https://huobiapi.github.io/docs/usdt_swap/v1/en/
export const oldPriceLimit: Route = {
  method: 'GET',
  path: '/linear-swap-api/v1/swap_price_limit',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code', 'pair', 'contract_type', 'business_type'],
  handle(handling) {
    const form = new Form(handling)
    form.ignore('pair', 'contract_type')
    const wanted = wantsSwaps(form) ? readListings(form) : []
    const rows = wanted.map((listing) => {
      const { high, low } = priceBand(handling.engine, listing)
      return {
        symbol: listing.engine.baseAsset,
        contract_code: listing.native,
        high_limit: scaled(high),
        low_limit: scaled(low),
        business_type: 'swap',
        pair: listing.native,
        contract_type: 'swap',
        trade_partition: 'USDT',
      }
    })
    return replyOk(handling, rows)
  },
}

// ccxt signs these two; they take both.
// https://www.htx.com/en-us/opend/newApiPages/
export const deductionCurrencies: Route = {
  method: 'GET',
  path: '/v5/market/assets_deduction_currency',
  access: 'public',
  operation: 'marketData',
  parameters: [],
  handle: (handling) => reply(handling, { currency: ['HTX', 'TRX'] }),
}

// https://www.htx.com/en-us/opend/newApiPages/
export const collateralAssets: Route = {
  method: 'GET',
  path: '/v5/market/multi_assets_margin',
  access: 'public',
  operation: 'marketData',
  parameters: [],
  handle: (handling) => reply(handling, { multi_assets: ['USDT', 'BTC'] }),
}

function elementsRow(listing: Listing): Record<string, unknown> {
  const { contractSize, maxVolume, native } = listing
  const { maxLeverage, tickSize } = listing.engine
  const most = padded(maxVolume)
  return {
    contract_code: native,
    funding_rate_cap: padded(fundingCap),
    funding_rate_floor: padded(`-${fundingCap}`),
    // 2: both margin modes.
    mode_type: 2,
    settle_period: 8,
    price_ticks: [{ business_type: 1, price: padded(tickSize) }],
    instrument_values: [{ business_type: 1, price: padded(contractSize) }],
    min_level: '1',
    max_level: String(maxLeverage),
    order_limits: [{ instrument_type: 0, open: most, close: most, open_after_closing: most }],
    price_tick: padded(tickSize),
    instrument_value: padded(contractSize),
    long_position_limit: padded(maxVolume),
    short_position_limit: padded(maxVolume),
    open_order_limit: '200',
    offset_order_limit: '200',
  }
}
