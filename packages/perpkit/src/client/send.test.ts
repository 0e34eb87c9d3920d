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
import { type Bucket, createBudget } from '../transport/limiter.ts'
import { createMemoryBudgetStore } from '../transport/memoryStore.ts'
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

function budgetOver(
  { clock }: Passage,
  quota: Pick<Bucket, 'limit' | 'windowMs'>,
  store = createMemoryBudgetStore({ clock }),
) {
  const owner = { address: 'here', key: 'key' }
  return createBudget([{ name: 'all', ...quota, scope: 'key' }], owner, { store, clock })
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

  it('error: a repeat that cannot leave does not make a lost call one that was not sent', async () => {
    const { send } = setUp([lost(), notSent(), notSent()])
    expect(await errorOf(send('idempotent'))).toBeInstanceOf(OutcomeUnknownError)
    const { passage, send: sendLimited } = setUp([lost()])
    passage.budget = budgetOver(passage, { limit: 1, windowMs: 60_000 })
    expect(await errorOf(sendLimited('idempotent'))).toBeInstanceOf(OutcomeUnknownError)
    const { send: sendTwice } = setUp([lost(), refusal('RATE_LIMITED')])
    expect(await errorOf(sendTwice('idempotent'))).toBeInstanceOf(OutcomeUnknownError)
    const { send: sendGone } = setUp([lost(), refusal('ORDER_NOT_FOUND')])
    expect((await errorOf(sendGone('idempotent'))).code).toBe('ORDER_NOT_FOUND')
    const { send: read } = setUp([lost(), notSent(), notSent()])
    expect(await errorOf(read('read'))).toMatchObject({ code: 'CONNECTION_LOST', sent: 'maybe' })
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

  it('error: a public call refused for its time does not ask for the time', async () => {
    const { passage, timesAsked } = setUp([refusal('TIMESTAMP_OUT_OF_WINDOW')])
    const call = createCall(passage, { action: 'getServerTime' })
    const sending = call({ ...endpoint('read'), access: 'public' }, { x: 7 })
    expect((await errorOf(sending)).code).toBe('TIMESTAMP_OUT_OF_WINDOW')
    expect(timesAsked()).toBe(0)
  })

  it('error: when the time cannot be asked again, the refusal is told', async () => {
    const { passage, sent } = setUp([refusal('TIMESTAMP_OUT_OF_WINDOW')])
    const unsent = { code: 'NOT_SENT', sent: 'no' } as const
    const resync = () => Promise.reject(new TransportError('no connection', unsent))
    const call = createCall(
      { ...passage, time: { ...passage.time, resync } },
      { action: 'doThing' },
    )
    expect((await errorOf(call(endpoint('once'), { x: 7 }))).code).toBe('TIMESTAMP_OUT_OF_WINDOW')
    expect(sent).toHaveLength(1)
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

  it('error: a rate limit carries how long to wait, and is told where our budgets are off', async () => {
    const step = { ...refusal('RATE_LIMITED'), retryAfterMs: 1_500 } as Verdict
    const error = await errorOf(setUp([step]).send('read'))
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({ retryAfterMs: 1_500 })
  })

  it('behavior: waits for the budget, and gives up when the deadline comes first', async () => {
    const { passage, sent, send } = setUp([{ value: 1 }, { value: 2 }])
    passage.budget = budgetOver(passage, { limit: 2, windowMs: 4_000 })
    await send('read', { budgetClass: 'protect' })
    await send('read', { budgetClass: 'protect' })
    expect(sent).toHaveLength(2)
    passage.budget = budgetOver(passage, { limit: 2, windowMs: 400_000 })
    passage.budget.report([{ name: 'all', used: 2 }])
    const error = await errorOf(send('read'))
    expect([error.code, sent.length]).toEqual(['NOT_SENT', 2])
    expect(error.message).toMatch(/used up for another \d+ ms/)
  })

  it('behavior: costs may follow from the parameters', async () => {
    const { passage, sent } = setUp([{ value: 1 }])
    passage.budget = budgetOver(passage, { limit: 10, windowMs: 400_000 })
    const costly = { ...endpoint('read'), cost: ({ x }: { x: number }) => ({ all: x }) }
    const call = createCall(passage, { action: 'doThing' })
    await call(costly, { x: 7 })
    expect((await errorOf(call(costly, { x: 1 }))).code).toBe('NOT_SENT')
    expect(sent).toHaveLength(1)
  })

  it("error: the caller's signal ends the wait for the budget", async () => {
    const { passage, send, sent } = setUp([])
    passage.budget = budgetOver(passage, { limit: 10, windowMs: 1_000 })
    passage.budget.close(['all'], 5_000)
    const signal = AbortSignal.abort()
    expect(await errorOf(send('once', { signal }))).toMatchObject({ code: 'ABORTED', sent: 'no' })
    expect(sent).toHaveLength(0)
  })

  it.each(['read', 'idempotent', 'once'] as const)(
    'behavior: %s refused as one too many is repeated when the exchange allows it',
    async (effect) => {
      const limited = { ...refusal('RATE_LIMITED'), retryAfterMs: 3_000 } as Verdict
      const { passage, send, sent, clock } = setUp([limited, limited, { value: 5 }])
      passage.budget = budgetOver(passage, { limit: 100, windowMs: 1_000 })
      const repeats: number[] = []
      expect(await send(effect, { onRepeat: () => repeats.push(1) })).toBe(5)
      expect([sent.length, repeats.length]).toEqual([3, 0])
      expect(clock.now() - 1_000_000).toBeGreaterThanOrEqual(6_000)
    },
  )

  it('error: when that comes after the deadline, the refusal is told at once, with the numbers', async () => {
    const limited = { ...refusal('RATE_LIMITED'), retryAfterMs: 12_000 } as Verdict
    const { passage, send, sent, clock } = setUp([limited])
    passage.budget = budgetOver(passage, { limit: 100, windowMs: 1_000 })
    const error = await errorOf(send('once'))
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({ retryAfterMs: 12_000 })
    expect(error.message).toBe(
      'BYBIT refused doThing: no (-1); not again for 12000 ms, the deadline is in 10000 ms',
    )
    expect([sent.length, clock.now()]).toEqual([1, 1_000_000])
  })

  it('behavior: a refusal holds back all who share the budget, also to protect', async () => {
    const limited = { ...refusal('RATE_LIMITED'), retryAfterMs: 60_000 } as Verdict
    const { passage, send, sent } = setUp([limited])
    const store = createMemoryBudgetStore({ clock: passage.clock })
    passage.budget = budgetOver(passage, { limit: 100, windowMs: 1_000 }, store)
    await errorOf(send('read'))
    passage.budget = budgetOver(passage, { limit: 100, windowMs: 1_000 }, store)
    const error = await errorOf(send('once', { budgetClass: 'protect' }))
    expect([error.code, sent.length]).toEqual(['NOT_SENT', 1])
    expect(error.message).toContain('used up for another 60000 ms, the deadline is in 10000 ms')
  })

  it('behavior: what an exchange says of its budgets is heard', async () => {
    const { passage, send } = setUp([{ value: 1 }, { value: 2 }])
    passage.definition = {
      ...passage.definition,
      readUsage: ({ json }, cost) =>
        Object.keys(cost).map((name) => ({ name, used: JSON.stringify(json).length * 100 })),
      closedBy: () => [],
    }
    passage.budget = budgetOver(passage, { limit: 1_000, windowMs: 100_000 })
    await send('read')
    expect((await errorOf(send('read'))).code).toBe('NOT_SENT')
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
