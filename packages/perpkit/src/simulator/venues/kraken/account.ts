import { isIPv6 } from 'node:net'
import { add } from '../../../core/decimal.ts'
import type { PositionView } from '../../engine/types.ts'
import { type Handling, keyOf, type Route } from '../../server/types.ts'
import { accountUidOf } from './ids.ts'
import { listingOf } from './instruments.ts'
import { iso, num } from './numbers.ts'
import { json, success } from './replies.ts'

// Money and positions: docs/wire/kraken.md 4.2 and 4.3.

// https://docs.kraken.com/api/docs/futures-api/trading/get-accounts
export const accounts: Route = {
  method: 'GET',
  path: '/derivatives/api/v3/accounts',
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle(handling) {
    return success(handling, {
      accounts: {
        cash: { type: 'cashAccount', balances: { usd: 0, xbt: 0 } },
        flex: flexShape(handling),
        fi_xbtusd: singleCollateral,
      },
    })
  },
}

// https://docs.kraken.com/api/docs/futures-api/trading/get-open-positions
export const openPositions: Route = {
  method: 'GET',
  path: '/derivatives/api/v3/openpositions',
  access: 'signed',
  operation: 'getPositions',
  parameters: [],
  handle(handling) {
    const positions = handling.engine
      .positions(handling.accountId)
      .sort((a, b) => b.updatedAt - a.updatedAt)
    return success(handling, {
      openPositions: positions.map(positionRow),
    })
  },
}

// docs/wire/kraken.md 4.10
// https://docs.kraken.com/api-reference/api-keys/check-v3-api-key
export const keyCheck: Route = {
  method: 'GET',
  path: '/api/auth/v1/api-keys/v3/check',
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle(handling) {
    const { createdAt, credentials, permissions } = keyOf(handling)
    const blocks = permissions.addresses.map(blockOf)
    return json(200, {
      apiKey: credentials.apiKey,
      accountUid: accountUidOf(handling.accountId),
      iiban: null,
      createdAt: iso(createdAt),
      permissions: {
        general: permissions.trade ? 'FULL_ACCESS' : 'READ_ONLY',
        transfer: permissions.withdraw ? 'FULL_ACCESS' : 'NO_ACCESS',
      },
      allowedCidrBlock: blocks[0] ?? null,
      allowedCidrBlocks: blocks,
    })
  },
}

/** The network that is this one address. */
function blockOf(address: string): string {
  return `${address}/${isIPv6(address) ? 128 : 32}`
}

function flexShape({ accountId, engine }: Handling): Record<string, unknown> {
  const view = engine.margin(accountId, 'USD')
  const { maintenanceMargin, orderInitialMargin, positionInitialMargin, unrealizedPnl } = view
  const withOrders = add(positionInitialMargin, orderInitialMargin)
  const currencies = engine.assets(accountId).map((asset): [string, unknown] => {
    const { availableBalance, walletBalance } = engine.margin(accountId, asset)
    return [
      asset,
      {
        quantity: num(walletBalance),
        value: num(walletBalance),
        collateral: num(walletBalance),
        available: num(availableBalance),
      },
    ]
  })
  return {
    type: 'multiCollateralMarginAccount',
    currencies: Object.fromEntries(currencies),
    balanceValue: num(view.walletBalance),
    portfolioValue: num(view.marginBalance),
    // US dollars have no haircut.
    collateralValue: num(view.walletBalance),
    initialMargin: num(positionInitialMargin),
    initialMarginWithOrders: num(withOrders),
    maintenanceMargin: num(maintenanceMargin),
    pnl: num(unrealizedPnl),
    unrealizedFunding: 0,
    totalUnrealized: num(unrealizedPnl),
    totalUnrealizedAsMargin: num(unrealizedPnl),
    marginEquity: num(view.marginBalance),
    // What is put aside for isolated positions is not there for others.
    availableMargin: num(view.availableBalance),
  }
}

function positionRow(position: PositionView): Record<string, unknown> {
  return {
    side: position.side === 'LONG' ? 'long' : 'short',
    symbol: listingOf(position.symbol).native,
    price: num(position.entryPrice),
    fillTime: iso(position.updatedAt),
    size: num(position.size),
    unrealizedFunding: 0,
    unrealizedPnl: num(position.unrealizedPnl),
    pnlCurrency: 'USD',
    ...(position.marginMode === 'ISOLATED' && { maxFixedLeverage: position.leverage }),
  }
}

/** The wallet of the inverse contracts, of which there are none here. */
const singleCollateral = {
  type: 'marginAccount',
  currency: 'xbt',
  balances: { xbt: 0 },
  auxiliary: { usd: 0, pv: 0, pnl: 0, af: 0, funding: 0 },
  marginRequirements: { im: 0, mm: 0, lt: 0, tt: 0 },
  triggerEstimates: { im: 0, mm: 0, lt: 0, tt: 0 },
}
