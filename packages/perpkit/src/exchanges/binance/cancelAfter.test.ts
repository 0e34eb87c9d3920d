import { describe, expect, test } from 'vitest'
import { setCancelAllAfter } from './cancelAfter.ts'
import { bitcoin, refused, script } from './script.testing.ts'

describe('setCancelAllAfter', () => {
  test.each([100_000, 0])('default: %i ms, told as text', async (timeoutMs) => {
    const answer = { symbol: 'BTCUSDT', countdownTime: String(timeoutMs) }
    const { call, lines, sent } = script({ 'POST /fapi/v1/countdownCancelAll': answer })
    expect(await setCancelAllAfter(call, { timeoutMs, instrument: bitcoin })).toBeUndefined()
    expect(lines).toEqual([
      `POST /fapi/v1/countdownCancelAll symbol=BTCUSDT&countdownTime=${timeoutMs}`,
    ])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent', cost: { weight: 10 } }])
  })

  test('error: without a symbol nothing is sent', async () => {
    const { call, lines } = script({})
    await expect(setCancelAllAfter(call, { timeoutMs: 1_000 })).rejects.toMatchObject({
      name: 'RequestError',
      code: 'INVALID_ARGUMENT',
    })
    expect(lines).toEqual([])
  })

  test('error: another time than asked for is no success', async () => {
    const answer = { symbol: 'BTCUSDT', countdownTime: '0' }
    const { call } = script({ 'POST /fapi/v1/countdownCancelAll': answer })
    await expect(
      setCancelAllAfter(call, { timeoutMs: 5_000, instrument: bitcoin }),
    ).rejects.toMatchObject({ path: '$.countdownTime', expected: '5000 as asked for' })
  })

  test('error: a refusal', async () => {
    const answer = refused(-1121, 'Invalid symbol.')
    const { call } = script({ 'POST /fapi/v1/countdownCancelAll': answer })
    await expect(
      setCancelAllAfter(call, { timeoutMs: 5_000, instrument: bitcoin }),
    ).rejects.toMatchObject({ code: 'UNKNOWN_SYMBOL' })
  })
})
