import { type Decimal, div, isPositive, max, min, sub } from '../../../core/decimal.ts'
import type { Engine } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { type CrossFigures, crossFigures } from './balances.ts'
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
    return reply(handling, accountRow(engine, accountId))
  },
}

/** An account as it reads over REST. */
export function accountRow(engine: Engine, accountId: string): AccountRow {
  const figures = crossFigures(engine, accountId)
  const updatedTime = Math.max(
    OPENED_AT,
    engine.fills(accountId).at(-1)?.timestamp ?? 0,
    engine.fundings(accountId).at(-1)?.timestamp ?? 0,
  )
  const shared = sharedFigures(figures)
  return {
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
    details: [currencyRow(figures, updatedTime)],
  }
}

export interface AccountRow extends Record<string, unknown> {
  created_time: number
  updated_time: number
  details: Record<string, unknown>[]
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

/** What stands both in the account and in its one currency: figures of the cross part alone. */
function sharedFigures(figures: CrossFigures): SharedFigures {
  return {
    equity: plain(figures.equity),
    available_margin: plain(availableMargin(figures)),
    profit_unreal: plain(figures.profit),
    initial_margin: plain(figures.initialMargin),
    maintenance_margin: plain(figures.maintenanceMargin),
    maintenance_margin_rate: plain(shareOf(figures.maintenanceMargin, figures)),
  }
}

function currencyRow(figures: CrossFigures, updatedTime: number): Record<string, unknown> {
  const { initialMargin, isolated, wallet } = figures
  const shared = sharedFigures(figures)
  return {
    currency: 'USDT',
    equity: shared.equity,
    available: plain(wallet),
    available_margin: shared.available_margin,
    withdraw_available: plain(max('0', min(wallet, availableMargin(figures)))),
    profit_unreal: shared.profit_unreal,
    initial_margin: shared.initial_margin,
    maintenance_margin: shared.maintenance_margin,
    maintenance_margin_rate: shared.maintenance_margin_rate,
    initial_margin_rate: plain(shareOf(initialMargin, figures)),
    isolated_equity: plain(isolated.equity),
    isolated_profit_unreal: plain(isolated.profit),
    cross_order_frozen: plain(figures.frozen),
    isolated_order_frozen: plain(isolated.frozen),
    voucher: '0',
    voucher_value: '0',
    created_time: OPENED_AT,
    updated_time: updatedTime,
  }
}

/** Below zero when positions have lost more than is free. */
function availableMargin({ equity, frozen, initialMargin, isolated }: CrossFigures): Decimal {
  return sub(sub(sub(equity, initialMargin), frozen), isolated.frozen)
}

function shareOf(amount: Decimal, { equity }: CrossFigures): Decimal {
  return isPositive(equity) ? div(amount, equity) : '0'
}
