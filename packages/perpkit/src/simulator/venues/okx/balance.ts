import { add, type Decimal, div, isPositive, isZero, sub, sum } from '../../../core/decimal.ts'
import type { Engine, MarginView } from '../../engine/types.ts'
import type { Route } from '../../server/types.ts'
import { plain } from './decimals.ts'
import { readFields } from './fields.ts'
import { listingOf } from './instruments.ts'
import { answering } from './replies.ts'

// https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-balance
export const balance: Route = {
  method: 'GET',
  path: '/api/v5/account/balance',
  access: 'signed',
  operation: 'getAccount',
  parameters: ['ccy'],
  handle: answering(({ accountId, clock, engine, params }) => {
    const wanted = readFields(params, ['ccy']).text('ccy')?.split(',')
    return [balanceRow(engine, accountId, { wanted, now: clock.now() })]
  }),
}

/** Keys as in the sample of docs/wire/okx.md 4.1. */
export function balanceRow(
  engine: Engine,
  accountId: string,
  { wanted, now }: { wanted: readonly string[] | undefined; now: number },
): { details: Record<string, string | boolean>[] } & Record<string, unknown> {
  const margins = engine
    .assets(accountId)
    .map((asset) => engine.margin(accountId, asset))
    // Currencies never held are absent.
    .filter(({ marginBalance, walletBalance }) => !isZero(walletBalance) || !isZero(marginBalance))
  return {
    ...accountFigures(margins, String(now)),
    details: margins
      .filter(({ asset }) => wanted?.includes(asset) ?? true)
      .map((margin) => detailRow(engine, accountId, margin)),
  }
}

/** Of a Futures mode account: most account-level figures are empty (docs/wire/okx.md 4.1). */
function accountFigures(margins: readonly MarginView[], now: string): Record<string, unknown> {
  return {
    totalEq: plain(sum(margins.map(({ marginBalance }) => marginBalance))),
    isoEq: plain(sum(margins.map(isolatedEquity))),
    adjEq: '',
    availEq: '',
    imr: '',
    mmr: '',
    mgnRatio: '',
    upl: '',
    ordFroz: '',
    notionalUsd: '',
    notionalUsdForBorrow: '',
    notionalUsdForFutures: '',
    notionalUsdForOption: '',
    notionalUsdForSwap: '',
    borrowFroz: '',
    delta: '',
    deltaLever: '',
    deltaNeutralStatus: '',
    uTime: now,
  }
}

function detailRow(
  engine: Engine,
  accountId: string,
  margin: MarginView,
): Record<string, string | boolean> {
  const { asset, availableBalance, isolatedMargin, marginBalance, walletBalance } = margin
  const cross = crossFigures(engine, accountId, asset)
  return {
    ccy: asset,
    eq: plain(marginBalance),
    // What is put aside for isolated positions is not cash.
    cashBal: plain(sub(walletBalance, isolatedMargin)),
    availEq: plain(availableBalance),
    availBal: plain(availableBalance),
    frozenBal: plain(sub(marginBalance, availableBalance)),
    ordFrozen: plain(margin.orderInitialMargin),
    upl: plain(margin.unrealizedPnl),
    isoEq: plain(isolatedEquity(margin)),
    isoUpl: plain(margin.isolatedUnrealizedPnl),
    imr: plain(add(cross.initialMargin, margin.orderInitialMargin)),
    mmr: plain(cross.maintenanceMargin),
    mgnRatio: marginRatio(cross.equity, cross.maintenanceMargin),
    notionalLever: notionalLeverage(engine, accountId, margin),
    disEq: plain(marginBalance),
    eqUsd: plain(marginBalance),
    uTime: String(lastChange(engine, accountId, asset)),
    collateralEnabled: false,
    collateralRestrict: false,
    colBorrAutoConversion: '0',
    colRes: '0',
    fixedBal: '0',
    rewardBal: '0',
    stgyEq: '0',
    smtSyncEq: '0',
    spotCopyTradingEq: '0',
    spotIsoBal: '0',
    twap: '0',
    ...emptyFigures,
  }
}

const emptyFigures = {
  accAvgPx: '',
  borrowFroz: '',
  clSpotInUseAmt: '',
  crossLiab: '',
  frpType: '',
  interest: '',
  isoLiab: '',
  liab: '',
  maxLoan: '',
  maxSpotInUseAmt: '',
  openAvgPx: '',
  spotBal: '',
  spotInUseAmt: '',
  spotUpl: '',
  spotUplRatio: '',
  totalPnl: '',
  totalPnlRatio: '',
  uplLiab: '',
} as const

/** What an account's cross positions of one coin draw on and need. */
export function crossFigures(
  engine: Engine,
  accountId: string,
  asset: string,
): { equity: Decimal; initialMargin: Decimal; maintenanceMargin: Decimal } {
  const margin = engine.margin(accountId, asset)
  const positions = engine.positions(accountId).filter(({ marginMode, symbol }) => {
    return marginMode === 'CROSS' && listingOf(symbol).engine.settleAsset === asset
  })
  return {
    equity: sub(margin.marginBalance, isolatedEquity(margin)),
    initialMargin: sum(positions.map(({ initialMargin }) => initialMargin)),
    maintenanceMargin: sum(positions.map(({ maintenanceMargin }) => maintenanceMargin)),
  }
}

function isolatedEquity({ isolatedMargin, isolatedUnrealizedPnl }: MarginView): Decimal {
  return add(isolatedMargin, isolatedUnrealizedPnl)
}

/** Equity over maintenance margin; empty without positions. */
export function marginRatio(equity: Decimal, maintenance: Decimal): string {
  return isPositive(maintenance) ? plain(div(equity, maintenance), 8) : ''
}

function notionalLeverage(engine: Engine, accountId: string, margin: MarginView): string {
  const notionals = engine
    .positions(accountId)
    .filter(({ symbol }) => listingOf(symbol).engine.settleAsset === margin.asset)
    .map(({ notional }) => notional)
  if (!isPositive(margin.marginBalance)) return '0'
  return plain(div(sum(notionals), margin.marginBalance), 8)
}

/** When the wallet last moved. */
function lastChange(engine: Engine, accountId: string, asset: string): number {
  const fills = engine.fills(accountId).filter(({ feeAsset }) => feeAsset === asset)
  return fills[fills.length - 1]?.timestamp ?? 0
}
