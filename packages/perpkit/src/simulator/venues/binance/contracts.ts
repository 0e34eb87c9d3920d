import type { Decimal } from '../../../core/decimal.ts'
import type { EngineInstrument } from '../../engine/types.ts'

// What the venue lists: docs/wire/binance.md 3.2.

/** A contract with what only this venue says of it. */
export interface Contract extends EngineInstrument {
  /** Decimals of prices and quantities as the venue prints them; not the tick and not the step. */
  pricePrecision: number
  quantityPrecision: number
  minPrice: Decimal
  maxPrice: Decimal
  onboardDate: number
  underlyingSubType: readonly string[]
  /** Highest leverage first, each with the largest position (in the quote asset) it allows. */
  brackets: readonly Bracket[]
}

export interface Bracket {
  leverage: number
  notionalCap: number
}

/** Limit prices: a buy at most mark × up, a sell at least mark × down (`PERCENT_PRICE`). */
export const priceBand: { up: Decimal; down: Decimal } = { up: '1.05', down: '0.95' }

/** How far from the mark a market order may trade. */
export const marketTakeBound: Decimal = '0.05'

/** Open plain orders of one symbol, and open conditional orders of an account. */
export const maxOpenOrders: number = 200
export const maxConditionalOrders: number = 200

export const settleAsset: string = 'USDT'

// Leverage, and how many times the smallest position it may be.
const LADDER: readonly (readonly [leverage: number, multiple: number])[] = [
  [125, 1],
  [100, 2],
  [75, 10],
  [50, 40],
  [25, 200],
  [20, 300],
  [10, 700],
  [5, 1_500],
  [4, 2_000],
  [3, 2_600],
  [2, 4_000],
  [1, 6_000],
]

export const contracts: readonly Contract[] = [
  {
    ...usdtPerpetual('BTC'),
    tickSize: '0.1',
    stepSize: '0.001',
    minQuantity: '0.001',
    maxQuantity: '1000',
    maxMarketQuantity: '120',
    minNotional: '50',
    maxLeverage: 125,
    maintenanceMarginRate: '0.004',
    pricePrecision: 2,
    quantityPrecision: 3,
    minPrice: '556.8',
    maxPrice: '4529764',
    onboardDate: 1_569_398_400_000,
    underlyingSubType: ['PoW'],
    brackets: brackets(125, 300_000),
  },
  {
    ...usdtPerpetual('ETH'),
    tickSize: '0.01',
    stepSize: '0.001',
    minQuantity: '0.001',
    maxQuantity: '10000',
    maxMarketQuantity: '2000',
    minNotional: '20',
    maxLeverage: 125,
    maintenanceMarginRate: '0.004',
    pricePrecision: 2,
    quantityPrecision: 3,
    minPrice: '39.86',
    maxPrice: '306177',
    onboardDate: 1_569_398_400_000,
    underlyingSubType: ['Layer-1'],
    brackets: brackets(125, 300_000),
  },
  {
    ...usdtPerpetual('SOL'),
    tickSize: '0.01',
    stepSize: '0.01',
    minQuantity: '0.01',
    maxQuantity: '1000000',
    maxMarketQuantity: '20000',
    minNotional: '5',
    maxLeverage: 100,
    maintenanceMarginRate: '0.005',
    pricePrecision: 4,
    quantityPrecision: 2,
    minPrice: '0.42',
    maxPrice: '6857',
    onboardDate: 1_569_398_400_000,
    underlyingSubType: ['Layer-1'],
    brackets: brackets(100, 100_000),
  },
  {
    ...usdtPerpetual('XRP'),
    tickSize: '0.0001',
    stepSize: '0.1',
    minQuantity: '0.1',
    maxQuantity: '10000000',
    maxMarketQuantity: '2000000',
    minNotional: '5',
    maxLeverage: 100,
    maintenanceMarginRate: '0.005',
    pricePrecision: 4,
    quantityPrecision: 1,
    minPrice: '0.0143',
    maxPrice: '100000',
    onboardDate: 1_569_398_400_000,
    underlyingSubType: ['Payment'],
    brackets: brackets(100, 100_000),
  },
  {
    ...usdtPerpetual('DOGE'),
    tickSize: '0.00001',
    stepSize: '1',
    minQuantity: '1',
    maxQuantity: '50000000',
    maxMarketQuantity: '30000000',
    minNotional: '5',
    maxLeverage: 75,
    maintenanceMarginRate: '0.005',
    pricePrecision: 6,
    quantityPrecision: 0,
    minPrice: '0.00244',
    maxPrice: '30',
    onboardDate: 1_569_398_400_000,
    underlyingSubType: ['Meme'],
    brackets: brackets(75, 100_000),
  },
]

export function findContract(symbol: string): Contract | undefined {
  return contracts.find((contract) => contract.symbol === symbol)
}

/** The largest position, in the quote asset, that the leverage allows. */
export function notionalCap(contract: Contract, leverage: number): number {
  const allowing = contract.brackets.filter((bracket) => bracket.leverage >= leverage)
  return Math.max(0, ...allowing.map((bracket) => bracket.notionalCap))
}

type SharedByAll =
  | 'symbol'
  | 'baseAsset'
  | 'quoteAsset'
  | 'settleAsset'
  | 'makerFee'
  | 'takerFee'
  | 'fundingIntervalMs'

function usdtPerpetual(baseAsset: string): Pick<EngineInstrument, SharedByAll> {
  return {
    symbol: `${baseAsset}USDT`,
    baseAsset,
    quoteAsset: 'USDT',
    settleAsset,
    makerFee: '0.0002',
    takerFee: '0.0005',
    fundingIntervalMs: 8 * 3_600_000,
  }
}

// The maintenance rate is the same in every bracket here, so that `cum` stays 0 and the engine's
// margin is the one that the brackets foretell.
function brackets(maxLeverage: number, firstCap: number): Bracket[] {
  return LADDER.filter(([leverage]) => leverage <= maxLeverage).map(([leverage, multiple]) => ({
    leverage,
    notionalCap: firstCap * multiple,
  }))
}
