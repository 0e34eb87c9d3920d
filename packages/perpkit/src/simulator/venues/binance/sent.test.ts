import { describe, expect, test } from 'vitest'
import { Params } from '../../server/params.ts'
import { Refused } from './errors.ts'
import { Sent } from './sent.ts'

const names = ['price', 'limit', 'reduceOnly', 'side'] as const

function send(fields: Record<string, unknown>): {
  sent: Sent<(typeof names)[number]>
  params: Params
  unknown: unknown[]
} {
  const params = new Params(fields)
  const unknown: unknown[] = []
  const unknownWord = (name: string, value: unknown): void => {
    unknown.push([name, value])
  }
  return { sent: new Sent({ params, unknownWord }, names), params, unknown }
}

function codeOf(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    return error instanceof Refused ? error.envelope() : error
  }
}

describe('Sent', () => {
  test('default: all known names are read, others stay for the ledger', () => {
    const { params } = send({ price: '1', limit: '', leverag: '3' })
    expect(params.unread()).toEqual([{ name: 'leverag', value: '3' }])
  })

  test('args: decimals in plain notation, in canonical form', () => {
    expect(send({ price: '0060000.10' }).sent.decimal('price')).toBe('60000.1')
    expect(send({}).sent.decimal('price')).toBeUndefined()
  })

  // docs/wire/binance.md 9, row 16.
  test.each(['1e-7', '-1', '+1', ' 1', '.5', '5.', '1,5', '0x1', 'NaN', `${'9'.repeat(21)}`])(
    'error: %s is no decimal',
    (price) => {
      expect(codeOf(() => send({ price }).sent.decimal('price'))).toEqual({
        code: -1100,
        msg: "Illegal characters found in parameter 'price'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.",
      })
    },
  )

  test('error: an empty text, and a name that was not sent', () => {
    const { sent } = send({ price: '' })
    expect(codeOf(() => sent.decimal('price'))).toEqual({
      code: -1105,
      msg: "Parameter 'price' was empty.",
    })
    expect(codeOf(() => sent.required('side'))).toEqual({
      code: -1102,
      msg: "Mandatory parameter 'side' was not sent, was empty/null, or malformed.",
    })
  })

  test('args: true and false in any case', () => {
    expect(send({ reduceOnly: 'TRUE' }).sent.flag('reduceOnly')).toBe(true)
    expect(send({ reduceOnly: 'false' }).sent.flag('reduceOnly')).toBe(false)
    expect(send({}).sent.flag('reduceOnly')).toBeUndefined()
  })

  test('error: an unknown word is told to the ledger', () => {
    const { sent, unknown } = send({ reduceOnly: '1', side: 'buy' })
    expect(codeOf(() => sent.flag('reduceOnly'))).toMatchObject({ code: -1130 })
    expect(codeOf(() => sent.word('side', ['BUY', 'SELL'], '-1117'))).toMatchObject({
      code: -1117,
      msg: 'Invalid side.',
    })
    expect(unknown).toEqual([
      ['reduceOnly', '1'],
      ['side', 'buy'],
    ])
  })

  test.each(['0', '1001'])('error: limit %s', (limit) => {
    expect(codeOf(() => send({ limit }).sent.limit('limit', 500, 1_000))).toEqual({
      code: -1130,
      msg: "Data sent for parameter 'limit' is not valid.",
    })
  })

  test('args: limit from its default to its maximum', () => {
    expect(send({}).sent.limit('limit', 500, 1_000)).toBe(500)
    expect(send({ limit: '1000' }).sent.limit('limit', 500, 1_000)).toBe(1_000)
    expect(send({ limit: '0012' }).sent.id('limit')).toBe('12')
  })
})
