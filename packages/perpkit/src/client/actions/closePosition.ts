import { isPositive, min, sub } from '../../core/decimal.ts'
import type { FuturesPosition } from '../../model/account.ts'
import { PerpkitError } from '../../model/errors.ts'
import type { Instrument } from '../../model/instrument.ts'
import type { FuturesOrder } from '../../model/order.ts'
import { isOpen, type PositionSide, type Side } from '../../model/tokens.ts'
import type { Client } from '../client.ts'
import { getPositionInfo } from './account.ts'
import { requireKey, requirePositionSide } from './arguments.ts'
import { cancelIfOpen, getOpenOrders } from './orders.ts'
import { placePlainOrder, preparePlainOrder } from './plainOrder.ts'

const ACTION = 'closePosition'

/** In hedge mode both sides are closed unless one is named; the last order is returned. */
export async function closePosition(
  client: Client,
  symbol: string,
  { positionSide }: { positionSide?: PositionSide } = {},
): Promise<FuturesOrder | undefined> {
  requireKey(client, ACTION)
  requirePositionSide(client, ACTION, positionSide)
  const instrument = await client.catalogue.find(symbol)
  let last: FuturesOrder | undefined
  for (const position of await getPositionInfo(client, symbol)) {
    if (positionSide !== undefined && position.side !== positionSide) continue
    last = (await closeOne(client, instrument, position)) ?? last
  }
  return last
}

async function closeOne(
  client: Client,
  instrument: Instrument,
  position: FuturesPosition,
): Promise<FuturesOrder | undefined> {
  try {
    return await closeInParts(client, instrument, position)
  } catch (error) {
    if (!PerpkitError.is(error) || error.code !== 'REDUCE_ONLY_REJECTED') throw error
    return await closeAfterClearing(client, instrument, position, error)
  }
}

/** What is larger than one market order may be is closed in parts; the last one is returned. */
async function closeInParts(
  client: Client,
  instrument: Instrument,
  position: FuturesPosition,
): Promise<FuturesOrder> {
  const { symbol, maxMarketQuantity } = instrument
  const side = closingSide(position)
  let left = position.size
  for (;;) {
    const quantity = min(left, maxMarketQuantity)
    const request = { type: 'MARKET', symbol, side, quantity, reduceOnly: true } as const
    const prepared = await preparePlainOrder(client, ACTION, request, position.marginMode)
    const order = await placePlainOrder(client, prepared)
    left = sub(left, quantity)
    if (!isPositive(left) || isOpen(order.status)) return order
  }
}

/**
 * A refused close means that the position is gone, or that resting reduce-only orders use it up, as
 * some exchanges count: then those go first. Certainly nothing was executed, so trying once more
 * doubles nothing.
 */
async function closeAfterClearing(
  client: Client,
  instrument: Instrument,
  refused: FuturesPosition,
  refusal: PerpkitError,
): Promise<FuturesOrder | undefined> {
  const { symbol } = instrument
  const position = (await getPositionInfo(client, symbol)).find(
    ({ side, marginMode }) => side === refused.side && marginMode === refused.marginMode,
  )
  if (!position) return undefined
  const resting = (await getOpenOrders(client, symbol)).filter(
    (order) => order.reduceOnly && order.type === 'LIMIT' && order.side === closingSide(position),
  )
  if (resting.length === 0) throw refusal
  for (const order of resting) await cancelIfOpen(client, symbol, order.orderId)
  return closeInParts(client, instrument, position)
}

function closingSide(position: FuturesPosition): Side {
  return position.side === 'LONG' ? 'SELL' : 'BUY'
}
