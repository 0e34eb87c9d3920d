import { type Decimal, div, isPositive, max, min, sub } from '../../../core/decimal.ts'
import type { MarginView } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { plain } from './figures.ts'
import { Form } from './form.ts'
import { modeBlocked } from './modes.ts'
import { reply } from './replies.ts'

// The account and its collateral mode: docs/wire/htx.md 4.1.

/** When the accounts of this venue were opened. */
const OPENED_AT = 1_770_293_268_881

// https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-19588469969
export const balance: Route = {
  method: 'GET',
  path: '/v5/account/balance',
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle(handling) {
    const { accountId, engine } = handling
    const margin = engine.margin(accountId, 'USDT')
    const updatedTime = engine.fills(accountId).at(-1)?.timestamp ?? OPENED_AT
    const shared = sharedFigures(margin)
    return reply(handling, {
      state: 'normal',
      equity: shared.equity,
      initial_margin: shared.initial_margin,
      maintenance_margin: shared.maintenance_margin,
      maintenance_margin_rate: shared.maintenance_margin_rate,
      profit_unreal: shared.profit_unreal,
      available_margin: shared.available_margin,
      voucher_value: '0',
      created_time: OPENED_AT,
      updated_time: updatedTime,
      details: [currencyRow(margin, updatedTime)],
    })
  },
}

// https://www.htx.com/en-us/opend/newApiPages/
export const assetMode: Route = {
  method: 'GET',
  path: '/v5/account/asset_mode',
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle: (handling) => reply(handling, { asset_mode: SINGLE_ASSET }),
}

// Multi-assets collateral is not offered: switching to it is refused as a blocked switch is.
// https://www.htx.com/en-us/opend/newApiPages/
export const setAssetMode: Route = {
  method: 'POST',
  path: '/v5/account/asset_mode',
  access: 'signed',
  parameters: ['asset_mode', 'assets_mode'],
  handle(handling) {
    const form = new Form(handling)
    const older = form.token('assets_mode', ['1', '2'] as const)
    const mode = older ?? form.requiredToken('asset_mode', ['1', '2'] as const)
    form.ignore('asset_mode')
    if (mode === '1') throw modeBlocked(handling)
    return reply(handling, { asset_mode: SINGLE_ASSET })
  },
}

const SINGLE_ASSET = 2

type SharedFigures = Readonly<
  Record<
    | 'equity'
    | 'available_margin'
    | 'profit_unreal'
    | 'initial_margin'
    | 'maintenance_margin'
    | 'maintenance_margin_rate',
    string
  >
>

/** What stands both in the account and in its one currency. */
function sharedFigures(margin: MarginView): SharedFigures {
  return {
    equity: plain(margin.marginBalance),
    available_margin: plain(availableMargin(margin)),
    profit_unreal: plain(margin.unrealizedPnl),
    initial_margin: plain(margin.positionInitialMargin),
    maintenance_margin: plain(margin.maintenanceMargin),
    maintenance_margin_rate: plain(shareOf(margin.maintenanceMargin, margin)),
  }
}

function currencyRow(margin: MarginView, updatedTime: number): Record<string, unknown> {
  const shared = sharedFigures(margin)
  const withdrawable = max('0', min(margin.walletBalance, availableMargin(margin)))
  return {
    currency: 'USDT',
    equity: shared.equity,
    available: plain(margin.walletBalance),
    available_margin: shared.available_margin,
    withdraw_available: plain(withdrawable),
    profit_unreal: shared.profit_unreal,
    initial_margin: shared.initial_margin,
    maintenance_margin: shared.maintenance_margin,
    maintenance_margin_rate: shared.maintenance_margin_rate,
    initial_margin_rate: plain(shareOf(margin.positionInitialMargin, margin)),
    isolated_equity: '0',
    isolated_profit_unreal: '0',
    cross_order_frozen: plain(margin.orderInitialMargin),
    isolated_order_frozen: '0',
    voucher: '0',
    voucher_value: '0',
    created_time: OPENED_AT,
    updated_time: updatedTime,
  }
}

/** Below zero when positions have lost more than is free. */
function availableMargin(margin: MarginView): Decimal {
  return sub(sub(margin.marginBalance, margin.positionInitialMargin), margin.orderInitialMargin)
}

function shareOf(amount: Decimal, { marginBalance }: MarginView): Decimal {
  return isPositive(marginBalance) ? div(amount, marginBalance) : '0'
}
