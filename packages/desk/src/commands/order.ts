import type { Command } from 'commander'
import type { FuturesOrder, OrderType } from 'perpkit'
import { addExamples, withConnection } from '../command.ts'
import type { Connection } from '../connection.ts'
import type { Desk } from '../desk.ts'
import {
  addSendingOptions,
  idOption,
  type OrderCommandOptions,
  positionSideOption,
  quantityOption,
  sideOption,
  timeInForceOption,
  triggerOption,
} from '../orderOptions.ts'
import { orderColumns } from '../output/orders.ts'
import { printResult, tell } from '../output/print.ts'
import { table } from '../output/table.ts'
import { withIsoTimes } from '../output/times.ts'
import type { Plan, PlanRequest } from '../plan/plan.ts'

type Planner = (
  connection: Connection,
  symbol: string,
  options: OrderCommandOptions,
) => Promise<Plan>

/** Loaded when an order is made. */
type LoadPlanner = () => Promise<Planner>

const market: LoadPlanner = async () => (await import('../plan/planOrder.ts')).planMarket
const limit: LoadPlanner = async () => (await import('../plan/planOrder.ts')).planLimit

function protective(type: 'STOP_MARKET' | 'TAKE_PROFIT_MARKET'): LoadPlanner {
  return async () => (await import('../plan/planOrder.ts')).planProtective(type)
}

export function addOrder(parent: Command, desk: Desk): void {
  const order = parent.command('order')
  addMarket(order, desk)
  addLimit(order, desk)
  addStopLoss(order, desk)
  addTakeProfit(order, desk)
}

function addMarket(order: Command, desk: Desk): void {
  const command = order
    .command('market')
    .description('Buys or sells at once, and tells the fill')
    .argument('<symbol>')
    .addOption(sideOption())
    .addOption(quantityOption('in the base asset'))
    .option('--reduce-only', 'may only make the position smaller')
    .addOption(positionSideOption())
    .addOption(idOption())
    .action((symbol, options) => send(desk, symbol, options, market))
  addSendingOptions(command)
  addExamples(
    command,
    'perpkit order market BTCUSDT --side buy --quantity 0.01 --plan',
    'perpkit order market BTCUSDT --side buy --quantity 0.01',
    'perpkit order market BTCUSDT --side sell --quantity 0.005 --reduce-only',
  )
}

function addLimit(order: Command, desk: Desk): void {
  const command = order
    .command('limit')
    .description('Buys or sells at a price or better')
    .argument('<symbol>')
    .addOption(sideOption())
    .addOption(quantityOption('in the base asset'))
    .option('--price <price>', '58000, or -1% from the mark price')
    .addOption(timeInForceOption())
    .option('--reduce-only', 'may only make the position smaller')
    .addOption(positionSideOption())
    .addOption(idOption())
    .action((symbol, options) => send(desk, symbol, options, limit))
  addSendingOptions(command)
  addExamples(
    command,
    'perpkit order limit BTCUSDT --side buy --quantity 0.01 --price -5%',
    'perpkit order limit BTCUSDT --side sell --quantity 0.01 --price +5% --tif gtx',
  )
}

function addStopLoss(order: Command, desk: Desk): void {
  const command = order
    .command('stop-loss')
    .alias('sl')
    .description('A market order that waits for the price to go against the position')
    .argument('<symbol>')
    .option('--stop <price>', '58000, -2% from the entry price, or be for the entry price')
    .addOption(quantityOption('default: all of the position'))
    .addOption(sideOption())
    .addOption(triggerOption())
    .addOption(positionSideOption())
    .addOption(idOption())
    .action((symbol, options) => send(desk, symbol, options, protective('STOP_MARKET')))
  addSendingOptions(command)
  addExamples(command, 'perpkit order stop-loss BTCUSDT --stop 2%')
}

function addTakeProfit(order: Command, desk: Desk): void {
  const command = order
    .command('take-profit')
    .alias('tp')
    .description('A market order that waits for the price to go with the position')
    .argument('<symbol>')
    .option('--tp <price>', '62000, or +2% from the entry price')
    .addOption(quantityOption('default: all of the position'))
    .addOption(sideOption())
    .addOption(triggerOption())
    .addOption(positionSideOption())
    .addOption(idOption())
    .action((symbol, options) => send(desk, symbol, options, protective('TAKE_PROFIT_MARKET')))
  addSendingOptions(command)
  addExamples(command, 'perpkit order take-profit BTCUSDT --tp 3% --quantity 0.005')
}

async function send(
  desk: Desk,
  symbol: string,
  options: OrderCommandOptions,
  load: LoadPlanner,
): Promise<void> {
  const [{ carryOut }, planner] = await Promise.all([import('../plan/carryOut.ts'), load()])
  await withConnection(desk, options, async (connection) => {
    const plan = await planner(connection, symbol, options)
    const repeated = await repeatedOf(connection, plan, options)
    if (repeated) {
      tell(desk, `${options.id} is there already; nothing was sent`)
      return print(desk, options, repeated, true)
    }
    const result = await carryOut(desk, connection, options, plan)
    if (result?.kind === 'ORDER') await print(desk, options, result.order, false)
  })
}

async function repeatedOf(
  { exchange }: Connection,
  { orders, symbol, request }: Plan,
  { id, plan }: OrderCommandOptions,
): Promise<FuturesOrder | undefined> {
  const [wanted] = orders
  if (id === undefined || plan || !wanted) return undefined
  const type = TYPES[request.method]
  const { findRepeated } = await import('../plan/repeat.ts')
  return type && (await findRepeated(exchange, symbol, id, { ...wanted, type }))
}

const TYPES: Partial<Record<PlanRequest['method'], OrderType>> = {
  createMarketOrder: 'MARKET',
  createLimitOrder: 'LIMIT',
  createStopLossOrder: 'STOP_MARKET',
  createTakeProfitOrder: 'TAKE_PROFIT_MARKET',
}

async function print(
  desk: Desk,
  options: OrderCommandOptions,
  order: FuturesOrder,
  replayed: boolean,
): Promise<void> {
  const value = { ...withIsoTimes(order), replayed }
  await printResult(desk, options, value, (palette) =>
    table(orderColumns(desk.clock.now()), [order], palette),
  )
}
