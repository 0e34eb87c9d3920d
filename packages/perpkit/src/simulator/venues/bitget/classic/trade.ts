import { isRecord } from '../../../../core/reader.ts'
import type { SocketLink } from '../../../server/socketTypes.ts'
import { unifiedOnClassic } from '../auth.ts'
import { productTypes } from '../instruments.ts'
import {
  BAD_ARGS,
  badWord,
  ILLEGAL_REQUEST,
  isBadRequestId,
  LOGIN_NEEDED,
  noteUnknown,
  submitTwin,
  type TradeFrame,
  type TradeRefusal,
  type Words,
} from '../tradeFrames.ts'

// Orders of a classic account over its private socket: docs/wire/bitget.md 8.6.

const paths: Readonly<Record<string, string>> = {
  // https://www.bitget.com/api-doc/contract/websocket/private/Place-Order-Channel
  'place-order': '/api/v2/mix/order/place-order',
  // https://www.bitget.com/api-doc/contract/websocket/private/Cancel-Order-Channel
  'cancel-order': '/api/v2/mix/order/cancel-order',
}

const requestId = /^[0-9A-Za-z_:#+\s-]{1,40}$/

/** Presets over a socket have no price to execute at. */
const restAlone = ['presetStopSurplusExecutePrice', 'presetStopLossExecutePrice'] as const

/** What a request is about is said in its argument, and not among the parameters of the order. */
const fromArg = ['symbol', 'productType'] as const

/** Obeys a message with one order, or says why not. */
export function tradeClassic(link: SocketLink, frame: TradeFrame, isClassic: boolean): void {
  noteUnknown(link, 'frame', frame.said, ['op', 'args', 'apiCode'])
  const { args } = frame.said
  const refuse = (refusal: TradeRefusal, arg = args): void => {
    const { code, msg } = refusal
    const echo = Array.isArray(arg) ? { arg } : {}
    say(link, { event: 'error', ...echo, code: Number(code), msg })
  }
  if (!Array.isArray(args)) {
    refuse(ILLEGAL_REQUEST)
    return
  }
  const [said] = args
  const refusal = refusalOf(link, args, isClassic)
  if (refusal || !isRecord(said) || !isRecord(said.params)) {
    refuse(refusal ?? BAD_ARGS)
    return
  }
  const { channel, id, instId, instType, params } = said
  const label = String(channel)
  const body = { ...orderOf(link, frame, params), symbol: instId, productType: instType }
  const replyWith = (told: unknown): Words => ({ id, instType, channel, instId, params: told })
  submitTwin(
    link,
    { label, path: paths[label] ?? '', body },
    {
      accepted({ data }) {
        const told = label === 'place-order' ? data : idsOf(params)
        say(link, { event: 'trade', arg: [replyWith(told)], code: 0, msg: 'Success' })
      },
      refused: (refused) => refuse(refused, [replyWith(params)]),
    },
  )
}

/** What is wrong with a request before the order in it is looked at. */
function refusalOf(
  link: SocketLink,
  args: readonly unknown[],
  isClassic: boolean,
): TradeRefusal | undefined {
  if (link.accountId === '') return LOGIN_NEEDED
  if (!isClassic) {
    const { code, message } = unifiedOnClassic()
    return { code, msg: message }
  }
  const [arg, ...others] = args
  if (!isRecord(arg) || others.length > 0 || !isRecord(arg.params)) return BAD_ARGS
  noteUnknown(link, 'args', arg, ['id', 'instType', 'instId', 'channel', 'params'])
  const { channel, id, instId, instType } = arg
  if (isBadRequestId(id) || !requestId.test(String(id))) return badWord('id', id)
  if (typeof channel !== 'string' || !Object.hasOwn(paths, channel)) {
    link.unknown('value', 'channel', channel)
    const msg = `instType:${instType},channel:${channel},instId:${instId} doesn't exist`
    return { code: '30001', msg }
  }
  if (!productTypes.some((known) => known === instType)) {
    link.unknown('value', 'instType', instType)
    return badWord('instType', instType)
  }
  return undefined
}

/** The parameters, with what a socket does not know noted and left out. */
function orderOf(link: SocketLink, { exact }: TradeFrame, said: Words): Words {
  const dropped: readonly string[] = [...restAlone, ...fromArg]
  for (const name of dropped) {
    if (said[name] !== undefined) link.unknown('parameter', `params.${name}`, said[name])
  }
  const [arg] = Array.isArray(exact.args) ? exact.args : []
  const params = isRecord(arg) && isRecord(arg.params) ? arg.params : said
  return Object.fromEntries(Object.entries(params).filter(([name]) => !dropped.includes(name)))
}

/** A cancel is answered with the ids it was asked by (docs/wire/bitget.md 8.6). */
function idsOf({ clientOid, orderId }: Words): Words {
  return {
    ...(orderId !== undefined && { orderId }),
    ...(clientOid !== undefined && { clientOid }),
  }
}

function say(link: SocketLink, body: Words): void {
  link.reply(JSON.stringify({ ...body, ts: link.clock.now() }))
}
