import { isGreater } from '../../../core/decimal.ts'
import type { Handling } from '../../server/types.ts'
import { type Bracket, type Contract, contracts, notionalCap } from './contracts.ts'
import { type Code, Refused } from './errors.ts'
import { isHedged } from './legs.ts'
import { leverageShape } from './leverageShape.ts'
import { refusedBy } from './refusals.ts'
import { type FapiRoute, signedRoute } from './route.ts'
import { Sent } from './sent.ts'
import { readContract, readContracts } from './symbols.ts'
import { marginTypes } from './tokens.ts'

// docs/wire/binance.md 4.1 (symbol settings, brackets, fees) and 4.3. Accounts here are always
// single-asset; asking for that is "no need to change", asking for multi-assets is refused.

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
      checkLeverage(handling, contract, leverage)
      const refusal = engine.setLeverage(accountId, contract.symbol, leverage)
      if (refusal) throw refusedBy(refusal, { insufficientMargin: '-2028' })
      return leverageShape(contract, leverage)
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Change-Margin-Type
  signedRoute('POST', '/fapi/v1/marginType', {
    mandatory: ['symbol', 'marginType'],
    handle(handling) {
      const { engine, accountId } = handling
      const sent = new Sent(handling, ['symbol', 'marginType'])
      const contract = readContract(sent)
      const { symbol } = contract
      const word = sent.requiredWord('marginType', marginTypes, '-1130')
      const mode = word === 'ISOLATED' ? 'ISOLATED' : 'CROSS'
      if (engine.marginMode(accountId, symbol) === mode) throw new Refused('-4046')
      checkIdle(handling, [contract], ['-4047', '-4048'])
      const refusal = engine.setMarginMode(accountId, mode, [symbol])
      if (refusal) throw refusedBy(refusal, { ordersOpen: '-4047', positionsOpen: '-4048' })
      return { code: 200, msg: 'success' }
    },
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Get-Current-Position-Mode
  signedRoute('GET', '/fapi/v1/positionSide/dual', {
    handle: ({ engine, accountId }) => ({ dualSidePosition: isHedged(engine, accountId) }),
  }),
  // https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Change-Position-Mode
  signedRoute('POST', '/fapi/v1/positionSide/dual', {
    mandatory: ['dualSidePosition'],
    handle(handling) {
      const { engine, accountId } = handling
      const sent = new Sent(handling, ['dualSidePosition'])
      const wanted = sent.flag('dualSidePosition') ?? false
      if (wanted === isHedged(engine, accountId)) throw new Refused('-4059')
      checkIdle(handling, contracts, ['-4067', '-4068'])
      const refusal = engine.setPositionMode(accountId, wanted ? 'hedge' : 'oneWay')
      if (refusal) throw refusedBy(refusal)
      return { code: 200, msg: 'success' }
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
          marginType:
            engine.marginMode(accountId, contract.symbol) === 'ISOLATED' ? 'ISOLATED' : 'CROSSED',
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
  { engine, accountId }: Handling,
  contract: Contract,
  leverage: number,
): void {
  const { symbol } = contract
  if (leverage < 1 || leverage > contract.maxLeverage) throw new Refused('-4028', String(leverage))
  const cap = String(notionalCap(contract, leverage))
  const held = engine.positions(accountId).filter((position) => position.symbol === symbol)
  if (held.some(({ notional }) => isGreater(notional, cap))) throw new Refused('-2027')
  const isLess = leverage < engine.leverage(accountId, symbol)
  if (isLess && held.some(({ marginMode }) => marginMode === 'ISOLATED')) throw new Refused('-4161')
}

/** Open orders come first, conditional ones included, then positions. */
function checkIdle(
  { engine, accountId }: Handling,
  list: readonly Contract[],
  [byOrders, byPosition]: readonly [Code, Code],
): void {
  const isOfList = ({ symbol }: { symbol: string }): boolean =>
    list.some((contract) => contract.symbol === symbol)
  const hasOrder =
    engine.openOrders(accountId).some(isOfList) || engine.openConditionals(accountId).some(isOfList)
  if (hasOrder) throw new Refused(byOrders)
  if (engine.positions(accountId).some(isOfList)) throw new Refused(byPosition)
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
