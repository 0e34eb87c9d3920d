import { describe, expect, test } from 'vitest'
import { setCancelAllAfter } from './deadMansSwitch.ts'
import { ok, refused, script } from './script.testing.ts'

const done = ok({ triggerTime: '1795334430000', tag: '', ts: '1795334400000' })

// docs/wire/okx.md 4.3
describe('setCancelAllAfter', () => {
  test.each([
    [30_000, '30'],
    [10_001, '11'],
    [0, '0'],
  ])('default: %i ms are %s s', async (timeoutMs, timeOut) => {
    const { call, lines, sent } = script({ 'POST trade/cancel-all-after': done })
    await expect(setCancelAllAfter(call, { timeoutMs })).resolves.toBeUndefined()
    expect(lines).toEqual([`POST trade/cancel-all-after {"timeOut":"${timeOut}"}`])
    expect(sent).toEqual([
      { access: 'trade', effect: 'idempotent', cost: { 'POST trade/cancel-all-after': 1 } },
    ])
  })

  test('behavior: switched off, there is no time', async () => {
    const { call } = script({ 'POST trade/cancel-all-after': ok({ triggerTime: '0', ts: '1' }) })
    await expect(setCancelAllAfter(call, { timeoutMs: 0 })).resolves.toBeUndefined()
  })

  test('error: an answer without a time is no success', async () => {
    const { call } = script({ 'POST trade/cancel-all-after': ok({}) })
    await expect(setCancelAllAfter(call, { timeoutMs: 30_000 })).rejects.toThrow(
      '$.data[0].triggerTime: expected a decimal',
    )
  })

  test('error: a time-out out of bounds', async () => {
    const answer = refused('51000', 'Parameter timeOut  error')
    const { call } = script({ 'POST trade/cancel-all-after': answer })
    await expect(setCancelAllAfter(call, { timeoutMs: 9_000 })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    })
  })
})
