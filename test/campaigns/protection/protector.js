// A process that protects a position until it is killed. It takes up what the one before has left in
// the journal, says how that stands, and asks for new protection when it is told to. It may be told to
// kill itself at a certain request: before it leaves, on its way, or when it is answered. It runs what
// `npm run build` has made.
import { writeSync } from 'node:fs'
import { kill, pid, stdin } from 'node:process'
import { createInterface } from 'node:readline'
import { openStore } from '@perpkit/store'
import { createFuturesExchange, SendFailure } from 'perpkit'

const lines = createInterface({ input: stdin })[Symbol.asyncIterator]()
const heard = async () => JSON.parse((await lines.next()).value ?? 'null')

// It waits to be told what to do, so that it can be started before its time.
const { name, credentials, baseUrl, place, laterMs, death } = await heard()

// Synchronous writes: what was said has arrived, however the process ends.
const say = (word, value) => writeSync(1, `${JSON.stringify({ word, value })}\n`)

/** Passed points until it dies: three a request, one before and one after each row. */
let left = Number.POSITIVE_INFINITY
const pass = () => {
  left -= 1
  if (left < 0) kill(pid, 'SIGKILL')
}
const arm = (phase) => {
  if (death.phase === phase && death.points !== undefined) left = death.points
}

/**
 * The machine's time, so much later that the lease of the process before, which nobody has given back,
 * is over. Renewals are not needed in so short a life.
 */
const leaseClock = {
  now: () => Date.now() + laterMs,
  after(ms, task) {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
  background: () => () => {},
}

const transport = {
  async send({ method, url, headers, body, timeoutMs }) {
    pass()
    const signal = AbortSignal.timeout(timeoutMs)
    const sent = fetch(url, { method, headers, signal, ...(body !== '' && { body }) })
    sent.catch(() => undefined)
    // The bytes leave in the next turns.
    await new Promise((resolve) => setTimeout(resolve, 1))
    pass()
    try {
      const answer = await sent
      const text = await answer.text()
      pass()
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text }
    } catch {
      throw new SendFailure('lost', 'maybe', 'no answer')
    }
  },
  async close() {},
}

const store = await openStore({ ...place, clock: leaseClock })
const kept = store.journal('main')
const journal = {
  identity: () => kept.identity(),
  record: (intent) => kept.record(intent),
  settle: (id, outcome) => kept.settle(id, outcome),
  unsettled: () => kept.unsettled(),
  managed: () => kept.managed(),
  async saveManaged(entry) {
    pass()
    await kept.saveManaged(entry)
    say('row', entry.isFinal)
    pass()
  },
}
// Limits are not on trial, and waiting for them would be most of so short a life.
const options = { ...credentials, baseUrl, journal, transport, rateLimit: false }
const exchange = createFuturesExchange(name, options)

const textOf = (error) => (error instanceof Error ? error.message : String(error))

/** Until nothing of it is under way, or for as long as a caller would wait. */
async function settled(managed) {
  const giveUpAt = Date.now() + 6_000
  for (;;) {
    const isQuiet = await managed.refresh().then(
      ({ stopLossOrder }) => stopLossOrder?.status !== 'NEW',
      // A stop that stands and could not be moved is told by an error; it stands.
      (error) => {
        say('refused', textOf(error))
        return managed.status !== 'UNPROTECTED'
      },
    )
    if (isQuiet || Date.now() > giveUpAt) return managed.status
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function takeUp() {
  for (let attempt = 0; ; attempt++) {
    try {
      return await exchange.resumeManagedOrders()
    } catch (error) {
      if (attempt === 20) return []
      say('again', textOf(error))
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}

arm('resuming')
say('up', (await kept.managed()).length)
const taken = await takeUp()
const statuses = []
for (const managed of taken) statuses.push(await settled(managed))
say('resumed', statuses)

for (let order = await heard(); order; order = await heard()) {
  const { entry, ...request } = order
  arm('acting')
  say('asked')
  try {
    const managed = entry
      ? await exchange.openProtectedPosition({ ...request, entry })
      : await exchange.createManagedOrders(request)
    say('done', managed.status)
  } catch (error) {
    say('failed', textOf(error))
  }
}
