import type { Connection } from '../connection.ts'
import type { Desk } from '../desk.ts'
import { holdsOn } from '../holds.ts'
import { DeskError, EXIT } from '../output/failure.ts'
import { type PrintOptions, printResult, tell } from '../output/print.ts'
import { paletteOf } from '../output/style.ts'
import { shownTime } from '../output/times.ts'
import { confirmWord } from './confirm.ts'
import { describePlan } from './describe.ts'
import { execute } from './execute.ts'
import type { Plan, PlanResult } from './plan.ts'
import { withWayBack } from './wayBack.ts'

export interface CarryOutOptions extends PrintOptions {
  plan?: boolean
  yes?: boolean
}

/**
 * Shows the plan, asks where real money is at stake, and sends it; with `--plan` it is printed as
 * the result and nothing is sent (`undefined`).
 */
export async function carryOut(
  desk: Desk,
  connection: Connection,
  options: CarryOutOptions,
  plan: Plan,
): Promise<PlanResult | undefined> {
  if (options.plan) {
    await printResult(desk, options, plan, (palette) => describePlan(plan, palette))
    return undefined
  }
  tell(desk, await describePlan(plan, paletteOf(desk.io.stderr, desk.env)))
  requireNotHeld(desk, plan)
  if (plan.place === 'LIVE') {
    await confirmWord(desk, options, `send this with real money`, plan.symbol)
    // It may have been held while somebody was reading.
    requireNotHeld(desk, plan)
  }
  try {
    return await desk.interrupts.guard(() => execute(connection.exchange, plan.request))
  } catch (error) {
    throw await withWayBack(error, connection, plan.symbol)
  }
}

function requireNotHeld(
  desk: Pick<Desk, 'env' | 'clock'>,
  { addsRisk, exchange, key }: Pick<Plan, 'addsRisk' | 'exchange' | 'key'>,
): void {
  if (!addsRisk) return
  const [hold] = holdsOn(desk.env, exchange, key)
  if (!hold) return
  const scope = hold.scope === 'ALL' ? 'everything' : hold.scope.replace(':', ' ')
  throw new DeskError(
    EXIT.REFUSED,
    'HELD',
    `orders that add risk are held for ${scope} since ${shownTime(hold.since, desk.clock.now())}; nothing was sent`,
    'perpkit stop release lets them through again.',
  )
}
