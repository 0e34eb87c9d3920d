import type { Connection } from '../connection.ts'
import { mul } from '../numbers.ts'
import type { OrderCommandOptions } from '../orderOptions.ts'
import { estimateOf, readMarket } from './market.ts'
import type { Plan } from './plan.ts'
import { planOf } from './planOrder.ts'

/** A plan without orders says that nothing is open. */
export async function planClose(
  connection: Connection,
  symbol: string,
  { positionSide }: OrderCommandOptions,
): Promise<Plan> {
  const market = await readMarket(connection, symbol)
  const positions = market.positions.filter(
    ({ side }) => positionSide === undefined || side === positionSide,
  )
  const orders = positions.map(({ side, size, markPrice }) => ({
    what: 'close',
    side: side === 'LONG' ? ('SELL' as const) : ('BUY' as const),
    quantity: size,
    value: mul(size, markPrice),
  }))
  const quantity = orders[0]?.quantity ?? '0'
  const stake = { quantity, price: market.markPrice, exposure: undefined }
  return planOf(connection, market, orders, {
    addsRisk: false,
    estimate: await estimateOf(connection, market, stake),
    request: {
      method: 'closePosition',
      symbol: market.instrument.symbol,
      options: positionSide === undefined ? {} : { positionSide },
    },
  })
}
