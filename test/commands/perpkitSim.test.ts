import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { beforeAll, describe, expect, it } from 'vitest'
import { build, run, start } from './command.ts'

const COMMAND = 'packages/perpkit/bin/perpkit-sim.js'

interface StartLine {
  control: string
  venues: Record<string, { url: string; apiKey: string; apiSecret: string }>
}

beforeAll(() => build('packages/perpkit'), 120_000)

describe('perpkit-sim', () => {
  it('default: one line of JSON, venues that answer, a control that obeys, a clean end', async () => {
    const { child, ended } = start(COMMAND, '--port', '0', '--seed', '7')
    if (!child.stdout) throw new Error('no output')
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    const { control, venues } = JSON.parse(String(line)) as StartLine
    expect(Object.keys(venues)).toEqual(expect.arrayContaining(['binance', 'bybit']))
    for (const { url, apiKey, apiSecret } of Object.values(venues)) {
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
      expect(apiKey.length).toBeGreaterThan(8)
      expect(apiSecret.length).toBeGreaterThan(8)
    }
    const post = (action: string, body: object): Promise<Response> =>
      fetch(`${control}/_control/${action}`, { method: 'POST', body: JSON.stringify(body) })
    expect((await post('setPrice', { symbol: 'BTCUSDT', price: '61000' })).status).toBe(200)
    const ticker = await fetch(`${venues.binance?.url}/fapi/v2/ticker/price?symbol=BTCUSDT`)
    const { price } = (await ticker.json()) as { price: string }
    expect(Number(price)).toBe(61_000)
    const refused = await post('setPrice', { symbol: 'FOOUSDT', price: '1' })
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ error: expect.stringContaining('FOOUSDT') })
    expect(await (await post('ledger', {})).json()).toEqual([])
    child.kill('SIGTERM')
    const { code, stdout } = await ended
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(1)
  })

  it.each([
    ['--speed', '3'],
    ['--port', 'many'],
    ['--clock', 'slow'],
    ['--seed', '-1'],
  ])('error: %s %s is a usage error on stderr, exit 2, and nothing on stdout', async (...args) => {
    const { code, stdout, stderr } = await run(COMMAND, ...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(args[0])
  })
})
