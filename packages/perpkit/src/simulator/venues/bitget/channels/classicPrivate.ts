import type { EngineEvent } from '../../../engine/types.ts'
import type { Channel, PayloadObject } from '../../../server/socketTypes.ts'
import { moneyRow } from '../classic/account.ts'
import { money } from '../decimals.ts'
import type { Holder } from '../holder.ts'
import {
  findListing,
  listingOf,
  marginCoinOf,
  type ProductType,
  productTypes,
} from '../instruments.ts'
import { endedPositions, isOf, orderMoments, symbolOf } from './accountEvents.ts'
import { fillRow, orderRow, planRow, positionHistoryRow, positionRow } from './classicRows.ts'
import { type Arg, push } from './pushes.ts'

// Private channels of classic accounts: docs/wire/bitget.md 8.5. Each push is a snapshot.

/** What of an account a client asked for. */
interface Scope extends Holder {
  productType: ProductType
  /** The venue's name of a contract; absent: all of them. */
  native?: string
}

interface Family {
  /** Of what one call did, the lower is heard first: docs/wire/bitget.md 8.5. */
  rank: number
  selector: 'instId' | 'coin' | 'none'
  welcome?(scope: Scope): readonly PayloadObject[]
  /** The pushes that tell of events; each is a list of rows. */
  tell(scope: Scope, events: readonly EngineEvent[]): readonly (readonly PayloadObject[])[]
}

/** How to make the private channel of that argument, or `undefined` when there is none. */
export function findClassicPrivate(
  arg: Arg,
): ((holder: Holder, isHeard: boolean) => Channel) | undefined {
  const family = FAMILIES.get(arg.channel ?? '')
  if (!family) return undefined
  const asked = readScope(family, arg)
  if (!asked) return undefined
  return (holder, isHeard) => channelOf(family, { ...asked, ...holder }, arg, isHeard)
}

const FAMILIES: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['orders-algo', { rank: 1, selector: 'instId', tell: tellPlans }],
  ['orders', { rank: 2, selector: 'instId', tell: tellOrders }],
  ['fill', { rank: 3, selector: 'instId', tell: tellFills }],
  ['positions', { rank: 4, selector: 'instId', welcome: positionRows, tell: tellPositions }],
  ['positions-history', { rank: 5, selector: 'instId', tell: tellEnded }],
  ['account', { rank: 6, selector: 'coin', welcome: accountRows, tell: tellAccount }],
  ['equity', { rank: 7, selector: 'none', welcome: equityRows, tell: tellEquity }],
  // Nobody is deleveraged here.
  ['adl-noti', { rank: 8, selector: 'none', tell: () => [] }],
])

function readScope(
  { selector }: Family,
  { channel: _channel, instType, ...rest }: Arg,
): Pick<Scope, 'productType' | 'native'> | undefined {
  const productType = productTypes.find((known) => known === instType)
  if (!productType) return undefined
  if (selector === 'none') {
    const isBare = Object.keys(rest).every((name) => name === 'instId' || name === 'coin')
    return isBare ? { productType } : undefined
  }
  const { [selector]: wanted, ...others } = rest
  if (wanted === undefined || Object.keys(others).length > 0) return undefined
  if (wanted === 'default') return { productType }
  if (selector === 'coin') {
    return wanted === marginCoinOf(productType) ? { productType } : undefined
  }
  return findListing(productType, wanted)?.native === wanted
    ? { productType, native: wanted }
    : undefined
}

/** A unified account may come here too, and hears nothing: docs/wire/bitget.md 8.5. */
function channelOf(family: Family, scope: Scope, arg: Arg, isHeard: boolean): Channel {
  // The push of `equity` has no selector, whatever was asked for.
  const { coin: _coin, instId: _instId, ...bare } = arg
  const said = family.selector === 'none' ? bare : arg
  const { welcome } = family
  const { engine } = scope
  if (!isHeard) return { isPrivate: true }
  return {
    isPrivate: true,
    rank: family.rank,
    ...(welcome && { welcome: () => [push(said, 'snapshot', welcome(scope), engine.now())] }),
    hear(events) {
      const own = events.filter((event) => isIn(scope, event))
      if (own.length === 0) return []
      return family.tell(scope, own).map((rows) => push(said, 'snapshot', rows, engine.now()))
    },
  }
}

