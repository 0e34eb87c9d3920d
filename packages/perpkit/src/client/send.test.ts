import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../core/clock.ts'
import { seeded } from '../core/random.ts'
import {
  DecodeError,
  ExchangeError,
  OutcomeUnknownError,
  PerpkitError,
  RateLimitError,
  TransportError,
} from '../model/errors.ts'
import { createMemoryBudget } from '../transport/limiter.ts'
import { type HttpAnswer, type HttpRequest, SendFailure } from '../transport/types.ts'
import type { Effect, Endpoint, ExchangeDefinition, Verdict } from './definition.ts'
import { createExchangeTime } from './exchangeTime.ts'
import { silentLogger } from './logger.ts'
import { createCall, type Passage, type Scope } from './send.ts'

// A made-up exchange: its answers are verdicts in JSON, so that each test says what it means.

type Step = Verdict | { value: number } | SendFailure | { text: string; status?: number }

const SECRET = 'secret-canary-0123456789'

function endpoint(effect: Effect): Endpoint<{ x: number }, number> {
  return {
    method: effect === 'read' ? 'GET' : 'POST',
    path: '/thing',
    access: 'trade',
    effect,
    cost: { all: 1 },
    encode: ({ x }) => (effect === 'read' ? { query: { x, gone: undefined } } : { json: { x } }),
    decode: (answer) => answer.at('value').number(),
    unchanged: () => -1,
  }
}

class Clock extends ManualClock {
  /** Pauses end at once, with time moved as if they had been waited for. */
  override after(ms: number, task: () => void): () => void {
    const cancel = super.after(ms, task)
    queueMicrotask(() => this.advance(ms))
    return cancel
  }
}

function setUp(steps: Step[]) {
  const sent: HttpRequest[] = []
  const clock = new Clock(1_000_000)
  let asked = 0
  const definition = {
    name: 'BYBIT',
    sign: (request, credentials, stamp) => ({
      query: request.query,
      body: request.body,
      headers: { key: credentials.apiKey, stamp: String(stamp.timestamp), sign: 'f'.repeat(64) },
    }),
    classify: ({ json }) =>
      typeof json === 'object' && json !== null && 'kind' in json
        ? (json as Verdict)
        : { kind: 'answer' },
  } satisfies Partial<ExchangeDefinition>
  const passage: Passage = {
    definition: definition as Partial<ExchangeDefinition> as ExchangeDefinition,
    origin: 'http://exchange.test',
    credentials: { apiKey: 'key-canary-0123456789', apiSecret: SECRET },
    transport: {
      send(request) {
        sent.push(request)
        const step = steps.shift()
        if (!step) throw new Error('one request too many')
        if (step instanceof SendFailure) return Promise.reject(step)
        const text = 'text' in step ? step.text : JSON.stringify(step)
        const status = 'status' in step && step.status ? step.status : 200
        return Promise.resolve({ status, headers: {}, text } satisfies HttpAnswer)
      },
      close: () => Promise.resolve(),
    },
    clock,
    time: createExchangeTime(clock, () => {
      asked += 1
      return Promise.resolve(clock.now() + 30_000)
    }),
    budget: undefined,
    logger: silentLogger,
    timeoutMs: 10_000,
    random: seeded(1),
    decodeContext: () => ({ instruments: { byNative: () => undefined, symbolOf: (s) => s } }),
    isClosed: () => false,
  }
  const send = (effect: Effect, scope: Partial<Scope> = {}): Promise<number> =>
    createCall(passage, { action: 'doThing', ...scope })(endpoint(effect), { x: 7 })
  return { sent, send, clock, passage, timesAsked: () => asked }
}

async function errorOf(sending: Promise<unknown>): Promise<PerpkitError> {
  const error = await sending.then(
    (value) => `resolved with ${String(value)}`,
    (thrown: unknown) => thrown,
  )
  if (PerpkitError.is(error)) return error
  throw new Error(`expected an error of ours, received ${String(error)}`)
}

const lost = (): SendFailure => new SendFailure('lost', 'maybe', 'ECONNRESET')
const notSent = (): SendFailure => new SendFailure('unreachable', 'no', 'ECONNREFUSED')
const refusal = (code: string): Verdict =>
  ({ kind: 'refusal', code, nativeCode: '-1', nativeMessage: 'no' }) as Verdict

