import type { EngineConditional, EngineEvent } from '../../../engine/types.ts'
import type { Channel, Payload, PayloadObject } from '../../../server/socketTypes.ts'
import type { Holder } from '../holder.ts'
import { moneyOf } from '../unified/account.ts'
import { type Strategy, strategiesOf } from '../unified/strategies.ts'
import { endedPositions, isOf, orderMoments, symbolOf } from './accountEvents.ts'
import { type Arg, push } from './pushes.ts'
import {
  accountRow,
  endedRow,
  fastFillRow,
  fillRow,
  orderRow,
  positionRow,
  strategyRow,
} from './unifiedRows.ts'

// Private channels of unified accounts: docs/wire/bitget.md 12.7.

type Rows = readonly PayloadObject[]

interface Family {
  /** Of what one call did, the lower is heard first: docs/wire/bitget.md 8.5. */
  rank: number
  /** Said on subscribing, and again every so often. */
  all?(holder: Holder): Rows
  /** The pushes that tell of events; each is a list of rows. */
  tell(holder: Holder, events: readonly EngineEvent[]): readonly Rows[]
}

/** How to make the private channel of that argument, or `undefined` when there is none. */
export function findUnifiedPrivate(arg: Arg): ((holder: Holder) => Channel) | undefined {
  const family = FAMILIES.get(arg.topic ?? '')
  if (!family || arg.instType !== 'UTA' || Object.keys(arg).length !== 2) return undefined
  return (holder) => channelOf(family, holder, arg)
}

const FAMILIES: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['strategy-order', { rank: 1, tell: tellStrategies }],
  ['order', { rank: 2, tell: tellOrders }],
  ['fast-fill', { rank: 3, tell: (_holder, events) => tellFills(events, fastFillRow) }],
  ['fill', { rank: 4, tell: (_holder, events) => tellFills(events, fillRow) }],
  ['position', { rank: 5, all: positionRows, tell: tellPositions }],
  ['account', { rank: 6, all: accountRows, tell: tellAccount }],
  // Nobody is deleveraged here.
  ['adl-notification', { rank: 7, tell: () => [] }],
])

const REPEAT_MS = 5_000

function channelOf({ all, rank, tell }: Family, holder: Holder, arg: Arg): Channel {
  const { accountId, engine } = holder
  const say = (rows: Rows): Payload => push(arg, 'snapshot', rows, engine.now())
  return {
    isPrivate: true,
    rank,
    ...(all && {
      everyMs: REPEAT_MS,
      welcome: () => [say(all(holder))],
      collect: () => [say(all(holder))],
    }),
    hear(events) {
      const own = events.filter((event) => isOf(accountId, event))
      return own.length === 0 ? [] : tell(holder, own).map(say)
    },
  }
}

/**
 * Accepted is one state, in the book another.
 * https://www.bitget.com/api-doc/uta/websocket/private/Order-Channel
 */
function tellOrders({ engine }: Holder, events: readonly EngineEvent[]): Rows[] {
  const moments = orderMoments(events)
  return moments.flatMap((moment, index) => {
    const { isNew, order } = moment
    if (!isNew) return [[orderRow(engine, moment)]]
    const accepted = { ...orderRow(engine, moment), orderStatus: 'live' }
    const later = moments.slice(index + 1).some((other) => other.order.orderId === order.orderId)
    return later ? [[accepted]] : [[accepted], [orderRow(engine, moment)]]
  })
}

type FillEvent = Extract<EngineEvent, { kind: 'fill' }>
type PlanEvent = Extract<EngineEvent, { kind: 'conditional' }>

/** https://www.bitget.com/api-doc/uta/websocket/private/Fill-Channel */
function tellFills(
  events: readonly EngineEvent[],
  row: (event: FillEvent) => PayloadObject,
): Rows[] {
  return events.flatMap((event) => (event.kind === 'fill' ? [[row(event)]] : []))
}

/**
 * Two legs under one id are one row; what says the same twice is said once.
 * https://www.bitget.com/api-doc/uta/websocket/private/Strategy-Order-Channel
 */
function tellStrategies(holder: Holder, events: readonly EngineEvent[]): Rows[] {
  const known = strategiesOf(holder)
  const told = new Map<string, string>()
  const pushes: Rows[] = []
  for (const event of events) {
    if (event.kind !== 'conditional' || event.change === 'activated') continue
    const row = known.find(({ legs }) => legs.some((leg) => isSame(leg, event.conditional)))
    if (!row || isHalf(row, event)) continue
    const said = strategyRow(asItWas(row, event.conditional), event.change === 'triggered')
    const text = JSON.stringify(said)
    if (told.get(row.orderId) === text) continue
    told.set(row.orderId, text)
    pushes.push([said])
  }
  return pushes
}

/** Of two legs the first to be made, or to be cancelled, says nothing: it is one row. */
function isHalf({ legs }: Strategy, { change, conditional }: PlanEvent): boolean {
  if (change === 'placed') return conditional.group !== undefined && legs.length === 1
  const others = legs.filter((leg) => !isSame(leg, conditional))
  return conditional.status === 'CANCELLED' && others.some(({ status }) => status === 'WAITING')
}

function isSame(one: EngineConditional, other: EngineConditional): boolean {
  return one.conditionalId === other.conditionalId
}

function asItWas(row: Strategy, then: EngineConditional): Strategy {
  const [first, ...others] = row.legs
  const back = (leg: EngineConditional): EngineConditional => (isSame(leg, then) ? then : leg)
  return { ...row, legs: [back(first), ...others.map(back)] }
}

/** https://www.bitget.com/api-doc/uta/websocket/private/Positions-Channel */
function positionRows({ accountId, engine }: Holder): Rows {
  return engine.positions(accountId).map((position) => positionRow(engine, position))
}

/** After fills: what has ended, once, and what is open of the same contracts. */
function tellPositions(holder: Holder, events: readonly EngineEvent[]): Rows[] {
  const { accountId, engine } = holder
  const symbols = new Set(events.filter(({ kind }) => kind === 'fill').map(symbolOf))
  if (symbols.size === 0) return []
  const ended = endedPositions(holder, events).map((row) => endedRow(holder, row))
  const open = engine
    .positions(accountId)
    .filter(({ symbol }) => symbols.has(symbol))
    .map((position) => positionRow(engine, position))
  return [[...ended, ...open]]
}

/** https://www.bitget.com/api-doc/uta/websocket/private/Account-Channel */
function accountRows(holder: Holder): Rows {
  return [accountRow(moneyOf(holder))]
}

function tellAccount(holder: Holder, events: readonly EngineEvent[]): Rows[] {
  return events.some(({ kind }) => kind === 'fill') ? [accountRows(holder)] : []
}
