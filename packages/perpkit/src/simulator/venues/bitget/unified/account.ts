import { add, div, isPositive, sum } from '../../../../core/decimal.ts'
import type { Leg, MarginView } from '../../../engine/types.ts'
import type { Handling, Route } from '../../../server/types.ts'
import { money } from '../decimals.ts'
import { readFields, required } from '../fields.ts'
import type { Holder } from '../holder.ts'
import { uidOf } from '../ids.ts'
import { type Listing, listings } from '../instruments.ts'
import { isHedge, positionModeWord } from '../modes.ts'
import { crossMoney } from '../positionFigures.ts'
import { reply } from '../replies.ts'
import { readCategory, readUnified } from '../scope.ts'

// Money of a unified account and what it is set to: docs/wire/bitget.md 12.3.

/** What `account/assets` says. */
export interface Money {
  accountEquity: string
  usdtEquity: string
  btcEquity: string
  unrealisedPnl: string
  usdtUnrealisedPnl: string
  btcUnrealizedPnl: string
  effEquity: string
  mmr: string
  imr: string
  mgnRatio: string
  positionMgnRatio: string
  assets: Record<string, string>[]
}

// https://www.bitget.com/api-doc/uta/account/Get-Account-Setting
export const accountSettings: Route = {
  method: 'GET',
  path: '/api/v3/account/settings',
  access: 'signed',
  operation: 'getAccount',
  parameters: [],
  handle(handling) {
    const { accountId } = handling
    return reply(handling, {
      uid: uidOf(accountId),
      accountMode: 'unified',
      assetMode: 'multi_assets',
      accountLevel: 'advanced',
      holdMode: positionModeWord(isHedge(handling, listings[0]?.engine.symbol ?? '')),
      stpMode: 'none',
      symbolConfigList: listings.flatMap((listing) => configRows(handling, listing)),
      coinConfigList: [],
    })
  },
}

// https://www.bitget.com/api-doc/uta/account/Get-Account
export const accountAssets: Route = {
  method: 'GET',
  path: '/api/v3/account/assets',
  access: 'signed',
  operation: 'getAccount',
  parameters: ['coin'],
  handle(handling) {
    const coin = readFields(handling.params, ['coin']).text('coin')?.toUpperCase()
    return reply(handling, moneyOf(handling, coin))
  },
}

const feeFields = ['category', 'symbol'] as const

// https://www.bitget.com/api-doc/uta/account/Get-Account-Fee-Rate
export const feeRate: Route = {
  method: 'GET',
  path: '/api/v3/account/fee-rate',
  access: 'signed',
  operation: 'getAccount',
  parameters: feeFields,
  handle(handling) {
    const listing = readUnified(handling, readFields(handling.params, feeFields))
    const { makerFee, takerFee } = listing.engine
    return reply(handling, { makerFeeRate: makerFee, takerFeeRate: takerFee })
  },
}

// https://www.bitget.com/api-doc/uta/account/Get-All-Fee-Rate
export const allFeeRates: Route = {
  method: 'GET',
  path: '/api/v3/account/all-fee-rate',
  access: 'signed',
  operation: 'getAccount',
  parameters: feeFields,
  handle(handling) {
    const fields = readFields(handling.params, feeFields)
    required(handling, fields, 'category')
    const rows = readCategory(handling, fields).map(({ engine, native }) => ({
      symbol: native,
      makerFeeRate: engine.makerFee,
      takerFeeRate: engine.takerFee,
    }))
    return reply(handling, rows)
  },
}

/** Money of an account; of its coins those that hold any, or one of them. */
export function moneyOf(holder: Holder, coin?: string): Money {
  const { accountId, engine } = holder
  const purses = engine.assets(accountId).map((asset) => engine.margin(accountId, asset))
  const total = (figure: (purse: MarginView) => string): string => sum(purses.map(figure))
  const equity = total((purse) => purse.marginBalance)
  const unrealised = total((purse) => purse.unrealizedPnl)
  // What is put aside for isolated positions stands apart: docs/wire/bitget.md 12.3.
  const cross = purses.map((purse) => crossMoney(engine, accountId, purse.asset))
  const effective = sum(cross.map((row) => row.equity))
  const mmr = sum(cross.map((row) => row.maintenanceMargin))
  const inOrders = total((purse) => purse.orderInitialMargin)
  const imr = add(sum(cross.map((row) => row.positionMargin)), inOrders)
  const bitcoin = engine.prices('BTCUSDT').index
  const ratio = isPositive(effective) ? money(div(mmr, effective)) : '0'
  return {
    accountEquity: money(equity),
    usdtEquity: money(equity),
    btcEquity: money(div(equity, bitcoin)),
    unrealisedPnl: money(unrealised),
    usdtUnrealisedPnl: money(unrealised),
    btcUnrealizedPnl: money(div(unrealised, bitcoin)),
    effEquity: money(effective),
    mmr: money(mmr),
    imr: money(imr),
    mgnRatio: ratio,
    positionMgnRatio: ratio,
    assets: purses
      .filter((purse) => isPositive(purse.walletBalance))
      .filter((purse) => coin === undefined || purse.asset === coin)
      .map((purse) => assetRow(holder, purse)),
  }
}

/** A row for each margin mode a leverage was ever set in; isolated ones carry the pair as well. */
function configRows({ accountId, engine }: Handling, listing: Listing): Record<string, string>[] {
  const { symbol } = listing.engine
  const chosen = (leg: Leg): number | undefined => engine.chosenLeverage(accountId, symbol, leg)
  const names = { category: listing.productType, symbol: listing.native }
  const rows: Record<string, string>[] = []
  const crossed = chosen({ marginMode: 'CROSS' })
  if (crossed !== undefined) {
    rows.push({ ...names, marginMode: 'crossed', leverage: String(crossed) })
  }
  const isolated = { marginMode: 'ISOLATED' } as const
  const sides = [
    { ...isolated, positionSide: 'LONG' },
    { ...isolated, positionSide: 'SHORT' },
  ] as const
  if (sides.every((leg) => chosen(leg) === undefined)) return rows
  const [long, short] = sides.map((leg) => String(engine.leverage(accountId, symbol, leg)))
  rows.push({
    ...names,
    marginMode: 'isolated',
    leverage: long ?? '',
    longLeverage: long ?? '',
    shortLeverage: short ?? '',
  })
  return rows
}

function assetRow({ accountId, engine }: Holder, purse: MarginView): Record<string, string> {
  const { balance, equity } = crossMoney(engine, accountId, purse.asset)
  return {
    coin: purse.asset,
    equity: money(equity),
    usdValue: money(equity),
    balance: money(balance),
    available: money(purse.availableBalance),
    debt: '0',
    locked: money(purse.orderInitialMargin),
    bonus: '0',
  }
}
