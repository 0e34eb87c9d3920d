import { SendFailure, type Transport } from 'perpkit'
import type { Simulator, VenueName } from 'perpkit/simulator'
import { lowerCased, wireTextOf } from './wireText.ts'

/**
 * The way from a client to a venue of a simulator without sockets. A connection the simulator cuts
 * is a request that may have been executed. `isConnected` tells whether the sender still waits.
 */
export function inProcessTransport(
  simulator: Simulator,
  venue: VenueName,
  isConnected: () => boolean = () => true,
): Transport {
  return {
    async send(request) {
      if (request.signal?.aborted) {
        throw new SendFailure('aborted', 'no', 'aborted before it was sent')
      }
      const text = wireTextOf(request)
      const answer = await simulator.dispatch(
        venue,
        { ...text, remoteAddress: '127.0.0.1' },
        isConnected,
      )
      if (!answer) {
        throw new SendFailure(
          'lost',
          'maybe',
          `${text.method} ${text.path}: the venue cut the line`,
        )
      }
      return {
        status: answer.status,
        headers: lowerCased(answer.headers ?? {}),
        text: answer.body,
      }
    },
    async close() {
      // The simulator is its owner's to close.
    },
  }
}
