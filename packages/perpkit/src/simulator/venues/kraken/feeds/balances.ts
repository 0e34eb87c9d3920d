import { add, type Decimal, div, isPositive, sub, sum } from '../../../../core/decimal.ts'
import type { EngineEvent, PositionView } from '../../../engine/types.ts'
import type { Channel, PayloadObject } from '../../../server/socketTypes.ts'
import { accountUidOf } from '../ids.ts'
import { listingOf, listings } from '../instruments.ts'
import { num } from '../numbers.ts'
import { type Account, isOf, movesPrice } from './accounts.ts'

/**
 * All money, then the part that changes: docs/wire/kraken.md 8.4.
 * https://docs.kraken.com/api/docs/futures-api/websocket/balances
 */
export function balancesChannel(account: Account): Channel {
  const { accountId, engine } = account
  let seq = 0
  const about = (): PayloadObject => ({ timestamp: engine.now(), seq })
  const sayNext = (): PayloadObject[] => {
    seq++
    const flex_futures = walletOf(account)
    return [{ feed: 'balances', account: accountUidOf(accountId), flex_futures, ...about() }]
  }
  return {
    isPrivate: true,
    rank: 4,
    everyMs: 1_000,
    isStirredBy: (event) => movesPrice(account, event),
    welcome: () => [
      {
        feed: 'balances_snapshot',
        account: accountUidOf(accountId),
        // Neither cash nor single-collateral contracts here.
        holding: { USD: 0 },
        futures: {},
        flex_futures: {
          ...walletOf(account),
          isolated: isolatedOf(account),
          cross: crossOf(account),
        },
        ...about(),
      },
    ],
    hear: (events) => (events.some((event) => movesMoney(account, event)) ? sayNext() : []),
    collect: sayNext,
  }
}

/** What waits for a trigger takes no margin. */
function movesMoney(account: Account, event: EngineEvent): boolean {
  return event.kind !== 'conditional' && isOf(account, event)
}

/** Money and margins of the whole wallet. */
function walletOf({ accountId, engine }: Account): PayloadObject {
  const view = engine.margin(accountId, 'USD')
  const { maintenanceMargin, orderInitialMargin, positionInitialMargin } = view
  const currencies = engine.assets(accountId).map((asset): [string, PayloadObject] => {
    const { availableBalance, walletBalance } = engine.margin(accountId, asset)
    const quantity = num(walletBalance)
    return [
      asset,
      {
        quantity,
        value: quantity,
        collateral_value: quantity,
        available: num(availableBalance),
        haircut: 0,
        conversion_spread: 0,
      },
    ]
  })
  const figures = figuresOf({
    wallet: view.walletBalance,
    initial: positionInitialMargin,
    orders: orderInitialMargin,
    maintenance: maintenanceMargin,
    pnl: view.unrealizedPnl,
    available: view.availableBalance,
  })
  const notional = sum(engine.positions(accountId).map((position) => position.notional))
  return {
    currencies: Object.fromEntries(currencies),
    ...figures,
    total_position_size: num(notional),
  }
}

/** Margin that was put aside, by product. */
function isolatedOf(account: Account): PayloadObject {
  const { engine, accountId } = account
  const rows = isolatedPositions(account).map((position): [string, PayloadObject] => [
    listingOf(position.symbol).native,
    figuresOf({
      wallet: position.isolatedMargin ?? '0',
      initial: position.initialMargin,
      orders: '0',
      maintenance: position.maintenanceMargin,
      pnl: position.unrealizedPnl,
      available: '0',
    }),
  ])
  const chosen = listings.flatMap(({ engine: { symbol }, native }): [string, PayloadObject][] =>
    engine.marginMode(accountId, symbol) === 'ISOLATED' ? [[native, figuresOf(NOTHING)]] : [],
  )
  return Object.fromEntries([...chosen, ...rows])
}

/** What all other positions share. */
function crossOf(account: Account): PayloadObject {
  const { accountId, engine } = account
  const view = engine.margin(accountId, 'USD')
  const isolated = isolatedPositions(account)
  const wallet = sub(view.walletBalance, view.isolatedMargin)
  const pnl = sub(view.unrealizedPnl, view.isolatedUnrealizedPnl)
  const less = (whole: Decimal, part: (position: PositionView) => Decimal): Decimal =>
    sub(whole, sum(isolated.map(part)))
  const equity = add(wallet, pnl)
  const notional = sum(
    engine
      .positions(accountId)
      .filter(({ marginMode }) => marginMode === 'CROSS')
      .map((position) => position.notional),
  )
  return {
    ...figuresOf({
      wallet,
      initial: less(view.positionInitialMargin, ({ initialMargin }) => initialMargin),
      orders: view.orderInitialMargin,
      maintenance: less(view.maintenanceMargin, ({ maintenanceMargin }) => maintenanceMargin),
      pnl,
      available: view.availableBalance,
    }),
    effective_leverage: isPositive(equity) ? num(div(notional, equity)) : 0,
  }
}

function isolatedPositions({ accountId, engine }: Account): PositionView[] {
  return engine.positions(accountId).filter(({ marginMode }) => marginMode === 'ISOLATED')
}

interface Figures {
  wallet: Decimal
  /** Of positions. */
  initial: Decimal
  orders: Decimal
  maintenance: Decimal
  pnl: Decimal
  available: Decimal
}

const NOTHING: Figures = {
  wallet: '0',
  initial: '0',
  orders: '0',
  maintenance: '0',
  pnl: '0',
  available: '0',
}

/** Here `initial_margin` includes orders, as it does not in REST. */
function figuresOf({
  available,
  initial,
  maintenance,
  orders,
  pnl,
  wallet,
}: Figures): PayloadObject {
  const equity = num(add(wallet, pnl))
  return {
    balance_value: num(wallet),
    portfolio_value: equity,
    // US dollars have no haircut.
    collateral_value: num(wallet),
    initial_margin: num(add(initial, orders)),
    initial_margin_without_orders: num(initial),
    maintenance_margin: num(maintenance),
    pnl: num(pnl),
    unrealized_funding: 0,
    total_unrealized: num(pnl),
    total_unrealized_as_margin: num(pnl),
    margin_equity: equity,
    available_margin: num(available),
  }
}
