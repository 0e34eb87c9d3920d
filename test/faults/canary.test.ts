import { createFuturesExchange, ExchangeError, OutcomeUnknownError } from 'perpkit'
import { describe, expect, it } from 'vitest'
import { everyBrokenConnection, everyKind } from '../campaigns/secrets/faults.ts'
import { LeakFinder, printsOf } from '../campaigns/secrets/leaks.ts'
import { METHODS } from '../campaigns/secrets/methods.ts'
import { playSecrets } from '../campaigns/secrets/play.ts'
import { EXCHANGES } from '../support/stage.ts'

// Keys, secrets, passphrases and signatures are canaries here: whatever goes wrong, none may be seen.
// `npm run test:faults` does the same with every fault at every point.

describe.each(EXCHANGES)('$name', (played) => {
  it('error: every method under every kind of fault shows no secret', async () => {
    const report = await playSecrets(played, everyKind())
    expect(report.leaks.slice(0, 5)).toEqual([])
    expect(report.impossible).toEqual([])
    expect(report.failed).toBeGreaterThan(report.calls / 3)
    expect(report.failed).toBeLessThan(report.calls)
    expect(report.signed).toBeGreaterThan(report.calls / 2)
  })

  it('error: nor does a connection that breaks', async () => {
    const report = await playSecrets(played, everyBrokenConnection(), 'over loopback')
    expect(report.leaks.slice(0, 5)).toEqual([])
    expect(report.failed).toBeGreaterThan(report.calls / 3)
    expect(report.signed).toBeGreaterThan(0)
  })

  it('default: every method is called', async () => {
    const exchange = createFuturesExchange(played.name, { baseUrl: 'http://127.0.0.1:1' })
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(exchange))
    await exchange.close()
    const own = methods.filter((name) => name !== 'constructor').sort()
    expect(Object.keys(METHODS)).toEqual(expect.arrayContaining(own))
  })

  it('error: halved credentials are named, not shown', () => {
    const finder = new LeakFinder()
    const halves = { apiKey: 'f00dfeed-canary-api-key', apiSecret: 'decafbad-canary-secret' }
    for (const [name, secret] of Object.entries(halves)) {
      finder.keep(name, secret)
      const error = thrownBy(() =>
        createFuturesExchange(played.name, { [name]: secret, baseUrl: 'http://127.0.0.1:1' }),
      )
      expect(printsOf(error).join()).toContain('lack')
      expect(printsOf(error).flatMap((text) => finder.findIn('error', text))).toEqual([])
    }
  })
})

describe('the search itself', () => {
  const SECRET = 'decafbad+canary/secret-0123456789=='
  const finder = new LeakFinder()
  finder.keep('apiSecret', SECRET)
  finder.keep('passphrase', 'Pass-5372')
  finder.learn('signature', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08')
  const found = (value: unknown): string[] =>
    printsOf(value).flatMap((text) => finder.findIn('here', text).map(({ secret }) => secret))

  it.each([
    ['in a message', new Error(`wrong key ${SECRET}`)],
    ['in a cause of a cause', new Error('a', { cause: new Error('b', { cause: { SECRET } }) })],
    ['in a native message', new ExchangeError('no', { code: 'REFUSED', nativeMessage: SECRET })],
    ['in what was tried', new OutcomeUnknownError('no', { tried: [`asked with ${SECRET}`] })],
    ['in a hidden member', Object.defineProperty({}, 'raw', { value: { deep: [SECRET] } })],
    ['as a name', { [SECRET]: 1 }],
    ['in a URL', `https://a.test/?s=${encodeURIComponent(SECRET)}`],
    ['in JSON', JSON.stringify({ text: JSON.stringify({ SECRET }) })],
    ['in Base64', Buffer.from(SECRET).toString('base64')],
    ['in Base64 for URLs', Buffer.from(SECRET).toString('base64url')],
    ['in hex', Buffer.from(SECRET).toString('hex')],
    ['cut off', `${SECRET.slice(0, 20)}…`],
    ['its end alone', `…${SECRET.slice(-18)}`],
  ])('error: a secret %s is found', (_, value) => {
    expect(found(value)).toContain('apiSecret')
  })

  it('error: a passphrase and a piece of a signature are found', () => {
    expect(found({ text: 'bad passphrase "Pass-5372"' })).toContain('passphrase')
    expect(found('signature=9f86d081884c7d659a')).toContain('signature')
  })

  it('error: a leak is told without its secret', () => {
    const [leak] = finder.findIn('here', `before ${SECRET} after`)
    expect(leak).toMatchObject({ where: 'here', context: 'before … after' })
    expect(found(leak)).toEqual([])
  })

  it('default: what is no secret is not found', () => {
    expect(found({ clientOrderId: '0123456789abcdef0123456789ab', symbol: 'BTCUSDT' })).toEqual([])
  })
})

function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
