import { isGreater } from '../../../core/decimal.ts'
import type { Engine } from '../../engine/types.ts'
import { type Bracket, type Contract, notionalCap } from './contracts.ts'
import { type Code, Refused } from './errors.ts'
import { holdingOf, liveHoldings } from './holdings.ts'
import { leverageShape } from './leverageShape.ts'
import { refusedBy } from './refusals.ts'
import { type FapiRoute, signedRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContract, readContracts } from './symbols.ts'
import { marginTypes } from './tokens.ts'

// docs/wire/binance.md 4.1 (symbol settings, brackets, fees) and 4.3. Accounts here are one-way,
// crossed and single-asset; asking for that is "no need to change", asking for anything else is
// refused.

export const settingRoutes: readonly FapiRoute[] = [
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Change-Initial-Leverage
  signedRoute('POST', '/fapi/v1/leverage', {
    operation: 'setLeverage',
    mandatory: ['symbol', 'leverage'],
    handle(handling) {
      const { engine, accountId } = handling
      const sent = new Sent(handling, ['symbol', 'leverage'])
      const contract = readContract(sent)
      const leverage = sent.whole('leverage') ?? 0
      checkLeverage(engine, accountId, contract, leverage)
      const refusal = engine.setLeverage(accountId, contract.symbol, leverage)
      if (refusal) throw refusedBy(refusal, { insufficientMargin: '-2028' })
      return leverageShape(contract, leverage)
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Change-Margin-Type
  signedRoute('POST', '/fapi/v1/marginType', {
    mandatory: ['symbol', 'marginType'],
    handle(handling) {
      const sent = new Sent(handling, ['symbol', 'marginType'])
      const contract = readContract(sent)
      if (sent.requiredWord('marginType', marginTypes, '-1130') === 'CROSSED') {
        throw new Refused('-4046')
      }
      throw blocked(handling.engine, handling.accountId, [contract], ['-4047', '-4048'])
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Get-Current-Position-Mode
  signedRoute('GET', '/fapi/v1/positionSide/dual', {
    handle: () => ({ dualSidePosition: false }),
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Change-Position-Mode
  signedRoute('POST', '/fapi/v1/positionSide/dual', {
    mandatory: ['dualSidePosition'],
    handle(handling) {
      const sent = new Sent(handling, ['dualSidePosition'])
      if (!sent.flag('dualSidePosition')) throw new Refused('-4059')
      throw blocked(handling.engine, handling.accountId, undefined, ['-4067', '-4068'])
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Get-Current-Multi-Assets-Mode
  signedRoute('GET', '/fapi/v1/multiAssetsMargin', {
    handle: () => ({ multiAssetsMargin: false }),
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Change-Multi-Assets-Mode
  signedRoute('POST', '/fapi/v1/multiAssetsMargin', {
    mandatory: ['multiAssetsMargin'],
    handle(handling) {
      const sent = new Sent(handling, ['multiAssetsMargin'])
      throw new Refused(sent.flag('multiAssetsMargin') ? '-1020' : '-4171')
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Symbol-Config
  signedRoute('GET', '/fapi/v1/symbolConfig', {
    operation: 'getAccount',
    handle(handling) {
      const { engine, accountId } = handling
      const { list } = readContracts(new Sent(handling, ['symbol']))
      return list.map((contract) => {
        const leverage = engine.leverage(accountId, contract.symbol)
        return {
          symbol: contract.symbol,
          marginType: 'CROSSED',
          isAutoAddMargin: false,
          leverage,
          maxNotionalValue: String(notionalCap(contract, leverage)),
        }
      })
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Notional-and-Leverage-Brackets
  signedRoute('GET', '/fapi/v1/leverageBracket', {
    handle(handling) {
      const { list } = readContracts(new Sent(handling, ['symbol']))
      return list.map((contract) => ({
        symbol: contract.symbol,
        brackets: contract.brackets.map((bracket, index) => bracketShape(contract, bracket, index)),
      }))
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/User-Commission-Rate
  signedRoute('GET', '/fapi/v1/commissionRate', {
    mandatory: ['symbol'],
    handle(handling) {
      const { symbol, makerFee, takerFee } = readContract(new Sent(handling, ['symbol']))
      return {
        symbol,
        makerCommissionRate: makerFee,
        takerCommissionRate: takerFee,
        rpiCommissionRate: '0.00005',
      }
    },
  }),
]

function checkLeverage(
  engine: Engine,
  accountId: string,
  contract: Contract,
  leverage: number,
): void {
  if (leverage < 1 || leverage > contract.maxLeverage) throw new Refused('-4028', String(leverage))
  const held = holdingOf(engine, accountId, contract).position?.notional ?? '0'
  if (isGreater(held, String(notionalCap(contract, leverage)))) throw new Refused('-2027')
}

/** Why a setting cannot be changed: open orders, a position, or because nothing here supports it. */
function blocked(
  engine: Engine,
  accountId: string,
  list: readonly Contract[] | undefined,
  [byOrders, byPosition]: readonly [Code, Code],
): Refused {
  const holdings = liveHoldings(engine, accountId, list)
  const isOfList = ({ symbol }: { symbol: string }): boolean =>
    list?.some((contract) => contract.symbol === symbol) ?? true
  const hasOrder =
    holdings.some((holding) => holding.hasOpenOrder) ||
    engine.openConditionals(accountId).some(isOfList)
  if (hasOrder) return new Refused(byOrders)
  return new Refused(holdings.length > 0 ? byPosition : '-1020')
}

/** Numbers, unlike all other decimals of this venue: docs/wire/binance.md 4.1. */
function bracketShape(
  { brackets, maintenanceMarginRate }: Contract,
  { leverage, notionalCap: cap }: Bracket,
  index: number,
): Record<string, number> {
  return {
    bracket: index + 1,
    initialLeverage: leverage,
    notionalCap: cap,
    notionalFloor: brackets[index - 1]?.notionalCap ?? 0,
    maintMarginRatio: Number(maintenanceMarginRate),
    cum: 0,
  }
}
