import { isDecimal, isLess } from '../../../../core/decimal.ts'
import type { EngineEvent } from '../../../engine/types.ts'
import type { Channel, Payload, PayloadObject } from '../../../server/socketTypes.ts'
import { balanceRow } from '../balance.ts'
import { isForcedFill, tradeId } from '../fills.ts'
import { type Listing, listingOf, listings } from '../instruments.ts'
import { isSameLeg } from '../legs.ts'
import { latestOf, rowOf } from '../positions.ts'
import { isClosed, type Span, spansOf } from '../spans.ts'
import { isIn, type Owner, ownEvents, type Scope } from './events.ts'

// Money and positions: docs/wire/okx.md 8.3.

/** How often all of it is told anew; `undefined`: what happens alone. */
export type Interval = number | undefined

/**
 * https://www.okx.com/docs-v5/en/#trading-account-websocket-account-channel
 */
export function accountChannel(owner: Owner, ccy: string | undefined, interval: Interval): Channel {
  const { engine, accountId } = owner
  const wanted = ccy === undefined ? undefined : [ccy]
  const rows = (now: number): PayloadObject[] => {
    return [pricedRow(balanceRow(engine, accountId, { wanted, now }))]
  }
  let hasHappened = false
  let saidAt = engine.now()
  return {
    isPrivate: true,
    rank: 5,
    everyMs: 50,
    isStirredBy(event) {
      const isMoney = event.kind !== 'conditional' && ownEvents(accountId, [event]).length > 0
      hasHappened ||= isMoney
      return isMoney
    },
    ...(interval !== undefined && { nextAt: () => saidAt + interval }),
    welcome: () => [snapshot(rows(engine.now()))],
    collect(now) {
      const said: Payload[] = []
      if (hasHappened) said.push({ eventType: 'event_update', data: rows(now) })
      hasHappened = false
      if (interval !== undefined && now - saidAt >= interval) {
        saidAt = now
        said.push(snapshot(rows(now)))
      }
      return said
    },
  }
}

/**
 * Open positions, then those that have changed; one that was closed comes once more.
 * https://www.okx.com/docs-v5/en/#trading-account-websocket-positions-channel
 */
export function positionsChannel(owner: Owner, scope: Scope, interval: Interval): Channel {
  const { engine } = owner
  let saidAt = engine.now()
  const open = (): PayloadObject[] => rowsOf(owner, openSpans(owner, scope))
  return {
    isPrivate: true,
    rank: 3,
    hear(events) {
      const rows = rowsOf(owner, changedSpans(owner, scope, events))
      return rows.length === 0 ? [] : [{ eventType: 'event_update', data: rows }]
    },
    isStirredBy: () => false,
    ...(interval !== undefined && { nextAt: () => saidAt + interval }),
    welcome: () => [snapshot(open())],
    collect(now) {
      saidAt = now
      const rows = open()
      return rows.length === 0 ? [] : [snapshot(rows)]
    },
  }
}

/**
 * https://www.okx.com/docs-v5/en/#trading-account-websocket-balance-and-position-channel
 */
export function balanceAndPositionChannel(owner: Owner): Channel {
  const { engine, accountId } = owner
  const say = (eventType: string, spans: readonly Span[], trades: PayloadObject[]): Payload => ({
    data: [
      {
        pTime: String(engine.now()),
        eventType,
        balData: balancesOf(owner),
        posData: rowsOf(owner, spans).map(shortPosition),
        trades,
      },
    ],
  })
  return {
    isPrivate: true,
    rank: 1,
    welcome: () => [say('snapshot', openSpans(owner, listings), [])],
    hear(events) {
      const own = ownEvents(accountId, events)
      const byType = new Map<string, EngineEvent[]>()
      for (const event of own) {
        const type = typeOf(owner, event)
        if (type !== undefined) byType.set(type, [...(byType.get(type) ?? []), event])
      }
      return [...byType].map(([type, some]) =>
        say(type, changedSpans(owner, listings, some), tradesOf(owner, some)),
      )
    },
  }
}

/**
 * Positions whose margin comes to less than three times what they need.
 * https://www.okx.com/docs-v5/en/#trading-account-websocket-position-risk-warning
 */
