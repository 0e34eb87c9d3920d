import { mul } from '../../../core/decimal.ts'
import type { Answer, Handling, Route } from '../../server/types.ts'
import type { Listing } from './contracts.ts'
import { number } from './figures.ts'
import { Form } from './form.ts'
import { reply, replyOk } from './replies.ts'
import { marginModes, readListings } from './scope.ts'

// Risk tiers: docs/wire/htx.md 3. Every contract has one here, as the engine knows one rate.

// https://www.htx.com/en-us/opend/newApiPages/
export const riskLimit: Route = {
  method: 'GET',
  path: '/v5/market/risk/limit',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code', 'contract_type', 'margin_mode', 'tier'],
  handle(handling) {
    const form = new Form(handling)
    form.ignore('contract_type')
    const listings = readListings(form)
    const mode = form.token('margin_mode', marginModes)
    const tier = form.whole('tier') ?? 1
    const rows = listings.flatMap((listing) =>
      (mode === undefined ? marginModes : [mode]).map((marginMode) => ({
        contract_code: listing.native,
        contract_type: 'swap',
        margin_mode: marginMode,
        tier: 1,
        max_lever: String(listing.engine.maxLeverage),
        maintenance_margin_rate: listing.engine.maintenanceMarginRate,
        max_volume: listing.maxVolume,
        min_volume: '1',
        volume_unit: 'cont',
      })),
    )
    return reply(handling, tier === 1 ? rows : [])
  },
}

// https://huobiapi.github.io/docs/usdt_swap/v1/en/
export const adjustFactor: Route = {
  method: 'GET',
  path: '/linear-swap-api/v1/swap_adjustfactor',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code'],
  handle: (handling) => ladders(handling, 'isolated'),
}

// https://huobiapi.github.io/docs/usdt_swap/v1/en/
export const crossAdjustFactor: Route = {
  method: 'GET',
  path: '/linear-swap-api/v1/swap_cross_adjustfactor',
  access: 'public',
  operation: 'marketData',
  parameters: ['contract_code', 'pair', 'contract_type', 'business_type'],
  handle(handling) {
    handling.params.ignore('pair', 'contract_type', 'business_type')
    return ladders(handling, 'cross')
  },
}

const leverages = [1, 2, 3, 5, 10, 20, 30, 50, 75, 100, 125, 150, 200]

function ladders(handling: Handling, marginMode: 'cross' | 'isolated'): Answer {
  const rows = readListings(new Form(handling)).map((listing) => ({
    symbol: listing.engine.baseAsset,
    contract_code: listing.native,
    margin_mode: marginMode,
    trade_partition: 'USDT',
    list: leverages
      .filter((leverage) => leverage <= listing.engine.maxLeverage)
      .map((leverage) => ({ lever_rate: leverage, ladders: [ladder(listing, leverage)] })),
  }))
  return replyOk(handling, rows)
}

/** The factor over the leverage is the maintenance rate. */
function ladder(listing: Listing, leverage: number): Record<string, unknown> {
  const factor = mul(listing.engine.maintenanceMarginRate, String(leverage))
  return { ladder: 0, min_size: 0, max_size: null, adjust_factor: number(factor) }
}
