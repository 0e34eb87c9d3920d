import type { Engine, EngineConditional, EngineOrder, EngineSide } from '../../engine/types.ts'
import { type Notes, readNotes } from './notes.ts'

/** One algo as the venue counts it: an `oco` is two conditional orders of the engine's. */
export interface Algo {
  algoId: string
  algoClOrdId: string
  /** The engine's symbol. */
  symbol: string
  side: EngineSide
  state: 'live' | 'effective' | 'canceled' | 'order_failed'
  /** The leg that was placed first; the algo has its id. */
  main: EngineConditional
  notes: Notes
  stopLoss: EngineConditional | undefined
  takeProfit: EngineConditional | undefined
  /** The leg that fired, or that could not. */
  fired: EngineConditional | undefined
  /** What it became. */
  order: EngineOrder | undefined
  updatedAt: number
}

/** All algos of an account, ended ones too, newest first. */
export function algosOf(engine: Engine, accountId: string): Algo[] {
  return gather(engine, engine.conditionals(accountId))
}

/** Those that wait, newest first. */
export function openAlgos(engine: Engine, accountId: string): Algo[] {
  return algosOf(engine, accountId).filter(({ state }) => state === 'live')
}

/** The algo of that id, or else the newest of that client id. */
export function findAlgo(
  engine: Engine,
  accountId: string,
  ids: { algoId: string | undefined; algoClOrdId: string | undefined },
): Algo | undefined {
  const { algoId, algoClOrdId } = ids
  return algosOf(engine, accountId).find((algo) =>
    algoId === undefined ? algo.algoClOrdId === algoClOrdId : algo.algoId === algoId,
  )
}

/** The algo an order came from. */
export function algoBehind(engine: Engine, order: EngineOrder): Algo | undefined {
  const { accountId, conditionalId } = order
  if (conditionalId === undefined) return undefined
  const fired = engine.conditional(accountId, conditionalId)
  if (!fired) return undefined
  if (fired.group === undefined) return gather(engine, [fired])[0]
  const legs = engine.conditionals(accountId).filter(({ group }) => group === fired.group)
  return gather(engine, legs)[0]
}

/** Legs of the algo that still wait. */
export function waitingLegs({ stopLoss, takeProfit, main }: Algo): EngineConditional[] {
  const legs = new Set([main, stopLoss, takeProfit])
  return [...legs].filter((leg) => leg?.status === 'WAITING').filter((leg) => leg !== undefined)
}

function gather(engine: Engine, conditionals: readonly EngineConditional[]): Algo[] {
  const byGroup = new Map<string, EngineConditional[]>()
  for (const row of conditionals) {
    const key = row.group ?? row.conditionalId
    byGroup.set(key, [...(byGroup.get(key) ?? []), row])
  }
  return [...byGroup.values()]
    .map((legs) => algoOf(engine, legs))
    .filter((algo) => algo !== undefined)
    .sort((a, b) => b.main.createdAt - a.main.createdAt || b.main.sequence - a.main.sequence)
}

/** `legs` in the order in which they were placed. */
export function algoOf(engine: Engine, legs: readonly EngineConditional[]): Algo | undefined {
  const [main] = legs
  if (!main) return undefined
  const fired = legs.find(({ status }) => status === 'TRIGGERED' || status === 'REJECTED')
  const orderId = fired?.orderId
  const isLive = legs.some(({ status }) => status === 'WAITING')
  const leg = (kind: 'tp' | 'sl'): EngineConditional | undefined =>
    legs.find(({ venueData }) => {
      const notes = readNotes(venueData)
      return notes.leg === kind && !notes.isTakenOff
    })
  return {
    algoId: main.conditionalId,
    algoClOrdId: main.clientOrderId,
    symbol: main.symbol,
    side: main.side,
    state: fired ? firedState(fired) : isLive ? 'live' : 'canceled',
    main,
    notes: readNotes(main.venueData),
    stopLoss: leg('sl'),
    takeProfit: leg('tp'),
    fired,
    order: orderId === undefined ? undefined : engine.order(main.accountId, orderId),
    updatedAt: Math.max(...legs.map(({ updatedAt }) => updatedAt)),
  }
}

function firedState({ status }: EngineConditional): 'effective' | 'order_failed' {
  return status === 'TRIGGERED' ? 'effective' : 'order_failed'
}