export function warningChannel(owner: Owner, scope: Scope): Channel {
  return {
    isPrivate: true,
    rank: 6,
    everyMs: 5_000,
    isStirredBy: (event) => event.kind === 'book' && isIn(scope, event.symbol),
    collect() {
      const rows = rowsOf(owner, openSpans(owner, scope)).filter(({ mgnRatio }) => {
        return typeof mgnRatio === 'string' && isDecimal(mgnRatio) && isLess(mgnRatio, '3')
      })
      return rows.length === 0 ? [] : [{ data: rows }]
    },
  }
}

/** The row of the balance call, and with each coin what the push alone says. */
function pricedRow(row: ReturnType<typeof balanceRow>): PayloadObject {
  return { ...row, details: row.details.map((coin) => ({ ...coin, coinUsdPrice: '1' })) }
}

/** All that there is goes into one page. */
function snapshot(data: readonly PayloadObject[]): Payload {
  return { eventType: 'snapshot', curPage: 1, lastPage: true, data }
}

function spansIn({ engine, accountId }: Owner): Span[] {
  return spansOf(engine.fills(accountId), engine.fundings(accountId))
}

function openSpans(owner: Owner, scope: Scope): Span[] {
  const spans = spansIn(owner)
  return scope
    .flatMap((listing) => latestOf(spans, listing))
    .filter((span) => !isClosed(span))
    .sort((a, b) => b.firstFill.timestamp - a.firstFill.timestamp)
}

/** The newest position of each leg that something has happened to. */
function changedSpans(owner: Owner, scope: Scope, events: readonly EngineEvent[]): Span[] {
  const own = ownEvents(owner.accountId, events).filter((event) => isChange(event))
  if (own.length === 0) return []
  const spans = spansIn(owner)
  const isChanged = (span: Span): boolean => own.some((event) => changes(event, span))
  return scope.flatMap((listing: Listing) => latestOf(spans, listing)).filter(isChanged)
}

function isChange({ kind }: EngineEvent): boolean {
  return kind === 'fill' || kind === 'funding' || kind === 'leverage' || kind === 'margin'
}

function changes(event: EngineEvent, span: Span): boolean {
  switch (event.kind) {
    case 'fill':
      return isSameLeg(event.fill, span.leg)
    case 'funding': {
      const { marginMode, side, symbol } = event.funding
      const { leg } = span
      const isOf = leg.symbol === symbol && leg.marginMode === marginMode && span.side === side
      return isOf && !isClosed(span)
    }
    case 'leverage':
    case 'margin':
      return span.leg.symbol === event.symbol && !isClosed(span)
    default:
      return false
  }
}

function rowsOf({ engine, accountId }: Owner, spans: readonly Span[]): PayloadObject[] {
  const pTime = String(engine.now())
  return spans.map((span) => ({ ...rowOf(engine, accountId, span), pTime }))
}

function typeOf({ engine, accountId }: Owner, event: EngineEvent): string | undefined {
  switch (event.kind) {
    case 'fill':
      return isForcedFill({ engine, accountId }, event.fill) ? 'liquidation' : 'filled'
    case 'funding':
      return 'funding_fee'
    case 'margin':
      return 'adjust_margin'
    case 'leverage':
      return 'set_leverage'
    default:
      return undefined
  }
}

function balancesOf({ engine, accountId }: Owner): PayloadObject[] {
  const { details } = balanceRow(engine, accountId, { wanted: undefined, now: engine.now() })
  return details.map(({ cashBal, ccy, uTime }) => ({ ccy, cashBal, uTime }))
}

function shortPosition(row: PayloadObject): PayloadObject {
  return Object.fromEntries(SHORT_KEYS.map((key) => [key, row[key]]))
}

const SHORT_KEYS = [
  'posId',
  'tradeId',
  'instId',
  'instType',
  'mgnMode',
  'posSide',
  'pos',
  'ccy',
  'posCcy',
  'avgPx',
  'uTime',
] as const

function tradesOf(owner: Owner, events: readonly EngineEvent[]): PayloadObject[] {
  return events.flatMap((event) =>
    event.kind === 'fill'
      ? [{ instId: listingOf(event.fill.symbol).instId, tradeId: tradeId(owner, event.fill) }]
      : [],
  )
}
