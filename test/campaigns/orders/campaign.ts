import {
  createFuturesExchange,
  type FuturesExchange,
  type OrderRequest,
  type OrderResult,
  OutcomeUnknownError,
  PerpkitError,
  RequestError,
  TransportError,
} from 'perpkit'
import { createSimulator, type Simulator } from 'perpkit/simulator'
import {
  nextFloat,
  nextInteger,
  type Random,
  seeded,
} from '../../../packages/perpkit/src/core/random.ts'
import type { Played } from '../../support/stage.ts'
import { steppingClock } from './clock.ts'
import { randomTrouble, type Trouble } from './faults.ts'
import { createLateTransport, type LateTransport } from './lateTransport.ts'

// Seeded submissions under every fault at random points; what the library believes is held against
// the truth of the venue.

export interface CampaignReport {
  exchange: string
  seed: number
  submissions: number
  done: number
  rejected: number
  notSent: number
  unknown: number
  /** One intent, two orders. */
  duplicates: number
  /** The library said something that is not so. */
  wrongBeliefs: number
  /** Unknowns that stay so although the exchange answers again. */
  unresolved: number
  /** As the venue's own judge counts: orders repeated after a lost answer, ids used twice. */
  repeated: number
  /** Requests that were one too many for a limit of the venue. */
  limitBreaches: number
  /** What was wrong, first ones first. */
  examples: string[]
}

interface Run {
  played: Played
  simulator: Simulator
  exchange: FuturesExchange
  transport: LateTransport
  random: Random
  report: CampaignReport
  number: number
  /** Ids of limit orders that were placed and not seen to end. */
  resting: string[]
}

export async function playCampaign(
  played: Played,
  { seed, submissions }: { seed: number; submissions: number },
): Promise<CampaignReport> {
  // Far from the machine's time, which venues take for current too under a manual clock.
  const startTime = Date.UTC(2026, 0, 5)
  const simulator = createSimulator({ seed, clock: 'manual', startTime, venues: [played.venue] })
  const clock = steppingClock(simulator)
  const transport = createLateTransport(simulator, played.venue, clock.wait)
  const exchange = createFuturesExchange(played.name, {
    ...simulator.credentials(played.venue),
    baseUrl: 'http://in.process',
    transport,
    clock,
    random: seeded(seed),
    timeoutMs: 5_000,
  })
  const run: Run = {
    played,
    simulator,
    exchange,
    transport,
    random: seeded(seed ^ 0x5eed),
    report: emptyReport(played.name, seed),
    number: 0,
    resting: [],
  }
  await exchange.getInstruments()
  await exchange.setLeverage('BTCUSDT', 5)
  while (run.report.submissions < submissions) await playOne(run)
  const verdict = await simulator.control.verdict()
  run.report.repeated = verdict.duplicateOrders + verdict.reusedClientOrderIds
  run.report.limitBreaches = verdict.limitBreaches
  await exchange.close()
  await simulator.close()
  return run.report
}

function emptyReport(exchange: string, seed: number): CampaignReport {
  return {
    exchange,
    seed,
    submissions: 0,
    done: 0,
    rejected: 0,
    notSent: 0,
    unknown: 0,
    duplicates: 0,
    wrongBeliefs: 0,
    unresolved: 0,
    repeated: 0,
    limitBreaches: 0,
    examples: [],
  }
}

/** One call under faults, judged when the faults are gone. */
async function playOne(run: Run): Promise<void> {
  const { simulator, transport, random } = run
  if (run.report.submissions % 20 === 0) await tidy(run)
  const trouble = randomTrouble(random)
  await bring(run, trouble)
  const dice = nextFloat(random)
  if (dice < 0.15 && run.resting.length > 0) await cancelOne(run, trouble)
  else if (dice < 0.27) await placeBatch(run, trouble)
  else await placeOne(run, trouble)
  await simulator.control.clearFaults({})
  await transport.settle()
  // Nobody trades at the limit of what an exchange answers; looking an order up is dear on some.
  await simulator.control.advance({ ms: 60_000 })
}

async function bring({ simulator, transport }: Run, trouble: Trouble): Promise<void> {
  if (trouble.lateMs !== undefined) transport.holdNext(trouble.lateMs)
  for (const fault of trouble.faults) await simulator.control.inject(fault)
}