describe('send: what goes out', () => {
  it('default: encodes, stamps with exchange time, signs and decodes', async () => {
    const { send, sent } = setUp([{ value: 3 }])
    expect(await send('read')).toBe(3)
    expect(sent[0]?.url).toBe('http://exchange.test/thing?x=7')
    expect(sent[0]?.headers.stamp).toBe('1030000')
    expect(sent[0]?.headers['content-type']).toBeUndefined()
  })

  it('behavior: last checks run after the stamp and before the first byte', async () => {
    const { send, sent } = setUp([{ value: 3 }])
    const seen: string[] = []
    await send('once', {
      beforeSend: ({ timestamp, windowMs }) => {
        seen.push(`${timestamp} ${windowMs} ${sent.length}`)
      },
    })
    expect(seen).toEqual(['1030000 2000 0'])
    const { send: read } = setUp([{ value: 3 }])
    await read('read', { beforeSend: () => Promise.reject(new Error('not asked for')) })
  })

  it('error: a check that fails stops the request', async () => {
    const { send, sent } = setUp([])
    const stopped = new Error('journal full')
    await expect(send('once', { beforeSend: () => Promise.reject(stopped) })).rejects.toBe(stopped)
    expect(sent).toHaveLength(0)
  })
})

describe('send: repeats follow the meaning of the call', () => {
  it.each(['read', 'idempotent'] as const)(
    'behavior: %s is repeated after a lost answer',
    async (effect) => {
      const { send, sent } = setUp([lost(), { value: 5 }])
      const repeats: number[] = []
      expect(await send(effect, { onRepeat: () => repeats.push(1) })).toBe(5)
      expect(sent).toHaveLength(2)
      expect(repeats).toHaveLength(1)
    },
  )

  it('behavior: once is never repeated after a lost answer', async () => {
    const { send, sent } = setUp([lost()])
    const error = await errorOf(send('once'))
    expect(error).toBeInstanceOf(OutcomeUnknownError)
    expect(error.code).toBe('OUTCOME_UNKNOWN')
    expect(sent).toHaveLength(1)
  })

  it('behavior: once is repeated when certainly nothing left', async () => {
    const { send, sent } = setUp([notSent(), { value: 5 }])
    expect(await send('once')).toBe(5)
    expect(sent).toHaveLength(2)
  })

  it('error: once that never leaves ends as NOT_SENT after three tries', async () => {
    const { send, sent } = setUp([notSent(), notSent(), notSent()])
    const error = await errorOf(send('once'))
    expect(error).toBeInstanceOf(TransportError)
    expect([error.code, sent.length]).toEqual(['NOT_SENT', 3])
  })

  it.each([
    [
      'unknown verdict',
      { kind: 'unknown', nativeCode: '-1007', nativeMessage: 'timeout' } as Verdict,
    ],
    ['unreadable body', { text: '{"value":"not a number"}' }],
  ])('behavior: once with an %s is unknown and not repeated', async (_, step) => {
    const { send, sent } = setUp([step])
    const error = await errorOf(send('once'))
    expect(error).toBeInstanceOf(OutcomeUnknownError)
    expect(sent).toHaveLength(1)
  })

  it('error: read with an unreadable body is a DecodeError with the path', async () => {
    const { send } = setUp([{ text: '{"value":"seven"}' }])
    const error = await errorOf(send('read'))
    expect(error).toBeInstanceOf(DecodeError)
    expect(error).toMatchObject({ path: '$.value', expected: 'a number', received: '"seven"' })
  })

  it('error: idempotent that stays lost is unknown, not failed', async () => {
    const { send } = setUp([lost(), lost(), lost()])
    expect(await errorOf(send('idempotent'))).toBeInstanceOf(OutcomeUnknownError)
  })

  it('error: read that stays lost says so', async () => {
    const { send } = setUp([lost(), lost(), lost()])
    const error = await errorOf(send('read'))
    expect([error.code, error.message]).toEqual([
      'CONNECTION_LOST',
      'BYBIT doThing: the connection ended before the answer (ECONNRESET) (GET /thing)',
    ])
  })

  it.each(['read', 'idempotent', 'once'] as const)(
    'behavior: %s with a refused timestamp asks the time again and repeats once',
    async (effect) => {
      const { send, sent, timesAsked } = setUp([refusal('TIMESTAMP_OUT_OF_WINDOW'), { value: 5 }])
      expect(await send(effect)).toBe(5)
      expect([sent.length, timesAsked()]).toEqual([2, 2])
    },
  )

  it('error: a timestamp refused twice is told', async () => {
    const { send } = setUp([refusal('TIMESTAMP_OUT_OF_WINDOW'), refusal('TIMESTAMP_OUT_OF_WINDOW')])
    expect((await errorOf(send('once'))).code).toBe('TIMESTAMP_OUT_OF_WINDOW')
  })

  it('behavior: an overloaded exchange is asked again, but not to create', async () => {
    const { send } = setUp([refusal('EXCHANGE_UNAVAILABLE'), { value: 5 }])
    expect(await send('read')).toBe(5)
    const { send: create, sent } = setUp([refusal('EXCHANGE_UNAVAILABLE')])
    expect((await errorOf(create('once'))).code).toBe('EXCHANGE_UNAVAILABLE')
    expect(sent).toHaveLength(1)
  })

  it('behavior: "so already" is done', async () => {
    const { send } = setUp([{ kind: 'unchanged', nativeCode: '110043', nativeMessage: 'same' }])
    expect(await send('idempotent')).toBe(-1)
  })
})

