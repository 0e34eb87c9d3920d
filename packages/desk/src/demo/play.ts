import type { ExchangeName, FuturesExchange, ManagedOrders, ManagedOrdersState } from 'perpkit'
import type { RunningSimulator, VenueName } from 'perpkit/simulator'
import { add, fixed, isZero, mul, sub } from '../numbers.ts'

// The story of the demo: on each exchange a long position of 0.02 BTC with a stop and two targets.
// The market dips, climbs through the first target, and comes back to the stop.

/** How one exchange stands. */
export interface Player {
  readonly name: ExchangeName
  readonly exchange: FuturesExchange
  step: string
  size: string
  entry?: string
  price?: string
  /** Of what is open, at the streamed price. */
  profit?: string
  /** What the wallet has gained or lost, fees included. */
  banked?: string
  stop?: string
  targets: { price: string; isFilled: boolean }[]
  isFlat: boolean
}

export interface Stage {
  simulator: RunningSimulator
  /** Told of each step; `player` is absent where it is of the market. */
  tell(text: string, player?: Player): void
  /** The market was moved. */
  moved(price: string): void
  /** Between two prices, so that one can look. Rejects when the demo is stopped. */
  rest(): Promise<void>
  signal: AbortSignal
}

const SYMBOL = 'BTC/USDT'
const QUANTITY = '0.02'
const DIP = '0.995'
const TARGETS = ['1.01', '1.03'] as const
const STOP = '0.98'

export const DEMO_EXCHANGES: readonly { name: ExchangeName; venue: VenueName }[] = [
  { name: 'BINANCE', venue: 'binance' },
  { name: 'BYBIT', venue: 'bybit' },
  { name: 'OKX', venue: 'okx' },
  { name: 'BITGET', venue: 'bitget' },
  { name: 'HTX', venue: 'htx' },
  { name: 'KRAKEN', venue: 'kraken' },
]

/** Plays it to the end; every player is flat then, or says why not. */
export async function play(players: readonly Player[], stage: Stage): Promise<void> {
  const wallets = await Promise.all(players.map(({ exchange }) => walletOf(exchange)))
  const start = (await players[0]?.exchange.getTicker(SYMBOL))?.price ?? '0'
  for (const player of players) followPrice(player, stage)
  const managed = await Promise.all(players.map((player) => open(player, stage)))
  await walk(stage, start, mul(start, DIP))
  await walk(stage, mul(start, DIP), mul(start, add(TARGETS[0], '0.0005')))
  stage.tell('The market has reached the first target.')
  await Promise.all(players.map((player, index) => takeProfit(player, managed[index], stage)))
  await walk(stage, mul(start, TARGETS[0]), mul(start, '0.998'))
  stage.tell('It came back, and took the stops at the entry price.')
  await Promise.all(
    players.map(async (player, index) => {
      await end(player, managed[index])
      await bank(player, wallets[index])
      const state = player.isFlat ? 'flat, nothing left over' : 'NOT flat'
      player.step = state
      stage.tell(`${state}, ${signedMoney(player.banked ?? '0')} after fees`, player)
    }),
  )
}

/** The sign tells a loss, not the colour alone. */
export function signedMoney(amount: string): string {
  const money = fixed(amount, 2)
  return money.startsWith('-') || isZero(money) ? money : `+${money}`
}

async function open(player: Player, { tell }: Stage): Promise<ManagedOrders> {
  const { exchange } = player
  const order = await exchange.createMarketOrder(SYMBOL, 'BUY', QUANTITY)
  const entry = order.averagePrice ?? order.price
  Object.assign(player, { size: order.executedQty, entry, step: 'open' })
  const [first, second] = await Promise.all(
    TARGETS.map((factor) => exchange.roundPrice(mul(entry, factor), SYMBOL)),
  )
  const managed = await exchange.createManagedOrders({
    symbol: SYMBOL,
    side: 'SELL',
    quantity: QUANTITY,
    stopPrice: await exchange.roundPrice(mul(entry, STOP), SYMBOL),
    takeProfits: [
      { price: first ?? '0', share: '0.5' },
      { price: second ?? '0', share: '0.5' },
    ],
    breakEvenAfterFirstTakeProfit: true,
  })
  show(player, managed)
  player.step = 'protected'
  const targets = player.targets.map(({ price }) => price).join(' and ')
  tell(`bought ${order.executedQty} at ${entry}; stop ${player.stop}, targets ${targets}`, player)
  return managed
}

async function takeProfit(
  player: Player,
  managed: ManagedOrders | undefined,
  { tell }: Stage,
): Promise<void> {
  if (!managed) return
  const state = await managed.refresh()
  show(player, state)
  const [position] = await player.exchange.getPositionInfo(SYMBOL)
  player.size = position?.size ?? '0'
  const quantity = state.stopLossOrder?.quantity ?? player.size
  player.step = 'stop at entry'
  tell(`first target filled; stop now ${quantity} at ${player.stop}`, player)
}

async function end(player: Player, managed: ManagedOrders | undefined): Promise<void> {
  if (managed) show(player, await managed.refresh())
  const [positions, orders] = await Promise.all([
    player.exchange.getPositions(),
    player.exchange.getOpenOrders(),
  ])
  player.isFlat = positions.length === 0 && orders.length === 0
  player.size = positions[0]?.size ?? '0'
  delete player.profit
  if (player.isFlat) delete player.stop
}

async function bank(player: Player, before: string | undefined): Promise<void> {
  if (before !== undefined) player.banked = sub(await walletOf(player.exchange), before)
}

async function walletOf(exchange: FuturesExchange): Promise<string> {
  return (await exchange.getAccountInfo()).totalWalletBalance
}

function show(player: Player, { stopLossOrder, takeProfitOrders }: ManagedOrdersState): void {
  if (stopLossOrder?.stopPrice !== undefined) player.stop = stopLossOrder.stopPrice
  player.targets = takeProfitOrders.map(({ stopPrice, price, status }) => ({
    price: stopPrice ?? price,
    isFilled: status === 'FILLED',
  }))
}

const STEPS = 16

/** Every exchange's market goes the same way. */
async function walk({ simulator, moved, rest }: Stage, from: string, to: string): Promise<void> {
  for (let step = 1; step <= STEPS; step++) {
    const part = mul(sub(to, from), String(step / STEPS))
    const price = fixed(add(from, part), 1)
    await simulator.control.setPrice({ symbol: 'BTCUSDT', price })
    moved(price)
    await rest()
  }
}

function followPrice(player: Player, { signal }: Stage): void {
  const follow = async (): Promise<void> => {
    for await (const { price } of player.exchange.watchTicker(SYMBOL, { signal })) {
      player.price = price
      const { entry, size } = player
      if (entry !== undefined && !isZero(size)) {
        player.profit = mul(sub(price, entry), size)
      }
    }
  }
  // A picture without prices is no reason to stop: the end is judged by what the exchanges say.
  follow().catch(() => {})
}
