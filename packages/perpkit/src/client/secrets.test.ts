import { describe, expect, it } from 'vitest'
import type { Credentials, SignedRequest, UnsignedRequest } from './definition.ts'
import { redact, secretsOf } from './secrets.ts'

const CREDENTIALS: Credentials = {
  apiKey: 'key-0123456789abcdef',
  apiSecret: 'secret+0123456789/abcdef==',
  passphrase: 'long',
}
const SIGNATURE = '9f'.repeat(32)
const UNSIGNED: UnsignedRequest = {
  method: 'GET',
  host: 'exchange.test',
  path: '/thing',
  query: 'symbol=BTCUSDT&id=a1b2c3d4e5f6a1b2c3d4e5f6a1b2',
  body: '',
  contentType: '',
}

function secrets(signed: Partial<SignedRequest> = {}) {
  const whole = { query: UNSIGNED.query, body: '', headers: {}, ...signed }
  return secretsOf(CREDENTIALS, UNSIGNED, whole)
}

describe('secretsOf', () => {
  it('default: a signature in the query, alone and with the query', () => {
    const query = `timestamp=1700000000000&${UNSIGNED.query}&signature=${SIGNATURE}`
    const { distinctive } = secrets({ query })
    expect(redact(`"${SIGNATURE}"`, distinctive)).toBe('"[redacted]"')
    expect(redact(`GET /thing?${query}`, distinctive)).toBe('GET /thing?[redacted]')
  })

  it('default: a signature in a header', () => {
    const { distinctive } = secrets({ headers: { sign: SIGNATURE, time: '2026-11-22T12:00:00Z' } })
    expect(redact(`sign=${SIGNATURE}`, distinctive)).toBe('sign=[redacted]')
    expect(redact('at 2026-11-22T12:00:00Z', distinctive)).toBe('at 2026-11-22T12:00:00Z')
  })

  it('args: a signature that happens to have no digit', () => {
    const sign = `${'AbCd+/Ef'.repeat(5)}Gh=`
    const { distinctive } = secrets({ headers: { sign } })
    expect(redact(`sign: ${sign}`, distinctive)).toBe('sign: [redacted]')
  })

  it('behavior: ids and symbols of the request itself may be seen', () => {
    const { all } = secrets({ query: `${UNSIGNED.query}&signature=${SIGNATURE}` })
    expect(redact('BTCUSDT a1b2c3d4e5f6a1b2c3d4e5f6a1b2', all)).toBe(
      'BTCUSDT a1b2c3d4e5f6a1b2c3d4e5f6a1b2',
    )
  })

  it('args: an ordinary word as passphrase is left in answers, not in messages', () => {
    const { distinctive, all } = secrets()
    expect(redact('{"side":"long"}', distinctive)).toBe('{"side":"long"}')
    expect(redact('wrong passphrase long', all)).toBe('wrong passphrase [redacted]')
  })
})

describe('redact', () => {
  it('default: every occurrence, in URLs and JSON too', () => {
    const { all } = secrets()
    const { apiKey, apiSecret } = CREDENTIALS
    const text = `${apiKey} ${apiSecret} ${encodeURIComponent(apiSecret)} ${apiKey}`
    expect(redact(text, all)).toBe('[redacted] [redacted] [redacted] [redacted]')
  })

  it('behavior: a secret that was cut off', () => {
    const { all } = secrets({ headers: { sign: SIGNATURE } })
    expect(redact(`sign ${SIGNATURE.slice(0, 40)}…`, all)).toBe('sign [redacted]…')
    expect(redact(`key ${CREDENTIALS.apiKey.slice(0, 13)}`, all)).toBe('key [redacted]')
  })

  it('args: no secrets, no change', () => {
    expect(redact('anything', [])).toBe('anything')
  })
})