/** Flat and without orders, so that margin never runs out for reasons of its own. */
async function tidy({ exchange, simulator, resting }: Run): Promise<void> {
  await simulator.control.setPrice({ symbol: 'BTCUSDT', price: '60000' })
  await exchange.cancelAllOrders('BTCUSDT')
  await exchange.closePosition('BTCUSDT')
  // Stops need something to protect on some exchanges.
  await exchange.createMarketOrder('BTCUSDT', 'BUY', '0.5')
  resting.length = 0
}

async function placeOne(run: Run, trouble: Trouble): Promise<void> {
  const request = nextRequest(run)
  const id = String(request.clientOrderId)
  const belief = await beliefOf(() => submit(run.exchange, request))
  await judge(run, trouble, id, belief)
  if (request.type === 'LIMIT') run.resting.push(id)
}

async function placeBatch(run: Run, trouble: Trouble): Promise<void> {
  const requests = [1, 2, 3].map(() => ({ ...nextRequest(run), ...nextLimit(run) }))
  let results: OrderResult[]
  try {
    results = await run.exchange.createOrders(requests)
  } catch (error) {
    for (const { clientOrderId } of requests) {
      await judge(run, trouble, clientOrderId, outcomeOf(error))
    }
    return
  }
  for (const result of results) {
    await judge(run, trouble, result.clientOrderId, { outcome: result.outcome })
    run.resting.push(result.clientOrderId)
  }
}

async function cancelOne(run: Run, trouble: Trouble): Promise<void> {
  const { exchange, report, random } = run
  const clientOrderId = run.resting.splice(nextInteger(random, run.resting.length), 1)[0] ?? ''
  const truth = await rowOf(run, clientOrderId)
  const orderId = truth?.orderId
  if (orderId === undefined) return
  report.submissions += 1
  let answer: boolean | 'failed' | 'unknown'
  try {
    answer = await exchange.cancelOrder('BTCUSDT', orderId)
  } catch (error) {
    answer = error instanceof OutcomeUnknownError ? 'unknown' : 'failed'
    if (!PerpkitError.is(error)) throw error
  }
  await run.simulator.control.clearFaults({})
  await run.transport.settle()
  const after = await rowOf(run, clientOrderId)
  if (answer === true) {
    report.done += 1
    if (after?.status !== 'CANCELLED')
      wrong(run, trouble, `cancel of ${clientOrderId} said true, but it is ${after?.status}`)
  } else if (answer === false) {
    report.rejected += 1
    if (after?.status === 'NEW')
      wrong(run, trouble, `cancel of ${clientOrderId} said ended, but it is NEW`)
  } else if (answer === 'failed') {
    report.rejected += 1
  } else {
    report.unknown += 1
    const seen = await exchange.getOrder({ symbol: 'BTCUSDT', orderId })
    if (seen.status !== after?.status) unresolved(run, trouble, `cancel of ${clientOrderId}`)
  }
}

interface Belief {
  outcome: OrderResult['outcome']
  error?: PerpkitError
}

async function beliefOf(place: () => Promise<unknown>): Promise<Belief> {
  try {
    await place()
    return { outcome: 'done' }
  } catch (error) {
    return outcomeOf(error)
  }
}

function outcomeOf(error: unknown): Belief {
  if (!PerpkitError.is(error)) throw error
  if (error instanceof OutcomeUnknownError) return { outcome: 'unknown', error }
  const isUnsent =
    error instanceof RequestError || (error instanceof TransportError && error.sent === 'no')
  return { outcome: isUnsent ? 'notSent' : 'rejected', error }
}

