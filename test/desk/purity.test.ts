import { describe, expect, test } from 'vitest'
import { setDesk } from './deskRun.ts'

const LINES = [
  'account',
  'positions',
  'ticker BTCUSDT',
  'ticker NOSUCH',
  'book BTCUSDT --depth 2',
  'order market BTCUSDT --side buy --quantity 0.01',
  'order market BTCUSDT --side buy --quantity 1000',
  'order market BTCUSDT --side buy',
  'protect BTCUSDT --stop 2% --tp 1%',
  'orders',
  'orders BTCUSDT --since 1d',
  'orders BTCUSDT --id nosuch',
  'orders --since 1d',
  'cancel BTCUSDT --all',
  'cancel BTCUSDT',
  'close BTCUSDT',
  'doctor',
  'config --explain',
  'keys list',
  'stop hold',
  'stop status',
  'stop release --yes',
  'stop flat --plan',
  'no such command',
  'ticker',
  'ticker BTCUSDT --nosuch',
  'account --exchange NOWHERE',
]

describe('what is printed', () => {
  test('behavior: with --json stdout is one JSON value, in good and bad', async () => {
    const { run, env } = await setDesk('OKX')
    for (const line of LINES) {
      const ran = await run(`${line} --json`)
      expect(() => ran.json, `${line}: ${ran.stdout}`).not.toThrow()
      const failed = ran.code !== 0 && line !== 'doctor'
      if (failed) {
        expect([line, ran.json]).toEqual([
          line,
          {
            error: expect.objectContaining({
              code: expect.any(String),
              message: expect.stringMatching(/./),
              remedy: expect.stringMatching(/./),
            }),
          },
        ])
      }
      for (const secret of [
        env.PERPKIT_API_SECRET,
        env.PERPKIT_API_PASSPHRASE,
        env.PERPKIT_API_KEY,
      ]) {
        expect(ran.stdout + ran.stderr).not.toContain(secret)
      }
    }
  }, 60_000)

  test('behavior: no colour in a pipe', async () => {
    const { run } = await setDesk()
    for (const line of LINES) {
      const { stdout, stderr } = await run(line)
      expect(stdout + stderr).not.toContain('\u001b')
    }
  }, 60_000)
})
