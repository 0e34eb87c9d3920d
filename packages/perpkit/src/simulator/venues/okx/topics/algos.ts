import { mul } from '../../../../core/decimal.ts'
import type { EngineConditional, EngineEvent } from '../../../engine/types.ts'
import type { Channel, Payload, PayloadObject } from '../../../server/socketTypes.ts'
import { type Algo, algoOf, algosOf, openAlgos } from '../algoRecords.ts'
import { algoRow } from '../algoRow.ts'
import { plain } from '../decimals.ts'
import { readNotes } from '../notes.ts'
import { isIn, type Owner, ownEvents, type Scope } from './events.ts'

// Algos: docs/wire/okx.md 8.3. What one call did to one is told as it waited, and then as it ended.

/**
 * All but trailing stops.
 * https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-ws-algo-orders-channel
 */
export function algosChannel(owner: Owner, scope: Scope): Channel {
  const isMeant = (algo: Algo): boolean => !isAdvanced(algo) && isIn(scope, algo.symbol)
  return { isPrivate: true, rank: 4, hear: (events) => updates(owner, events, isMeant) }
}

/**
 * Trailing stops, those that wait first of all.
 * https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-ws-advance-algo-orders-channel
 */
export function advancedAlgosChannel(
  owner: Owner,
  scope: Scope,
  algoId: string | undefined,
): Channel {
  const isMeant = (algo: Algo): boolean =>
    isAdvanced(algo) && isIn(scope, algo.symbol) && [algo.algoId, undefined].includes(algoId)
  return {
    isPrivate: true,
    rank: 4,
    welcome() {
      const waiting = openAlgos(owner.engine, owner.accountId).filter(isMeant)
      return waiting.map((algo) => say(owner, algo, { pTime: String(owner.engine.now()) }))
    },
    hear: (events) => updates(owner, events, isMeant, { pTime: String(owner.engine.now()) }),
  }
}

function isAdvanced({ notes }: Algo): boolean {
  return notes.ordType === 'move_order_stop'
}

function updates(
  owner: Owner,
  events: readonly EngineEvent[],
  isMeant: (algo: Algo) => boolean,
  more: PayloadObject = {},
): Payload[] {
  const changes = ownEvents(owner.accountId, events).flatMap((event) =>
    event.kind === 'conditional' ? [event] : [],
  )
  if (changes.length === 0) return []
  const touched = new Set(changes.map(({ conditional }) => conditional.conditionalId))
  const waiting = new Map<string, EngineConditional>()
  const amended = new Map<string, EngineConditional>()
  for (const { change, conditional } of changes) {
    if (conditional.status === 'WAITING') waiting.set(conditional.conditionalId, conditional)
    if (change === 'amended') amended.set(conditional.conditionalId, conditional)
  }
  return algosOf(owner.engine, owner.accountId)
    .filter(isMeant)
    .reverse()
    .flatMap((algo) => {
      const legs = legsOf(owner, algo)
      if (!legs.some((leg) => touched.has(leg.conditionalId)) || isHalf(legs)) return []
      const [change] = legs.flatMap((leg) => amended.get(leg.conditionalId) ?? [])
      const said = change ? { ...more, ...amendment(change) } : more
      const then = legs.map((leg) => waiting.get(leg.conditionalId) ?? leg)
      const before = algoOf(owner.engine, then)
      const hasWaited = legs.some((leg) => waiting.has(leg.conditionalId))
      const rows = hasWaited && before?.state === 'live' ? [say(owner, before, said)] : []
      return algo.state === 'live' ? rows : [...rows, say(owner, algo, more)]
    })
}

/** One leg of an `oco` whose other one is not placed yet. */
function isHalf(legs: readonly EngineConditional[]): boolean {
  return legs.length === 1 && legs[0]?.group !== undefined
}

/** Both, of an `oco`, in the order in which they were placed. */
function legsOf({ engine }: Owner, { main }: Algo): EngineConditional[] {
  if (main.group === undefined) return [main]
  return engine.conditionals(main.accountId).filter(({ group }) => group === main.group)
}

function amendment({ venueData }: EngineConditional): PayloadObject {
  return { amendResult: '0', reqId: readNotes(venueData).reqId }
}

function say({ engine }: Owner, algo: Algo, more: PayloadObject): Payload {
  const price = algo.main.price ?? engine.prices(algo.symbol).mark
  const notionalUsd = plain(mul(algo.main.quantity, price))
  const row = { ...algoRow(engine, algo), notionalUsd, reqId: '', amendResult: '', ...more }
  return { data: [row] }
}
