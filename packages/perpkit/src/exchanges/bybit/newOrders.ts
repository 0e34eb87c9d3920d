import type {
  BatchItem,
  Call,
  ConditionalOrderIntent,
  Endpoint,
  JsonValue,
  NativeError,
  PlainOrderIntent,
} from '../../client/definition.ts'
import type { Reader } from '../../core/reader.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { withRaw } from '../../model/raw.ts'
import { judge } from './errors.ts'
import {
  orderTypeTokens,
  positionIndex,
  sideTokens,
  timeInForceTokens,
  triggerDirections,
  triggerSourceTokens,
} from './tokens.ts'

export function createOrder(call: Call, intent: PlainOrderIntent): Promise<FuturesOrder> {
  return call(plainOrder, intent)
}

export function createConditionalOrder(
  call: Call,
  intent: ConditionalOrderIntent,
): Promise<FuturesOrder> {
  return call(conditionalOrder, intent)
}

/** Orders of any symbols; each is accepted or refused by itself. */
export function createOrders(
  call: Call,
  intents: readonly PlainOrderIntent[],
): Promise<readonly BatchItem[]> {
  return call(batchOf(intents.length), intents)
}

const orderCreate = {
  method: 'POST',
  path: '/v5/order/create',
  access: 'trade',
  effect: 'once',
  cost: { address: 1, 'order/create': 1 },
} as const

/** https://bybit-exchange.github.io/docs/v5/order/create-order */
const plainOrder: Endpoint<PlainOrderIntent, FuturesOrder> = {
  ...orderCreate,
  encode(intent) {
    return { json: { category: 'linear', ...writePlainOrder(intent) } }
  },
  decode(answer, intent) {
    return readPlainReceipt(answer.at('result'), intent)
  },
}

/**
 * The answer is a success even if every order was refused: codes stand beside the receipts, by index.
 * The budget counts orders.
 * https://bybit-exchange.github.io/docs/v5/order/batch-place (docs/wire/bybit.md 4.3).
 */
function batchOf(count: number): Endpoint<readonly PlainOrderIntent[], readonly BatchItem[]> {
  return {
    method: 'POST',
    path: '/v5/order/create-batch',
    access: 'trade',
    effect: 'once',
    cost: { address: 1, 'order/create-batch': count },
    encode(intents) {
      return { json: { category: 'linear', request: intents.map(writePlainOrder) } }
    },
    decode(answer, intents) {
      const receipts = answer.at('result').at('list').items()
      const codes = answer.at('retExtInfo').at('list').items()
      return intents.map((intent, index) => readBatchItem(codes[index], receipts[index], intent))
    },
  }
}

/**
 * The same call: an order with a trigger price waits for it. Refused when it is already reached.
 * https://bybit-exchange.github.io/docs/v5/order/create-order
 */
const conditionalOrder: Endpoint<ConditionalOrderIntent, FuturesOrder> = {
  ...orderCreate,
  encode(intent) {
    return {
      json: {
        category: 'linear',
        symbol: intent.instrument.nativeSymbol,
        side: sideTokens[intent.side],
        orderType: 'Market',
        qty: intent.quantity,
        triggerPrice: intent.stopPrice,
        triggerDirection: directionOf(intent),
        triggerBy: triggerSourceTokens[intent.triggerSource],
        positionIdx: positionIndex(intent.positionSide),
        orderLinkId: intent.clientOrderId,
        reduceOnly: intent.reduceOnly,
        // Protection may take margin from other orders when it fires. It implies reduce-only.
        closeOnTrigger: intent.reduceOnly,
      },
    }
  },
  decode(answer, intent) {
    return readReceipt(answer.at('result'), intent, {
      type: intent.type,
      price: '0',
      status: 'PENDING',
      timeInForce: 'IOC',
      stopPrice: intent.stopPrice,
    })
  },
}

// A stop sells when the price falls and buys when it rises; a take-profit the other way round. Never
// from the prices of the moment, which may have moved when the order arrives.
function directionOf({ type, side }: ConditionalOrderIntent): number {
  const isStop = type === 'STOP_MARKET'
  return isStop === (side === 'SELL') ? triggerDirections.falls : triggerDirections.rises
}

