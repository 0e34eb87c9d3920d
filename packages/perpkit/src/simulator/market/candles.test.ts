import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { loadCandles, parseCandles } from './candles.ts'

const header = 'timestamp,open,high,low,close,volume'
const folder = mkdtempSync(join(tmpdir(), 'candles-'))
afterAll(() => rmSync(folder, { recursive: true }))

function parse(...lines: string[]): ReturnType<typeof parseCandles> {
  return parseCandles(lines.join('\n'), 'prices.csv')
}

describe('loadCandles', () => {
  const text = `${header}\n2021-12-31 23:01:00.000000,46319.0,46385.0,46319.0,46377.0,2300413.7295\n`
  const candle = {
    start: Date.UTC(2021, 11, 31, 23, 1),
    open: '46319',
    high: '46385',
    low: '46319',
    close: '46377',
    volume: '2300413.7295',
  }

  test('default: a plain file and a gzipped one', () => {
    const plain = join(folder, 'prices.csv')
    const zipped = join(folder, 'prices.csv.gz')
    writeFileSync(plain, text)
    writeFileSync(zipped, gzipSync(text))
    expect(loadCandles(plain)).toEqual([candle])
    expect(loadCandles(zipped)).toEqual([candle])
  })

  test('error: a file that is not there', () => {
    expect(() => loadCandles(join(folder, 'nothing.csv'))).toThrow('nothing.csv')
  })

  test('args: columns in any order and case, others besides, either line end, quotes', () => {
    const rows = parse(
      '\uFEFF"Close","Volume",Symbol,LOW,High,Open,Date\r',
      '"5","1e3",X,4,6,"4.5","2022-01-01 00:00:00"\r',
      '',
    )
    expect(rows).toEqual([
      {
        start: Date.UTC(2022, 0, 1),
        open: '4.5',
        high: '6',
        low: '4',
        close: '5',
        volume: '1000',
      },
    ])
  })

  test.each([
    ['1641038400', Date.UTC(2022, 0, 1, 12)],
    ['1641038400000', Date.UTC(2022, 0, 1, 12)],
    ['1641038400.5', Date.UTC(2022, 0, 1, 12) + 500],
    ['2022-01-01 12:00', Date.UTC(2022, 0, 1, 12)],
    ['2022-01-01T12:00:00Z', Date.UTC(2022, 0, 1, 12)],
    ['2022-01-01T12:00:00.250Z', Date.UTC(2022, 0, 1, 12) + 250],
  ])('args: the time %s', (time, expected) => {
    expect(parse('time,open,high,low,close,volume', `${time},1,1,1,1,0`)[0]?.start).toBe(expected)
  })

  test.each([
    ['a missing column', 'time,open,high,low,volume', '1,1,1,1,1', 'line 1: no column close'],
    ['no number', header, '1641038400,1,x,1,1,1', 'line 2, column high: "x" is not a number'],
    ['a cell too few', header, '1641038400,1,1,1,1', 'column volume: "" is not a number'],
    ['no time', header, 'yesterday,1,1,1,1,1', 'column timestamp: "yesterday" is not a time'],
    ['no such day', header, '2022-13-01 00:00,1,1,1,1,1', 'column timestamp'],
    ['a price of nothing', header, '1641038400,1,1,0,1,1', 'column low: 0 is not above zero'],
    ['a volume below nothing', header, '1641038400,1,1,1,1,-1', 'column volume: -1 is below zero'],
    ['high below low', header, '1641038400,3,2,3,3,1', 'column high: 2 is below low 3'],
    ['high below close', header, '1641038400,2,2,1,3,1', 'column high: 2 is below close 3'],
    ['low above open', header, '1641038400,1,3,2,3,1', 'column low: 2 is above open 1'],
    ['nothing but a header', header, '', 'prices.csv: no candles in it'],
    ['nothing at all', '', '', 'line 1: no column timestamp or time or date'],
  ])('error: %s', (_, first, row, message) => {
    expect(() => parse(first, row)).toThrow(message)
  })

  test.each(['1641038400', '1641038399'])('error: %s after 1641038400', (time) => {
    const message = `prices.csv line 4, column timestamp: ${time} is not after the row before`
    const rows = ['1641038340,1,1,1,1,1', '1641038400,1,1,1,1,1', `${time},1,1,1,1,1`]
    expect(() => parse(header, ...rows)).toThrow(message)
  })
})
