import { SendFailure, type Transport } from 'perpkit'
import type { Simulator, VenueName } from 'perpkit/simulator'
import { inProcessTransport } from '../../support/inProcess.ts'

/** A network that can hold a request back: its sender gives up, and it arrives all the same. */
export interface LateTransport extends Transport {
  /** The next request that is no read arrives so much later. */
  holdNext(ms: number): void
  /** Runs what is still on its way. */
  settle(): Promise<void>
}

export function createLateTransport(
  simulator: Simulator,
  venue: VenueName,
  wait: (ms: number) => Promise<void>,
): LateTransport {
  const direct = inProcessTransport(simulator, venue)
  const deserted = inProcessTransport(simulator, venue, () => false)
  const underWay = new Set<Promise<unknown>>()
  let held: number | undefined
  return {
    holdNext(ms) {
      held = ms
    },
    async settle() {
      held = undefined
      await Promise.all(underWay)
    },
    async send(request) {
      if (held === undefined || request.method === 'GET') return direct.send(request)
      const ms = held
      held = undefined
      const arrival = wait(ms)
        .then(() => deserted.send(request))
        .catch(() => undefined)
      underWay.add(arrival)
      void arrival.finally(() => underWay.delete(arrival))
      throw new SendFailure('timeout', 'yes', 'no answer within the time-out')
    },
    close: () => direct.close(),
  }
}