function writePlainOrder(intent: PlainOrderIntent): { [name: string]: JsonValue | undefined } {
  const isLimit = intent.type === 'LIMIT'
  return {
    symbol: intent.instrument.nativeSymbol,
    side: sideTokens[intent.side],
    orderType: orderTypeTokens[intent.type],
    qty: intent.quantity,
    price: intent.price,
    // A market order is immediate-or-cancel whatever it says.
    timeInForce: isLimit ? timeInForceTokens[intent.timeInForce ?? 'GTC'] : undefined,
    positionIdx: positionIndex(intent.positionSide),
    orderLinkId: intent.clientOrderId,
    reduceOnly: intent.reduceOnly,
    ...writeAttachedStop(intent.stopLoss),
  }
}

// In full mode it becomes the stop of the whole position with the first fill; the mode that counts
// when none is named is a setting of the symbol (docs/wire/bybit.md 4.4).
function writeAttachedStop(stopLoss: PlainOrderIntent['stopLoss']): {
  [name: string]: JsonValue | undefined
} {
  if (!stopLoss) return {}
  return {
    tpslMode: 'Full',
    stopLoss: stopLoss.stopPrice,
    slTriggerBy: triggerSourceTokens[stopLoss.triggerSource],
  }
}

// Whatever does not clearly say that this order was accepted or refused leaves its fate open, and
// must not hide the fate of the others.
function readBatchItem(
  outcome: Reader | undefined,
  receipt: Reader | undefined,
  intent: PlainOrderIntent,
): BatchItem {
  const code = outcome?.at('code').value
  const text = outcome?.at('msg').value
  const nativeMessage = typeof text === 'string' ? text : ''
  if (typeof code !== 'number') return { unknown: { nativeCode: '', nativeMessage } }
  const verdict = judge(code, nativeMessage)
  switch (verdict.kind) {
    case 'answer':
      return receipt && isReceiptOf(receipt, intent)
        ? { order: readPlainReceipt(receipt, intent) }
        : { unknown: { nativeCode: '0', nativeMessage } }
    case 'refusal':
      return { refusal: { code: verdict.code, ...nativeOf(verdict) } }
    default:
      return { unknown: nativeOf(verdict) }
  }
}

function nativeOf({ nativeCode, nativeMessage }: NativeError): NativeError {
  return { nativeCode, nativeMessage }
}

function isReceiptOf(receipt: Reader, { clientOrderId }: PlainOrderIntent): boolean {
  return receipt.at('orderLinkId').value === clientOrderId && !receipt.at('orderId').isAbsent()
}

function readPlainReceipt(receipt: Reader, intent: PlainOrderIntent): FuturesOrder {
  const isLimit = intent.type === 'LIMIT'
  return readReceipt(receipt, intent, {
    type: intent.type,
    price: isLimit ? (intent.price ?? '0') : '0',
    status: 'NEW',
    timeInForce: isLimit ? (intent.timeInForce ?? 'GTC') : 'IOC',
  })
}

type Stated = Pick<FuturesOrder, 'type' | 'price' | 'status' | 'timeInForce' | 'stopPrice'>

// The answer is a receipt: the order has arrived, and may still be cancelled at once
// (docs/wire/bybit.md 9, trap 1).
function readReceipt(
  receipt: Reader,
  intent: PlainOrderIntent | ConditionalOrderIntent,
  stated: Stated,
): FuturesOrder {
  return withRaw(
    {
      orderId: receipt.at('orderId').id(),
      clientOrderId: intent.clientOrderId,
      symbol: intent.instrument.symbol,
      nativeSymbol: intent.instrument.nativeSymbol,
      side: intent.side,
      quantity: intent.quantity,
      executedQty: '0',
      ...(intent.positionSide !== undefined && { positionSide: intent.positionSide }),
      reduceOnly: intent.reduceOnly,
      ...stated,
    },
    receipt.value,
  )
}