describe('send: refusals and limits', () => {
  it('error: a refusal keeps native code and text', async () => {
    const { send } = setUp([refusal('BELOW_MINIMUM')])
    const error = await errorOf(send('once'))
    expect(error).toBeInstanceOf(ExchangeError)
    expect(error).toMatchObject({
      code: 'BELOW_MINIMUM',
      nativeCode: '-1',
      nativeMessage: 'no',
      exchange: 'BYBIT',
      action: 'doThing',
    })
  })

  it('error: a rate limit carries how long to wait', async () => {
    const step = { ...refusal('RATE_LIMITED'), retryAfterMs: 1_500 } as Verdict
    const error = await errorOf(setUp([step]).send('read'))
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({ retryAfterMs: 1_500 })
  })

  it('behavior: waits for the budget, and gives up when the deadline comes first', async () => {
    const { passage, sent, send } = setUp([{ value: 1 }, { value: 2 }])
    passage.budget = createMemoryBudget([{ name: 'all', limit: 2, windowMs: 4_000 }], passage.clock)
    await send('read', { budgetClass: 'protect' })
    await send('read', { budgetClass: 'protect' })
    expect(sent).toHaveLength(2)
    passage.budget = createMemoryBudget(
      [{ name: 'all', limit: 2, windowMs: 400_000 }],
      passage.clock,
    )
    passage.budget.take({ all: 1 }, 'protect')
    const error = await errorOf(send('read'))
    expect([error.code, sent.length]).toEqual(['NOT_SENT', 2])
    expect(error.message).toMatch(/used up for another \d+ ms/)
  })

  it('error: an exchange that echoes the request gives no secret away', async () => {
    const { send } = setUp([
      {
        kind: 'refusal',
        code: 'INVALID_CREDENTIALS',
        nativeCode: '10004',
        nativeMessage: `error sign! origin_string[1030000key-canary-0123456789{"x":7}] ${'f'.repeat(64)} ${SECRET}`,
      },
    ])
    const error = await errorOf(send('once'))
    const shown = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)
    expect(shown).not.toContain('canary')
    expect(shown).not.toContain('ffffffff')
    expect(error.message).toContain('[redacted]')
  })

  it('error: a closed object sends nothing', async () => {
    const { passage, send, sent } = setUp([])
    passage.isClosed = () => true
    expect((await errorOf(send('read'))).code).toBe('CLOSED')
    expect(sent).toHaveLength(0)
  })

  it("error: the caller's signal ends the wait without a repeat", async () => {
    const { send, sent } = setUp([new SendFailure('aborted', 'maybe', 'ended')])
    expect((await errorOf(send('read'))).code).toBe('ABORTED')
    expect(sent).toHaveLength(1)
  })
})
