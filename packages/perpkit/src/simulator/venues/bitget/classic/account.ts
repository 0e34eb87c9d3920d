import { div, isPositive } from '../../../../core/decimal.ts'
import type { Engine, MarginView } from '../../../engine/types.ts'
import type { Route } from '../../../server/types.ts'
import { money } from '../decimals.ts'
import { parameterMalformed } from '../errors.ts'
import { readFields, readToken, required, requiredToken } from '../fields.ts'
import type { Holder } from '../holder.ts'
import { listings, marginCoinOf, productTypes } from '../instruments.ts'
import { isHedge, marginModeWord, positionModeWord } from '../modes.ts'
import { type CrossMoney, crossMoney } from '../positionFigures.ts'
import { reply } from '../replies.ts'
import { checkMarginCoin, readClassic } from '../scope.ts'
import { leveragesOf } from './settings.ts'

// Money of a classic account: docs/wire/bitget.md 4.1.

const accountsFields = ['productType'] as const

// https://www.bitget.com/api-doc/contract/account/Get-Account-List
export const accounts: Route = {
  method: 'GET',
  path: '/api/v2/mix/account/accounts',
  access: 'signed',
  operation: 'getAccount',
  parameters: accountsFields,
  handle(handling) {
    const fields = readFields(handling.params, accountsFields)
    const coin = marginCoinOf(requiredToken(handling, fields, 'productType', productTypes))
    if (coin === undefined) return reply(handling, [])
    const row = {
      ...moneyRow(handling, coin),
      unionTotalMargin: '',
      unionAvailable: '',
      unionMm: '',
      assetList: [],
      isolatedMargin: money(handling.engine.margin(handling.accountId, coin).isolatedMargin),
      crossedMargin: money(crossMoney(handling.engine, handling.accountId, coin).positionMargin),
    }
    return reply(handling, [row])
  },
}

const accountFields = ['symbol', 'productType', 'marginCoin'] as const

// https://www.bitget.com/api-doc/contract/account/Get-Single-Account
export const account: Route = {
  method: 'GET',
  path: '/api/v2/mix/account/account',
  access: 'signed',
  operation: 'getAccount',
  parameters: accountFields,
  handle(handling) {
    const fields = readFields(handling.params, accountFields)
    const listing = readClassic(handling, fields)
    required(handling, fields, 'marginCoin')
    checkMarginCoin(handling, fields, listing.productType)
    const { accountId, engine } = handling
    const { crossed, long, short } = leveragesOf(handling, listing)
    return reply(handling, {
      ...moneyRow(handling, listing.engine.settleAsset),
      crossedMarginLeverage: crossed,
      isolatedLongLever: long,
      isolatedShortLever: short,
      marginMode: marginModeWord(engine.marginMode(accountId, listing.engine.symbol)),
      posMode: positionModeWord(isHedge(handling, listing.engine.symbol)),
    })
  },
}

// https://www.bitget.com/api-doc/common/public/Get-Trade-Rate
export const feeRate: Route = {
  method: 'GET',
  path: '/api/v2/common/trade-rate',
  access: 'signed',
  operation: 'getAccount',
  parameters: ['symbol', 'businessType'],
  handle(handling) {
    const fields = readFields(handling.params, ['symbol', 'businessType'])
    const native = required(handling, fields, 'symbol').toUpperCase()
    const business = requiredToken(handling, fields, 'businessType', ['mix', 'spot', 'margin'])
    const listing = listings.find((row) => row.native === native)
    if (!listing || business !== 'mix') throw parameterMalformed(handling, 'symbol')
    const { makerFee, takerFee } = listing.engine
    return reply(handling, { makerFeeRate: makerFee, takerFeeRate: takerFee })
  },
}

// https://www.bitget.com/api-doc/common/public/Get-All-Trade-Rate
export const allFeeRates: Route = {
  method: 'GET',
  path: '/api/v2/common/all-trade-rate',
  access: 'signed',
  operation: 'getAccount',
  parameters: ['symbol', 'businessType'],
  handle(handling) {
    const fields = readFields(handling.params, ['symbol', 'businessType'])
    const business = readToken(handling, fields, 'businessType', ['mix', 'spot', 'margin'])
    const native = fields.text('symbol')?.toUpperCase()
    const rows = listings
      .filter((row) => business === 'mix' && (native === undefined || row.native === native))
      .map(({ engine: { makerFee, takerFee }, native: symbol }) => ({
        symbol,
        makerFeeRate: makerFee,
        takerFeeRate: takerFee,
      }))
    return reply(handling, rows)
  },
}

/** What both calls say of a coin's money. */
export function moneyRow({ accountId, engine }: Holder, coin: string): Record<string, string> {
  const margin = engine.margin(accountId, coin)
  const cross = crossMoney(engine, accountId, coin)
  const free = money(margin.availableBalance)
  return {
    marginCoin: coin,
    locked: money(margin.orderInitialMargin),
    available: money(cross.balance),
    crossedMaxAvailable: free,
    isolatedMaxAvailable: free,
    maxTransferOut: free,
    accountEquity: money(margin.marginBalance),
    usdtEquity: money(margin.marginBalance),
    btcEquity: inBitcoin(engine, margin),
    crossedRiskRate: riskRate(cross),
    unrealizedPL: money(margin.unrealizedPnl),
    coupon: '0',
    crossedUnrealizedPL: money(cross.unrealizedPnl),
    isolatedUnrealizedPL: money(margin.isolatedUnrealizedPnl),
    assetMode: 'single',
  }
}

function inBitcoin(engine: Engine, margin: MarginView): string {
  return money(div(margin.marginBalance, engine.prices('BTCUSDT').index))
}

function riskRate({ equity, maintenanceMargin }: CrossMoney): string {
  return isPositive(equity) ? money(div(maintenanceMargin, equity)) : '0'
}
