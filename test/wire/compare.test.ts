import { describe, expect, it } from 'vitest'
import { signing as binance } from '../../evidence/binance/sign.ts'
import { signing as bybit } from '../../evidence/bybit/sign.ts'
import { requestDifferences, resultDifferences } from './compare.ts'
import type { ExpectedRequest, Shape, WireText } from './evidence.ts'
import { shapeDifferences } from './shapes.ts'

// The referees themselves: each must be able to fail, and to say where.

const form: ExpectedRequest = {
  method: 'POST',
  path: '/fapi/v1/leverage',
  access: 'signed',
  form: { symbol: 'BTCUSDT', leverage: '7' },
  answer: {},
}

const json: ExpectedRequest = {
  method: 'POST',
  path: '/v5/position/set-leverage',
  access: 'signed',
  json: { buyLeverage: '7', positionIdx: 0, orderLinkId: /^[a-z]+$/, list: ['a'] },
  answer: {},
}

function sent(body: string, query = ''): WireText {
  return { method: 'POST', path: '', query, headers: {}, body }
}

describe('requestDifferences', () => {
  it.each([
    ['symbol=BTCUSDT&leverage=7&timestamp=1&signature=x', []],
    ['symbol=BTCUSDT&timestamp=1', ["body.leverage: expected '7', sent nothing"]],
    ['symbol=BTCUSDT&leverage=8', ["body.leverage: expected '7', sent '8'"]],
    ['symbol=BTCUSDT&leverage=7&x=1', ["body.x: expected nothing, sent '1'"]],
    ['symbol=BTCUSDT&leverage=7&leverage=7', ["body.leverage: expected '7', sent '7 and 7'"]],
    ['symbol=BTC%55SDT&leverage=7', []],
  ])('args: form %s', (body, differences) => {
    expect(requestDifferences(form, sent(body), binance)).toEqual(differences)
  })

  it.each([
    [{ buyLeverage: '7', positionIdx: 0, orderLinkId: 'abc', list: ['a'] }, []],
    [
      { buyLeverage: 7, positionIdx: '0', orderLinkId: 'ABC', list: [] },
      [
        "body.buyLeverage: expected '7', sent 7",
        "body.positionIdx: expected 0, sent '0'",
        "body.orderLinkId: expected text like /^[a-z]+$/, sent 'ABC'",
        'body.list: expected an array of 1, sent []',
      ],
    ],
    [
      { positionIdx: 0, orderLinkId: 'abc', list: ['b'], side: 'Buy' },
      [
        "body.buyLeverage: expected '7', sent nothing",
        "body.list[0]: expected 'a', sent 'b'",
        "body.side: expected nothing, sent 'Buy'",
      ],
    ],
  ])('args: json %j', (body, differences) => {
    expect(requestDifferences(json, sent(JSON.stringify(body)), bybit)).toEqual(differences)
  })

  it('error: a query where none belongs, a body that is no JSON', () => {
    expect(requestDifferences(form, sent('symbol=BTCUSDT&leverage=7', 'a=1'), binance)).toEqual([
      "query.a: expected nothing, sent '1'",
    ])
    expect(requestDifferences(json, sent(''), bybit)).toEqual([
      'body: expected an object, sent nothing',
    ])
  })
})

describe('resultDifferences', () => {
  it('default: members may be more, never less or other', () => {
    expect(resultDifferences({ a: '1' }, { a: '1', b: 2 }, 'result')).toEqual([])
    expect(resultDifferences([{ a: '1' }], [{ a: 1 }], 'result')).toEqual([
      "result[0].a: expected '1', received 1",
    ])
    expect(resultDifferences([], [{}], 'result')).toEqual([
      'result: expected 0 elements, received 1',
    ])
    expect(resultDifferences(true, undefined, 'result')).toEqual([
      'result: expected true, received nothing',
    ])
  })
})

describe('shapeDifferences', () => {
  const row: Shape = { price: 'decimal', time: 'ms text', side: ['one of', 'Buy', 'Sell'] }

  it.each<[Shape, unknown, string[]]>([
    [row, { price: '1.50', time: '1763798400000', side: 'Buy' }, []],
    [
      row,
      { price: 1.5, side: 'buy', cumExcQty: '1' },
      [
        'row.price: expected a decimal in a string, received a number 1.5',
        "row: key 'time' is missing",
        'row.side: expected "Buy" or "Sell", received "buy"',
        "row: unknown key 'cumExcQty'",
      ],
    ],
    ['decimal', '1e-7', ['row: expected a decimal in a string, received a string "1e-7"']],
    ['decimal or empty', '', []],
    [
      'ms',
      '1763798400000',
      ['row: expected a number of milliseconds, received a string "1763798400000"'],
    ],
    ['null', '', ['row: expected null, received a string ""']],
    [
      ['array of', 'digits'],
      ['1', 'x'],
      ['row[1]: expected a string of digits, received a string "x"'],
    ],
    [['at least one', 'text'], [], ['row: expected at least 1 row, received none']],
    [['rows', 'text'], [], ['row: expected 1 elements, received 0: []']],
    [['either', 'null', 'decimal'], true, ['row: expected null, received a boolean true']],
    [{ a: ['optional', 'text'] }, {}, []],
    [
      { a: ['optional', 'text'] },
      { a: null },
      ['row.a: expected a string that is not empty, received null null'],
    ],
    [
      ['rows by', 'kind', { A: { kind: 'text' }, B: { kind: 'text' } }],
      [{ kind: 'A' }, { kind: 'C' }],
      ['row[1]: unknown kind "C"', "row: row with kind 'B' is missing"],
    ],
    [/^ab/, 'ba', ['row: expected text like /^ab/, received "ba"']],
  ])('args: %j against %j', (shape, value, differences) => {
    expect(shapeDifferences(shape, value, 'row')).toEqual(differences)
  })
})
