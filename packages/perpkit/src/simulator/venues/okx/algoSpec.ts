import { type Decimal, isGreater, isLess } from '../../../core/decimal.ts'
import type { Engine, EngineSide, EngineTimeInForce, PositionLeg } from '../../engine/types.ts'
import { openAlgos } from './algoRecords.ts'
import { Refused } from './errors.ts'
import type { Listing } from './instruments.ts'
import { closingSideOf, isSameLeg, positionOn } from './legs.ts'
import type { Notes } from './notes.ts'
import type { Callback } from './trailing.ts'
import { type Leg, refusePassed } from './triggers.ts'

export type AlgoType = 'conditional' | 'oco' | 'trigger' | 'move_order_stop'

/** An algo as it is to be placed, whoever asks for it. */
export interface AlgoSpec {
  ordType: AlgoType
  listing: Listing
  /** The position it moves. */
  leg: PositionLeg
  side: EngineSide
  /** In the base asset; `'0'` closes whatever the position is. */
  quantity: Decimal
  reduceOnly: boolean
  closesPosition: boolean
  endsWithPosition: boolean
  algoClOrdId: string
  stopLoss?: Leg
  takeProfit?: Leg
  /** A take-profit that rests in the order book meanwhile. */
  restingProfit?: Decimal
  /** Of `trigger` orders. */
  entry?: Leg & { timeInForce: EngineTimeInForce }
  /** Of `move_order_stop` orders. */
  trailing?: Callback & { activePx: Decimal | undefined }
  notes: Partial<Notes>
}

/** Holds an algo against the market and what is pending: docs/wire/okx.md 4.2 and 4.4. */
export function checkAlgo(engine: Engine, accountId: string, spec: AlgoSpec): void {
  const { listing, side, stopLoss, takeProfit } = spec
  const { symbol } = listing.engine
  if (!engine.isTrading(symbol)) throw new Refused('51022')
  refuseUsedId(engine, accountId, spec.algoClOrdId)
  refuseTooMany(engine, accountId, spec)
  if (spec.closesPosition) refuseSecondClose(engine, accountId, spec)
  if (stopLoss) refusePassed(engine, listing, side, 'sl', stopLoss)
  if (takeProfit) refusePassed(engine, listing, side, 'tp', takeProfit)
  const activePx = spec.trailing?.activePx
  if (activePx === undefined) return
  const { last } = engine.prices(symbol)
  if (side === 'SELL' && !isGreater(activePx, last)) throw new Refused('51258')
  if (side === 'BUY' && !isLess(activePx, last)) throw new Refused('51259')
}

function refuseUsedId(engine: Engine, accountId: string, algoClOrdId: string): void {
  if (algoClOrdId === '') return
  const isUsed = engine.openConditionals(accountId).some((row) => row.clientOrderId === algoClOrdId)
  if (isUsed) throw new Refused('51065')
}

const limits = {
  conditional: { most: 100, code: '51261' },
  oco: { most: 100, code: '51261' },
  trigger: { most: 500, code: '51299' },
  move_order_stop: { most: 50, code: '51260' },
} as const

/** Take-profits and stops count together, triggers and trailing stops each for themselves. */
function refuseTooMany(engine: Engine, accountId: string, { listing, ordType }: AlgoSpec): void {
  const { code, most } = limits[ordType]
  const pending = openAlgos(engine, accountId).filter(
    ({ notes, symbol }) => symbol === listing.engine.symbol && codeOf(notes.ordType) === code,
  )
  if (pending.length >= most) throw new Refused(code, String(most))
}

function codeOf(ordType: string): string | undefined {
  return Object.entries(limits).find(([name]) => name === ordType)?.[1].code
}

function refuseSecondClose(engine: Engine, accountId: string, { leg, side }: AlgoSpec): void {
  const position = positionOn(engine, accountId, leg)
  if (!position || side !== closingSideOf(position.side)) throw new Refused('51058')
  const closing = openAlgos(engine, accountId).filter(
    ({ main, notes }) => isSameLeg(main, leg) && notes.closeFraction !== '',
  )
  if (closing.length > 0) throw new Refused('51088')
}
