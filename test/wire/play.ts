import { createFuturesExchange, PerpkitError, SendFailure } from 'perpkit'
import { createEagerClock } from '../support/eagerClock.ts'
import { recordingTransport } from '../support/recordingTransport.ts'
import { WIRE_TIME, type WireCase } from './cases.ts'
import { requestDifferences, requestLine, resultDifferences, wordsOf } from './compare.ts'
import type { Expected, ExpectedRequest, Key, Signing, WireEvidence, WireText } from './evidence.ts'

export interface Play {
  exchange: string
  /** Where an exchange has accounts of several kinds. */
  account?: string
  evidence: WireEvidence
  signing: Signing
}

/** Of all cases. */
export const KEY: Key = {
  apiKey: 'fictional-api-key-0001',
  apiSecret: 'fictional-secret-0001',
  passphrase: 'fictional-passphrase-0001',
}

const USUAL = { symbol: 'BTCUSDT', client: (id: string): string => id }

/**
 * Runs one case against canned answers. Returns what is wrong with the requests that left and with
 * the result; empty when all is as the evidence says. Requests may leave in any order.
 */
export async function playCase(
  { exchange, evidence, signing }: Play,
  { id, run }: WireCase<keyof WireEvidence['cases']>,
): Promise<string[]> {
  const expectation = evidence.cases[id]
  const expected: Expected = 'unsupported' in expectation ? { requests: [] } : expectation
  const code = 'unsupported' in expectation ? 'UNSUPPORTED' : expected.rejects
  const clock = createEagerClock(WIRE_TIME)
  const problems = new Set<string>()
  const open = new Set(expected.requests)

  const transport = recordingTransport((sent) => {
    const looks = expected.looks?.(expected.requests.length - open.size) ?? []
    const [next] = open
    const found =
      nearest(sent, expected.inOrder && next ? [next] : [...open], signing) ??
      nearest(sent, [...looks, ...evidence.preliminaries], signing) ??
      nearest(sent, [...open], signing)
    if (!found) {
      problems.add(`unexpected ${wordsOf(sent, signing)}`)
      throw new SendFailure('unreachable', 'no', 'the evidence does not expect this request')
    }
    if (expected.inOrder && open.has(found) && found !== next) {
      problems.add(`too early: ${describe(found)}`)
    }
    open.delete(found)
    for (const problem of [
      ...requestDifferences(found, sent, signing),
      ...signing.faults(sent, found.access, KEY, clock.now()),
      ...windowFaults(found, sent, signing, clock.now()),
    ]) {
      problems.add(`${requestLine(sent)} ${problem}`)
    }
    return { status: found.status ?? 200, headers: {}, text: JSON.stringify(found.answer) }
  })

  const client = createFuturesExchange(exchange, {
    ...KEY,
    baseUrl: 'http://exchange.test',
    rateLimit: false,
    transport,
    clock,
  })
  try {
    const result = await run(client, { ...USUAL, ...evidence.ids })
    if (code !== undefined) problems.add(`expected a rejection with ${code}, it resolved`)
    if (expected.result !== undefined) {
      for (const problem of resultDifferences(expected.result, result, 'result')) {
        problems.add(problem)
      }
    }
  } catch (error) {
    const isExpected = PerpkitError.is(error) && error.code === code
    if (!isExpected) problems.add(`rejected: ${error}, expected ${code ?? 'a result'}`)
  }
  for (const request of open) problems.add(`never sent: ${describe(request)}`)
  return [...problems]
}

/** The candidate for the same method and path that differs least. */
function nearest(
  sent: WireText,
  candidates: readonly ExpectedRequest[],
  signing: Signing,
): ExpectedRequest | undefined {
  let best: ExpectedRequest | undefined
  let least = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    if (requestLine(candidate) !== requestLine(sent)) continue
    const distance = requestDifferences(candidate, sent, signing).length
    if (distance >= least) continue
    best = candidate
    least = distance
  }
  return best
}

function windowFaults(
  expected: ExpectedRequest,
  sent: WireText,
  signing: Signing,
  now: number,
): string[] {
  if (!expected.dated) return []
  const window = signing.windowOf(sent, now)
  if (window !== undefined && Number(window) <= 2_000) return []
  return [`window: expected at most 2000 ms for a call that creates, sent ${window ?? 'nothing'}`]
}

function describe({ method, path, query, form, json }: ExpectedRequest): string {
  const words = [query, form, json].filter((part) => part !== undefined)
  return `${requestLine({ method, path })} ${words.map((part) => JSON.stringify(part)).join(' ')}`
}
