import { expect } from 'vitest'
import { sub } from '../../../core/decimal.ts'
import { PerpkitError } from '../../../model/errors.ts'
import { opposite, type PositionSide, type Side } from '../../../model/tokens.ts'
import type { ManagedOrdersRequest } from './managed.ts'
import { createTinyProcess, type TinyOptions, type TinyProcess } from './tinyClient.testing.ts'
import { TinyExchange } from './tinyExchange.testing.ts'
import type { TinyRules } from './tinyRules.testing.ts'

// What tests of managed orders begin with, and how a story must end.

/** The ways in which stops are sized and moved. */
export const FORMS: readonly [string, TinyRules][] = [
  ['fixed', {}],
  ['fixed, amended', { canAmend: true }],
  ['set', { sizing: 'set' }],
  ['amend', { sizing: 'amend', canAmend: true }],
  ['bridge', { sizing: 'bridge' }],
]

export interface Scene extends TinyProcess {
  exchange: TinyExchange
  side: PositionSide
  request: ManagedOrdersRequest
  /** Of orders that open the position. */
  opening: Side
}

/** A price mirrored at 60 000 for shorts. */
export function at(side: PositionSide, price: string): string {
  return side === 'LONG' ? price : sub('120000', price)
}

/** A flat account, and the request that is to protect a position of 0.04. */
export function sceneOf(
  rules: TinyRules,
  side: PositionSide,
  more: Partial<ManagedOrdersRequest> = {},
  options: TinyOptions = {},
): Scene {
  const exchange = new TinyExchange(rules)
  const request: ManagedOrdersRequest = {
    symbol: 'BTCUSDT',
    side: side === 'LONG' ? 'SELL' : 'BUY',
    quantity: '0.04',
    stopPrice: at(side, '58000'),
    takeProfits: [
      { price: at(side, '61000'), share: '0.5' },
      { price: at(side, '62000'), share: '0.5' },
    ],
    supervise: false,
    ...more,
  }
  const opening = opposite(request.side)
  return { exchange, side, request, opening, ...createTinyProcess(exchange, options) }
}

/** The same with the position. */
export function openedScene(
  rules: TinyRules,
  side: PositionSide,
  more: Partial<ManagedOrdersRequest> = {},
  options: TinyOptions = {},
): Scene {
  const scene = sceneOf(rules, side, more, options)
  scene.exchange.hand(scene.opening, '0.04')
  return scene
}

/** Flat, nothing left over, nothing went wrong on the way, nothing left to resume. */
export function expectOver({ exchange, journal }: Pick<Scene, 'exchange' | 'journal'>): void {
  expect(exchange.positions).toEqual({ LONG: '0', SHORT: '0' })
  expect(exchange.open()).toEqual([])
  expect(exchange.violations).toEqual([])
  expect(journal.managed()).toEqual([])
}

/** Exactly one stop stands, for all of the position. */
export function expectCovered(
  { exchange, side }: Pick<Scene, 'exchange' | 'side'>,
  size: string,
): void {
  expect(exchange.positions[side]).toBe(size)
  const stops = exchange.open().filter(({ type }) => type === 'STOP_MARKET')
  const sizes = stops.map(({ quantity, closePosition }) => (closePosition ? size : quantity))
  expect(sizes).toEqual([size])
  expect(exchange.violations).toEqual([])
}

export async function errorOf(promise: Promise<unknown>): Promise<PerpkitError> {
  const error: unknown = await promise.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  )
  if (PerpkitError.is(error)) return error
  throw error
}