/** Holds a belief about one order against the truth. */
async function judge(run: Run, trouble: Trouble, id: string, belief: Belief): Promise<void> {
  const { report, simulator, exchange, transport } = run
  report.submissions += 1
  report[belief.outcome] += 1
  await simulator.control.clearFaults({})
  await transport.settle()
  const rows = await rowsOf(run, id)
  if (rows.length > 1) {
    report.duplicates += 1
    example(run, trouble, `${id} stands ${rows.length} times`)
  }
  const stands = rows.length > 0
  if (belief.outcome === 'done' && !stands) wrong(run, trouble, `${id} was said to stand`)
  if (
    (belief.outcome === 'rejected' || belief.outcome === 'notSent') &&
    stands &&
    rows[0]?.status !== 'REJECTED' &&
    rows[0]?.status !== 'EXPIRED'
  ) {
    wrong(run, trouble, `${id} was said not to stand (${belief.error?.message})`)
  }
  if (belief.outcome !== 'unknown') return
  await simulator.control.advance({ ms: 120_000 })
  const found = await exchange.getOrder({ symbol: 'BTCUSDT', clientOrderId: id }).then(
    () => true,
    (error: unknown) =>
      PerpkitError.is(error) && error.code === 'ORDER_NOT_FOUND' ? false : error,
  )
  if (found !== stands || trouble.isAnswered) {
    const tried = belief.error instanceof OutcomeUnknownError ? belief.error.tried.join('; ') : ''
    unresolved(
      run,
      trouble,
      `${id}: ${belief.error?.message} because ${belief.error?.cause} [${tried}] then ${found}, stands ${stands}`,
    )
  }
}

type Row = { orderId: string; clientOrderId: string; status: string }

/** Orders of that id; a conditional and the order it became count once. */
async function rowsOf({ simulator, played }: Run, id: string): Promise<Row[]> {
  const { orders, conditionalOrders } = await simulator.control.state({ venue: played.venue })
  const conditionals = conditionalOrders.filter(({ clientOrderId }) => clientOrderId === id)
  const plain = orders.filter(
    (order) =>
      order.clientOrderId === id &&
      !conditionals.some(
        ({ linkedOrderId, orderId }) =>
          linkedOrderId === order.orderId || orderId === order.orderId,
      ),
  )
  return [...conditionals, ...plain]
}

async function rowOf(run: Run, id: string): Promise<Row | undefined> {
  return (await rowsOf(run, id))[0]
}

function nextRequest(run: Run): OrderRequest & { clientOrderId: string } {
  const { random } = run
  run.number += 1
  const clientOrderId = String(1_000_000_000_000 + run.number)
  // Whatever is repeated is told apart by its quantity.
  const quantity = (0.01 + 0.001 * (run.number % 40)).toFixed(3)
  const symbol = 'BTCUSDT'
  const dice = nextFloat(random)
  if (dice < 0.35) {
    const side = nextFloat(random) < 0.6 ? 'BUY' : 'SELL'
    return { type: 'MARKET', symbol, side, quantity, clientOrderId }
  }
  if (dice < 0.6) return { ...nextLimit(run), clientOrderId, quantity }
  const protective = { symbol, side: 'SELL', quantity, clientOrderId } as const
  return dice < 0.82
    ? {
        ...protective,
        type: 'STOP_MARKET',
        stopPrice: String(50_000 + 10 * nextInteger(random, 500)),
      }
    : {
        ...protective,
        type: 'TAKE_PROFIT_MARKET',
        stopPrice: String(66_000 + 10 * nextInteger(random, 500)),
      }
}

function nextLimit({ random, number }: Run) {
  const price = String(55_000 + 10 * nextInteger(random, 300))
  const quantity = (0.01 + 0.001 * (number % 40)).toFixed(3)
  return { type: 'LIMIT', symbol: 'BTCUSDT', side: 'BUY', quantity, price } as const
}

function submit(exchange: FuturesExchange, request: OrderRequest): Promise<unknown> {
  switch (request.type) {
    case 'MARKET':
      return exchange.createMarketOrder(request.symbol, request.side, request.quantity, request)
    case 'LIMIT': {
      const { symbol, side, quantity, price } = request
      return exchange.createLimitOrder(symbol, side, quantity, price, request)
    }
    case 'STOP_MARKET':
      return exchange.createStopLossOrder(request)
    case 'TAKE_PROFIT_MARKET':
      return exchange.createTakeProfitOrder(request)
    case 'TRAILING_STOP_MARKET':
      return exchange.createTrailingStopOrder(request)
  }
}

function wrong(run: Run, trouble: Trouble, what: string): void {
  run.report.wrongBeliefs += 1
  example(run, trouble, what)
}

function unresolved(run: Run, trouble: Trouble, what: string): void {
  run.report.unresolved += 1
  example(run, trouble, `unresolved: ${what}`)
}

function example({ report }: Run, trouble: Trouble, what: string): void {
  if (report.examples.length < 5) report.examples.push(`${what} under ${JSON.stringify(trouble)}`)
}
