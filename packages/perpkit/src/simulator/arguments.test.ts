import { expect, test } from 'vitest'
import { parseArguments } from './arguments.ts'

const parse = (...words: string[]): ReturnType<typeof parseArguments> =>
  parseArguments(words, ['binance', 'bybit'])

test('default: no words, no options', () => {
  expect(parse()).toEqual({ options: {} })
})

test('args: every flag', () => {
  const words =
    '--port 0 --seed 7 --clock manual --venues bybit,binance --strict --no-rate-limits'.split(' ')
  const replay = '--replay a.csv --replay-symbol ETHUSDT --replay-speed 2.5'.split(' ')
  expect(parse(...words, ...replay)).toEqual({
    options: {
      port: 0,
      seed: 7,
      clock: 'manual',
      venues: ['bybit', 'binance'],
      strict: true,
      rateLimits: false,
      replay: 'a.csv',
      replaySymbol: 'ETHUSDT',
      replaySpeed: 2.5,
    },
  })
})

test('args: --name=value', () => {
  expect(parse('--port=7500')).toEqual({ options: { port: 7500 } })
})

test.each([['--help'], ['-h'], ['--port', '1', '--help']])('args: help by %s', (...words) => {
  expect(parse(...words)).toEqual({ help: true })
})

test.each([
  [['--prot', '1'], /--prot/],
  [['extra'], /extra/],
  [['--port'], /--port/],
  [['--port', 'x'], /--port is 'x': it must be a number/],
  [['--port', '-1'], /--port/],
  [['--seed', ''], /--seed is '': it must be a number/],
  [['--clock', 'fast'], /--clock is 'fast': it must be real or manual/],
  [['--venues', 'binance,nyse'], /--venues is 'nyse': it must be binance or bybit/],
  [['--strict=yes'], /--strict/],
])('error: %j', (words, message) => {
  const parsed = parse(...words)
  expect('error' in parsed && parsed.error).toMatch(message)
})
