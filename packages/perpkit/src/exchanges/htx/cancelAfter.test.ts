import { describe, expect, test } from 'vitest'
import { setCancelAllAfter } from './cancelAfter.ts'
import { done, refused, script } from './script.testing.ts'

const TIMER = 'POST /v5/trade/cancel-after'

describe('setCancelAllAfter', () => {
  test('default: on, in milliseconds', async () => {
    const armed = { current_time: '1767145577000', trigger_time: '1767145637000' }
    const { call, lines, sent } = script({ [TIMER]: done(armed) })
    await setCancelAllAfter(call, { timeoutMs: 60_000 })
    expect(lines).toEqual([`${TIMER} {"on_off":"1","time_out":"60000"}`])
    expect(sent).toEqual([{ access: 'trade', effect: 'idempotent', cost: { trade: 1 } }])
  })

  test('args: 0 switches it off', async () => {
    const { call, lines } = script({ [TIMER]: done({ current_time: '1', trigger_time: '' }) })
    await setCancelAllAfter(call, { timeoutMs: 0 })
    expect(lines).toEqual([`${TIMER} {"on_off":"0"}`])
  })

  test('error: a refusal is told', async () => {
    const { call } = script({ [TIMER]: refused(1067, 'The time_out field is invalid.') })
    await expect(setCancelAllAfter(call, { timeoutMs: 5_000 })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    })
  })
})
