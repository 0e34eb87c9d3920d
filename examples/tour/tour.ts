import type { FuturesExchange, FuturesOrder, ManagedOrders } from 'perpkit'
import type { RunningSimulator, VenueName } from 'perpkit/simulator'
import type { TourMarket } from './market.ts'
import { row } from './print.ts'

export interface TourResult {
  name: string
  /** Flat, and nothing left over. */
  isFlat: boolean
  summary: string
  ms: number
}

interface Stage {
  venue: VenueName
  simulator: RunningSimulator
  market: TourMarket
}

const SYMBOL = 'BTC/USDT'
const QUANTITY = '0.02'

export async function tourExchange(exchange: FuturesExchange, stage: Stage): Promise<TourResult> {
  const name = exchange.exchangeName
  const begun = performance.now()
  const step = async (title: string, run: () => Promise<string>): Promise<void> => {
    const from = performance.now()
    const what = await run()
    row(name, title, what, (performance.now() - from).toFixed(1))
  }
  let summary = ''
  let isFlat = false
  try {
    await lookAround(exchange, step)
    const managed = await protect(exchange, stage, step)
    await live(managed, stage, step)
    await step('flat', async () => {
      const [positions, orders] = [await exchange.getPositions(), await exchange.getOpenOrders()]
      isFlat = positions.length === 0 && orders.length === 0
      const { totalWalletBalance, currency } = await exchange.getAccountInfo()
      summary = `${positions.length} positions, ${orders.length} orders left, wallet ${totalWalletBalance} ${currency}`
      return summary
    })
  } catch (error) {
    isFlat = false
    summary = error instanceof Error ? error.message : String(error)
  }
  return { name, isFlat, summary, ms: Math.round(performance.now() - begun) }
}

type Step = (title: string, run: () => Promise<string>) => Promise<void>

async function lookAround(exchange: FuturesExchange, step: Step): Promise<void> {
  await step('connect', async () => {
    if (!(await exchange.testConnectivity())) throw new Error('no connection')
    return 'reachable, key accepted'
  })
  await step('account', async () => {
    const account = await exchange.getAccountInfo()
    return `${account.availableBalance} of ${account.totalWalletBalance} ${account.currency} available`
  })
  await step('precision', async () => {
    const rules = await exchange.getSymbolPrecision(SYMBOL)
    return `tick ${rules.tickSize}, step ${rules.stepSize}, minimum ${rules.minQuantity} or ${rules.minNotional}, leverage up to ${rules.maxLeverage}`
  })
  await step('klines', async () => {
    const table = await exchange.getKlines(SYMBOL, '1m', { limit: 1_200 })
    return `${table.numRows()} candles, last close ${String(table.get('close', table.numRows() - 1))}`
  })
  await step('leverage', async () => {
    await exchange.setLeverage(SYMBOL, 5)
    return `${await exchange.getLeverage(SYMBOL)}`
  })
}

/** Opens a position and protects it. */
async function protect(
  exchange: FuturesExchange,
  { market }: Stage,
  step: Step,
): Promise<Protected> {
  const levels = await market.levels(async () => Number((await exchange.getTicker(SYMBOL)).price))
  await step('market order', async () =>
    show(await exchange.createMarketOrder(SYMBOL, levels.side, QUANTITY)),
  )
  const protectedBy: ManagedOrders[] = []
  await step('managed orders', async () => {
    const managed = await exchange.createManagedOrders({
      symbol: SYMBOL,
      side: levels.side === 'BUY' ? 'SELL' : 'BUY',
      quantity: QUANTITY,
      stopPrice: await exchange.roundPrice(levels.stop, SYMBOL),
      takeProfitPrice: await exchange.roundPrice(levels.target, SYMBOL),
    })
    protectedBy.push(managed)
    const targets = managed.takeProfitOrders.map(
      (order) => `${order.quantity} at ${order.stopPrice}`,
    )
    const { stopLossOrder } = managed
    return `stop ${stopLossOrder?.quantity} at ${stopLossOrder?.stopPrice}, targets ${targets.join(' and ')}`
  })
  const [managed] = protectedBy
  if (!managed) throw new Error('nothing protects the position')
  return { managed, levels }
}

interface Protected {
  managed: ManagedOrders
  levels: Awaited<ReturnType<TourMarket['levels']>>
}

/** The market reaches the first target, turns round and takes the stop. */
async function live({ managed, levels }: Protected, { market }: Stage, step: Step): Promise<void> {
  const [first] = managed.takeProfitOrders
  await step('first target', async () => {
    await market.reachTarget(levels, async () => {
      const { takeProfitOrders } = await managed.refresh()
      return takeProfitOrders[0]?.status === 'FILLED'
    })
    const { takeProfitOrders } = await managed.refresh()
    const order = takeProfitOrders[0]
    if (!first || order?.status !== 'FILLED') throw new Error('the first target was not filled')
    return show(order)
  })
  await step('stop resized', async () => {
    const { stopLossOrder } = await managed.refresh()
    if (stopLossOrder?.quantity === managed.quantity) throw new Error('the stop has its old size')
    return `${managed.quantity} → ${stopLossOrder?.quantity} at ${stopLossOrder?.stopPrice}`
  })
  await step('reversal, stop', async () => {
    await market.reachStop(levels, async () => (await managed.refresh()).status === 'COMPLETED')
    const { status, stopLossOrder } = await managed.refresh()
    if (status !== 'COMPLETED')
      throw new Error(`protection is ${status} after the stop was reached`)
    return stopLossOrder ? show(stopLossOrder) : 'the stop is not known'
  })
}

function show(order: FuturesOrder): string {
  return `${order.type} ${order.side} ${order.executedQty} at ${order.averagePrice} ${order.status}`
}
