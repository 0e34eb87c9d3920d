import { legKey } from './legs.ts'
import type { Account, World } from './state.ts'
import type {
  ConditionalChange,
  EngineConditional,
  EngineFill,
  EngineOrder,
  OrderChange,
} from './types.ts'

// Telling a listener what happens: nothing is copied while nobody listens.

export function tellOrder(world: World, change: OrderChange, order: EngineOrder): void {
  world.listener?.happened({ kind: 'order', change, order: { ...order }, at: world.at })
}

export function tellConditional(
  world: World,
  change: ConditionalChange,
  conditional: EngineConditional,
): void {
  const { listener, at } = world
  if (!listener) return
  listener.happened({ kind: 'conditional', change, conditional: { ...conditional }, at })
}

/** A fill, and what it made of its order. */
export function tellFill(world: World, account: Account, fill: EngineFill, row: EngineOrder): void {
  const { listener, at } = world
  if (!listener) return
  const order = { ...row }
  const position = account.positions.get(legKey(row))
  listener.happened({
    kind: 'fill',
    fill: { ...fill },
    order,
    ...(position && { position: { ...position } }),
    walletBalance: account.balances.get(fill.feeAsset) ?? '0',
    at,
  })
  listener.happened({ kind: 'order', change: 'filled', order, at })
}

/** Tells of the books that have changed since it was last asked. */
export function tellBooks(world: World): void {
  const { listener } = world
  if (!listener) return
  for (const { symbol, changes } of world.state.markets.values()) {
    if (world.toldBooks.get(symbol) === changes) continue
    world.toldBooks.set(symbol, changes)
    listener.happened({ kind: 'book', symbol, at: world.at })
  }
}
