import { isRecord, type Reader } from '../../../../core/reader.ts'
import type { SocketFrame, SocketHandler, SocketLink } from '../../../server/socketTypes.ts'
import { readTag, squeeze, squeezeText } from './frames.ts'
import { OpConnection } from './opConnection.ts'
import { loginMissing, tradeReply } from './tradeReplies.ts'

/** Twins of the operations over HTTP, all POST: docs/wire/htx.md 8.3. */
const twins: ReadonlyMap<string, string> = new Map([
  // https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-196a85f248b
  ['place_order', '/v5/trade/order'],
  // https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-196a951ac2c
  ['place_batch_orders', '/v5/trade/batch_orders'],
  // https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-196a96db3fa
  ['cancel_order', '/v5/trade/cancel_order'],
  // https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-196a97b35b6
  ['cancel_batch_orders', '/v5/trade/cancel_batch_orders'],
  // https://www.htx.com/en-us/opend/newApiPages/?id=8cb89359-77b5-11ed-9966-196a98d805e
  ['cancel_all_orders', '/v5/trade/cancel_all_orders'],
])

/** One connection for order entry, in binary gzip: docs/wire/htx.md 8.3. */
export class TradeHandler implements SocketHandler {
  readonly #link: SocketLink
  readonly #connection: OpConnection

  constructor(link: SocketLink) {
    this.#link = link
    this.#connection = new OpConnection(link, {
      pack: squeeze,
      obey: (op, reader) => this.#obey(op, reader),
      handedOn: 'data',
    })
  }

  onMessage(message: SocketFrame): void {
    this.#connection.hear(message)
  }

  onPing(): void {
    this.#connection.pinged()
  }

  #obey(op: string, reader: Reader): void {
    const path = twins.get(op)
    if (path !== undefined) this.#execute(op, path, reader)
    else if (op === 'auth') this.#connection.login(reader)
    // Pings that are messages are not answered here.
    else if (op === 'ping') reader.at('ts')
    else this.#connection.refuseOp(reader, op)
  }

  #execute(op: string, path: string, reader: Reader): void {
    const tag = readTag(reader, 'cid')
    if (this.#link.accountId === '') {
      this.#connection.say(loginMissing(tag, this.#link.clock.now()))
      return
    }
    const data = isRecord(reader.value) ? reader.value.data : undefined
    const body = data === undefined ? '' : JSON.stringify(data)
    this.#link.submit({ label: op, method: 'POST', path, body }, (answer) =>
      this.#link.reply(squeezeText(tradeReply(tag, answer))),
    )
  }
}
