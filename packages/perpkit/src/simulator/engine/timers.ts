import { endConditional, endOrder } from './endings.ts'
import { accountOf, contractOf, type Timer, type World } from './state.ts'
import type { CancelAllTimer, EngineConditional, EngineOrder } from './types.ts'

/** Sets the timer of the account or of a part of its orders, in place of the one that was. */
export function setCancelAllTimer(world: World, accountId: string, timer: CancelAllTimer): void {
  accountOf(world, accountId)
  const { at, symbol, among, includesConditionals } = timer
  if (symbol !== undefined) contractOf(world, symbol)
  const key = timerKey(accountId, timer)
  if (at === undefined) {
    world.state.timers.delete(key)
    return
  }
  world.state.timers.set(key, {
    accountId,
    at,
    ...(symbol !== undefined && { symbol }),
    ...(among && { among: { ...among } }),
    includesConditionals,
  })
}

/** Cancels what the timer is there to cancel; it does so once. */
export function runOut(world: World, timer: Timer): void {
  world.state.timers.delete(timerKey(timer.accountId, timer))
  const account = accountOf(world, timer.accountId)
  const words = Object.entries(timer.among ?? {})
  const isMeant = (row: EngineOrder | EngineConditional): boolean =>
    (timer.symbol === undefined || row.symbol === timer.symbol) &&
    words.every(([name, word]) => row.venueData[name] === word)
  for (const order of [...account.openOrders.values()]) {
    if (isMeant(order)) endOrder(world, order, 'CANCELLED', 'timer')
  }
  if (!timer.includesConditionals) return
  for (const conditional of [...account.waiting.values()]) {
    if (isMeant(conditional)) endConditional(world, conditional, 'CANCELLED', 'timer')
  }
}

function timerKey(
  accountId: string,
  { among = {}, symbol = '' }: Pick<CancelAllTimer, 'among' | 'symbol'>,
): string {
  return `${accountId} ${symbol} ${JSON.stringify(among)}`
}
