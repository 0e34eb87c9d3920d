import { createFuturesExchange } from 'perpkit'
import { describe, expect, test } from 'vitest'
import { setDesk } from './deskRun.ts'

describe('hedge mode', () => {
  test('behavior: each side is protected and closed by itself', async () => {
    const { run, simulator, venue, truth } = await setDesk()
    const exchange = createFuturesExchange('BYBIT', {
      ...simulator.credentials(venue),
      baseUrl: simulator.url(venue),
    })
    await exchange.setPositionMode('HEDGE')
    await exchange.close()
    for (const side of ['buy', 'sell']) {
      const { code } = await run(`order market BTCUSDT --side ${side} --quantity 0.02`)
      expect(code).toBe(0)
    }
    const unclear = await run('protect BTCUSDT --stop 2%')
    expect(unclear.code).toBe(2)
    expect(unclear.stderr).toContain('--position-side')
    const short = await run('protect BTCUSDT --stop 2% --position-side short --json')
    expect(short.json).toMatchObject({ side: 'BUY', quantity: '0.02' })
    const positions = await run('positions --json --fields side,coverage')
    expect(positions.json).toEqual(
      expect.arrayContaining([
        { side: 'LONG', coverage: 'NAKED' },
        { side: 'SHORT', coverage: 'COVERED' },
      ]),
    )
    const doctor = await run('doctor')
    expect(doctor.stdout).toContain('hedge: long and short at once')
    expect(doctor.stderr).toContain('protection')
    const closed = await run('close BTCUSDT --position-side long --json')
    expect(closed.json).toMatchObject({ closed: true, cancelled: 0 })
    expect((await truth()).positions).toMatchObject([{ side: 'SHORT' }])
  })
})
