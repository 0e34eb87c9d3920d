import { describe, expect, test } from 'vitest'
import { ReadError } from '../../core/reader.ts'
import { bookFeed, chainRule } from './streamBook.ts'
import { read } from './streamProtocol.ts'
import { instrument, steps } from './streams.testing.ts'

// docs/wire/bitget.md 8.4

const ARG = '{"instType":"USDT-FUTURES","channel":"books","instId":"BTCUSDT"}'

function frame(action: string, words: string): unknown {
  const data = `[{"asks":[["27001.0","0.400"]],"bids":[["27000.0","0"]],${words},"ts":"16"}]`
  const [message] = read(`{"action":"${action}","arg":${ARG},"data":${data},"ts":17}`)
  if (message?.kind !== 'data') throw new Error('no data')
  return message.value
}

const snapshot = (seq: string): unknown => frame('snapshot', `"seq":${seq},"pseq":0`)
const update = (pseq: string, seq: string): unknown =>
  frame('update', `"seq":${seq},"pseq":${pseq}`)

function walk(...values: unknown[]): string[] {
  const feed = bookFeed(instrument)
  return steps(values.map(feed.decode), chainRule.follows)
}

describe('order books', () => {
  test('default: the sample', () => {
    const feed = bookFeed(instrument)
    expect(feed.topic).toEqual({ route: 'public', name: 'USDT-FUTURES/books/BTCUSDT' })
    expect([feed.snapshot, feed.checksum, feed.maxDepth]).toEqual([undefined, undefined, undefined])
    feed.decode(snapshot('483415077719'))
    expect(feed.decode(update('483415077719', '483415085712'))).toEqual({
      kind: 'diff',
      first: 7_993,
      last: 7_993,
      previous: 0,
      bids: [['27000.0', '0']],
      asks: [['27001.0', '0.400']],
      timestamp: 16,
    })
  })

  test.each([
    [
      'each follows the one before',
      [
        ['100', '103'],
        ['103', '104'],
      ],
      ['next', 'next'],
    ],
    [
      'the first may begin before the snapshot',
      [
        ['97', '103'],
        ['103', '104'],
      ],
      ['next', 'next'],
    ],
    [
      'a later one may not',
      [
        ['100', '103'],
        ['102', '104'],
      ],
      ['next', 'gap'],
    ],
    ['the first may not leave one out', [['101', '103']], ['gap']],
    [
      'what the snapshot holds is dropped',
      [
        ['90', '95'],
        ['95', '100'],
        ['100', '101'],
      ],
      ['nothing', 'nothing', 'next'],
    ],
    [
      'one is missing',
      [
        ['100', '101'],
        ['102', '103'],
      ],
      ['next', 'gap'],
    ],
    [
      'told twice',
      [
        ['100', '101'],
        ['100', '101'],
        ['101', '102'],
      ],
      ['next', 'stale', 'next'],
    ],
    [
      'it goes back',
      [
        ['100', '105'],
        ['3', '4'],
      ],
      ['next', 'gap'],
    ],
    [
      'it begins anew',
      [
        ['100', '105'],
        ['0', '106'],
      ],
      ['next', 'gap'],
    ],
    ['it begins anew at once', [['0', '106']], ['gap']],
    ['it begins anew below', [['0', '6']], ['gap']],
  ])('behavior: %s', (_, updates, expected) => {
    const diffs = updates.map(([pseq = '', seq = '']) => update(pseq, seq))
    expect(walk(snapshot('100'), ...diffs)).toEqual(['snapshot', ...expected])
  })

  test('behavior: ids beyond 2^53 differ by one', () => {
    const base = '130431450878074470'
    expect(
      walk(snapshot(`${base}5`), update(`${base}5`, `"${base}6"`), update(`${base}7`, `${base}8`)),
    ).toEqual(['snapshot', 'next', 'gap'])
  })

  test('behavior: another snapshot begins anew, from whatever id', () => {
    expect(
      walk(
        snapshot('1304314508780744705'),
        snapshot('50'),
        update('50', '51'),
        update('1304314508780744705', '1304314508780744706'),
      ),
    ).toEqual(['snapshot', 'snapshot', 'next', 'gap'])
  })

  test('behavior: without the id before, ids ascend', () => {
    const bare = (seq: string): unknown => frame('update', `"seq":${seq}`)
    expect(walk(snapshot('100'), bare('99'), bare('104'), bare('104'), bare('103'))).toEqual([
      'snapshot',
      'nothing',
      'next',
      'stale',
      'gap',
    ])
  })

  test.each([
    ['no id', frame('update', '"x":1')],
    ['an id that is none', frame('update', '"seq":"1.5"')],
    ['nothing', { action: 'update', data: [], ts: 1 }],
    [
      'levels that are none',
      { action: 'snapshot', data: [{ seq: 1, bids: [['1']], asks: [], ts: '1' }], ts: 1 },
    ],
  ])('error: %s', (_, value) => {
    expect(() => bookFeed(instrument).decode(value)).toThrow(ReadError)
  })
})
