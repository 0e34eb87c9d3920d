import type { UserContext } from '../../client/definition.ts'
import { createRig, type Rig } from '../../client/streams/rig.testing.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { okx } from './index.ts'
import { context, ok } from './script.testing.ts'

// The other side of this exchange's sockets, as far as the tests of this folder need one.

const SWAP = {
  instId: 'BTC-USDT-SWAP',
  uly: 'BTC-USDT',
  settleCcy: 'USDT',
  ctType: 'linear',
  ctVal: '0.01',
  ctMult: '1',
  tickSz: '0.1',
  lotSz: '0.01',
  minSz: '0.01',
  maxLmtSz: '100000000',
  maxMktSz: '12000',
  lever: '100',
  state: 'live',
}

const USDT = { ccy: 'USDT', cashBal: '1000.1', availEq: '990', eq: '1001.1', upl: '1' }

export const BALANCE = {
  uTime: '1795334400000',
  availEq: '',
  upl: '',
  totalEq: '1001.1',
  details: [USDT],
}

export const POSITION = {
  instId: 'BTC-USDT-SWAP',
  mgnMode: 'cross',
  posSide: 'net',
  pos: '3',
  avgPx: '85000',
  markPx: '85100',
  upl: '3',
  uplRatio: '0.0035',
  lever: '3',
  liqPx: '57000.5',
  uTime: '1795334400100',
  pTime: '1795334400150',
}

/** A client whose login and subscriptions are all acknowledged. */
export function okxRig(): Rig {
  const rig: Rig = createRig(okx, {
    'GET /api/v5/public/time': () => ok({ ts: String(rig.clock.now()) }),
    'GET /api/v5/public/instruments': () => ok(SWAP),
    'GET /api/v5/account/config': () => ok({ posMode: 'net_mode', acctLv: '2' }),
    'GET /api/v5/account/balance': () => ok(BALANCE),
    'GET /api/v5/account/positions': () => ok(),
    'GET /api/v5/trade/orders-pending': () => ok(),
    'GET /api/v5/trade/orders-algo-pending': () => ok(),
    'GET /api/v5/trade/orders-history': () => ok(),
    'GET /api/v5/trade/orders-algo-history': () => ok(),
    'GET /api/v5/trade/fills': () => ok(),
  })
  rig.sockets.onOpen = (side) => side.accept()
  rig.sockets.onFrame = (side, text) => {
    for (const reply of repliesTo(text)) side.say(reply)
  }
  return rig
}

/** Yes to everything, one by one. */
function repliesTo(text: string): (string | object)[] {
  if (text === 'ping') return ['pong']
  const { op, id, args } = JSON.parse(text)
  if (op === 'login') return [{ event: 'login', code: '0', msg: '', connId: 'a4d3ae55' }]
  return args.map((arg: object) => ({ id, event: op, arg, connId: 'a4d3ae55' }))
}

/** What was asked for on a connection: `'subscribe books:BTC-USDT-SWAP'`. */
export function askedOn(sent: readonly string[]): string[] {
  return sent
    .filter((text) => text !== 'ping')
    .flatMap((text) => {
      const { op, args } = JSON.parse(text)
      return op === 'login'
        ? [op]
        : args.map((arg: object) => `${op} ${Object.values(arg).join(':')}`)
    })
}

export function push(arg: object, data: unknown[], more: object = {}): object {
  return { arg, ...more, data }
}

export type Rows = readonly (readonly string[])[]

export function book(prevSeqId: number, seqId: number, bids: Rows, asks: Rows): object {
  const arg = { channel: 'books', instId: 'BTC-USDT-SWAP' }
  const row = { asks, bids, ts: String(1_795_334_400_000 + seqId), checksum: 0, prevSeqId, seqId }
  return push(arg, [row], { action: prevSeqId === -1 ? 'snapshot' : 'update' })
}

/** What is known of the account: these orders. */
export function knowing(...orders: FuturesOrder[]): UserContext {
  return {
    ...context,
    orderById: (orderId) => orders.find((order) => order.orderId === orderId),
    ordersByClientId: () => [],
  }
}
