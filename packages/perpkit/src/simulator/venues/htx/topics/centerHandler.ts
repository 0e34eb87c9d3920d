import type { Reader } from '../../../../core/reader.ts'
import type { Engine } from '../../../engine/types.ts'
import type {
  Channel,
  Payload,
  SocketFrame,
  SocketHandler,
  SocketLink,
} from '../../../server/socketTypes.ts'
import { squeeze } from './frames.ts'
import { OpConnection } from './opConnection.ts'
import type { SocketErrorCode } from './socketErrors.ts'

/** Whether the platform of linear swaps is available: docs/wire/htx.md 8.4. */
const STATUS = 'public.linear-swap.heartbeat'

/** One connection to the platform's status, in binary gzip and without a login: docs/wire/htx.md 8.4. */
export class CenterHandler implements SocketHandler {
  readonly #link: SocketLink
  readonly #connection: OpConnection

  constructor(link: SocketLink) {
    this.#link = link
    this.#connection = new OpConnection(link, {
      pack: squeeze,
      obey: (op, reader) => this.#obey(op, reader),
    })
  }

  onMessage(message: SocketFrame): void {
    this.#connection.hear(message)
  }

  onPing(): void {
    this.#connection.pinged()
  }

  frame(_channel: string, payload: Payload): Uint8Array {
    return squeeze(payload)
  }

  #obey(op: string, reader: Reader): void {
    // Pings that are messages are not answered here.
    if (op === 'ping') reader.at('ts')
    else if (op === 'sub' || op === 'unsub') {
      this.#connection.answer(reader, op, this.#change(op, reader.at('topic').optionalString()))
    } else this.#connection.refuseOp(reader, op)
  }

  /** Why not, or nothing when it is done. */
  #change(op: 'sub' | 'unsub', topic: string | undefined): SocketErrorCode | undefined {
    const link = this.#link
    if (topic === undefined) return 2040
    if (topic !== STATUS) {
      link.unknown('value', 'topic', topic)
      return 2010
    }
    if (op === 'unsub') return link.leave(STATUS) ? undefined : 2012
    return link.join(STATUS, () => statusChannel(link.engine)) ? undefined : 2014
  }
}

/**
 * Says that the platform is available, and nothing after that: a fault that has it in maintenance
 * meets requests alone.
 */
function statusChannel(engine: Engine): Channel {
  return {
    welcome: () => [
      {
        op: 'notify',
        topic: STATUS,
        event: 'init',
        ts: engine.now(),
        data: { heartbeat: 1, estimated_recovery_time: null },
      },
    ],
  }
}