function isIn(scope: Scope, event: EngineEvent): boolean {
  return isOf(scope.accountId, event) && isOfScope(scope, symbolOf(event))
}

function isOfScope({ native, productType }: Scope, symbol: string): boolean {
  const listing = listingOf(symbol)
  return listing.productType === productType && (native === undefined || listing.native === native)
}

/** https://www.bitget.com/api-doc/contract/websocket/private/Order-Channel */
function tellOrders({ engine }: Scope, events: readonly EngineEvent[]): PayloadObject[][] {
  return orderMoments(events).map((moment) => [orderRow(engine, moment)])
}

/** https://www.bitget.com/api-doc/contract/websocket/private/Fill-Channel */
function tellFills(_scope: Scope, events: readonly EngineEvent[]): PayloadObject[][] {
  return events.flatMap((event) => (event.kind === 'fill' ? [[fillRow(event)]] : []))
}

/** https://www.bitget.com/api-doc/contract/websocket/private/Plan-Order-Channel */
function tellPlans(_scope: Scope, events: readonly EngineEvent[]): PayloadObject[][] {
  return events.flatMap((event) =>
    event.kind === 'conditional' && event.change !== 'activated' ? [[planRow(event)]] : [],
  )
}

/**
 * All open positions of the kind, again and again.
 * https://www.bitget.com/api-doc/contract/websocket/private/Positions-Channel
 */
function tellPositions(scope: Scope, events: readonly EngineEvent[]): PayloadObject[][] {
  return events.some(({ kind }) => kind !== 'conditional') ? [positionRows(scope)] : []
}

function positionRows(scope: Scope): PayloadObject[] {
  return scope.engine
    .positions(scope.accountId)
    .filter(({ symbol }) => isOfScope(scope, symbol))
    .map((position) => positionRow(scope.engine, position))
}

/** https://www.bitget.com/api-doc/contract/websocket/private/History-Positions-Channel */
function tellEnded(scope: Scope, events: readonly EngineEvent[]): PayloadObject[][] {
  return endedPositions(scope, events).map((position) => [positionHistoryRow(position)])
}

/** Money changes with orders, fills, funding and margin; not with what waits for a trigger. */
function tellAccount(scope: Scope, events: readonly EngineEvent[]): PayloadObject[][] {
  return events.some(({ kind }) => kind !== 'conditional') ? [accountRows(scope)] : []
}

/** https://www.bitget.com/api-doc/contract/websocket/private/Account-Channel */
function accountRows(scope: Scope): PayloadObject[] {
  const coin = marginCoinOf(scope.productType)
  if (coin === undefined) return []
  const row = moneyRow(scope, coin)
  return [
    {
      marginCoin: coin,
      frozen: row.locked,
      available: row.available,
      maxOpenPosAvailable: row.crossedMaxAvailable,
      maxTransferOut: row.maxTransferOut,
      equity: row.accountEquity,
      usdtEquity: row.usdtEquity,
      crossedRiskRate: row.crossedRiskRate,
      unrealizedPL: row.unrealizedPL,
      unionTotalMargin: '',
      unionAvailable: '',
      unionMm: '',
      assetsMode: row.assetMode,
    },
  ]
}

function tellEquity(scope: Scope, events: readonly EngineEvent[]): PayloadObject[][] {
  return events.some(({ kind }) => kind !== 'conditional') ? [equityRows(scope)] : []
}

function equityRows(scope: Scope): PayloadObject[] {
  const coin = marginCoinOf(scope.productType)
  if (coin === undefined) return []
  const { marginBalance, unrealizedPnl } = scope.engine.margin(scope.accountId, coin)
  return [{ usdtEquity: money(marginBalance), unrealizedPL: money(unrealizedPnl) }]
}
