import type { ManagedOrders } from 'perpkit'
import type { Run } from './run.ts'

// Time for our process, which may be killed while it passes and then goes on from its journal.

const SLICE_MS = 500
/** How long a caller waits before it tries to resume once more. */
const AGAIN_MS = 1_000
const RESUME_WITHIN_MS = 60_000

/** Lets time pass; a process that is killed meanwhile is followed by the next one. */
export async function live(run: Run, ms: number): Promise<void> {
  const end = run.world.now() + ms
  while (run.world.now() < end) {
    await run.world.pass(Math.min(SLICE_MS, end - run.world.now()))
    await reviveIfDead(run)
  }
}

export async function reviveIfDead(run: Run): Promise<void> {
  if (!run.process.isDead) return
  const { world, scenario } = run
  const death = { from: world.now() }
  run.deaths.push(death)
  world.transcript.push(`killed ${world.now()}`)
  await world.pass(scenario.downMs)
  run.process = world.start()
  // It was the dead one's.
  delete run.managed
  await takeUp(run)
  Object.assign(death, { to: world.now() })
}

/** What a caller does who has no object in hand: asks for those there are. */
export async function takeUp(run: Run): Promise<void> {
  const { world } = run
  for (let attempt = 0; attempt < 8; attempt++) {
    const outcome = await world.until(run.process.exchange.resumeManagedOrders(), RESUME_WITHIN_MS)
    if (outcome && 'value' in outcome) {
      const [managed, ...others] = outcome.value
      if (others.length > 0) run.findings.push(`${others.length + 1} objects of one side`)
      if (managed) adopt(run, managed)
      return
    }
    world.transcript.push(`resume failed ${world.now()} ${textOf(outcome?.error)}`)
    await world.pass(AGAIN_MS)
  }
  run.findings.push('nothing could be resumed')
}

export function adopt(run: Run, managed: ManagedOrders): void {
  if (run.managed === managed) return
  run.managed = managed
  void follow(run, managed)
}

async function follow(run: Run, managed: ManagedOrders): Promise<void> {
  const { told, world } = run
  try {
    for await (const change of managed.watch()) {
      told.push(change)
      if (change.reasons.includes('UNPROTECTED')) run.toldAt.push(world.now())
      world.transcript.push(`told ${world.now()} ${change.reasons.join(' ')} ${change.status}`)
    }
  } catch (error) {
    world.transcript.push(`watching ended ${world.now()} ${textOf(error)}`)
  }
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
