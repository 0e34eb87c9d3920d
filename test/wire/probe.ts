import type { Simulator, VenueName } from 'perpkit/simulator'
import type { AnswerEvidence, Key, Probe, Signing, Step, WireText, Words } from './evidence.ts'
import { shapeDifferences, show } from './shapes.ts'

/** Everything one venue's probes need. */
export interface Venue {
  name: VenueName
  /** Where a venue has accounts of several kinds. */
  kind?: 'classic' | 'unified'
  evidence: AnswerEvidence
  signing: Signing
}

export interface Answer {
  /** Method and path of the request. */
  line: string
  status: number
  body: string
  /** The parsed body; `undefined` when it is no JSON. */
  json: unknown
}

/**
 * Plays one probe with a fresh account. Returns what is wrong with the answer and with the ledger,
 * each naming its place: `GET /v5/order/realtime result.list[0]: key 'cumExecQty' is missing`.
 */
export async function playProbe(
  simulator: Simulator,
  venue: Venue,
  probe: Probe,
): Promise<string[]> {
  const answer = await answerOf(simulator, venue, probe)
  return [...answerProblems(probe, answer), ...(await ledgerProblems(simulator, probe))]
}

/** What a fresh account is answered after the steps before. Rejects when one of them is refused. */
export async function answerOf(
  simulator: Simulator,
  venue: Venue,
  { before = [], send }: { before?: readonly Step[] | undefined; send: Probe['send'] },
): Promise<Answer> {
  const { name, kind } = venue
  const key = await simulator.control.createAccount({ venue: name, ...(kind ? { kind } : {}) })
  const earlier: unknown[] = []
  for (const step of [...venue.evidence.opening, ...before]) {
    const words = await takeStep(simulator, step, earlier)
    if (!words) continue
    const answer = await ask(simulator, venue, words, key)
    if (isRefused(answer)) throw new Error(`before: ${answer.line} was refused: ${answer.body}`)
    earlier.push(answer.json)
  }
  return ask(simulator, venue, typeof send === 'function' ? send(earlier) : send, key)
}

/** Sends raw words, signed by this folder, at the venue's own time. */
async function ask(
  simulator: Simulator,
  { name, evidence, signing }: Venue,
  words: Words,
  key: Key,
): Promise<Answer> {
  const now = await sendText(simulator, name, signing.sign(evidence.time.request, key, 0))
  const timestamp = evidence.time.read(now.json) + (words.signedAfterMs ?? 0)
  const text = signing.sign(words, key, timestamp)
  return sendText(simulator, name, words.spoil ? words.spoil(text) : text)
}

async function sendText(simulator: Simulator, venue: VenueName, text: WireText): Promise<Answer> {
  const answer = await simulator.dispatch(venue, { ...text, remoteAddress: '127.0.0.1' })
  if (!answer) throw new Error(`${lineOf(text)}: the venue cut the connection`)
  return { line: lineOf(text), status: answer.status, body: answer.body, json: parse(answer.body) }
}

async function takeStep(
  simulator: Simulator,
  step: Step,
  earlier: readonly unknown[],
): Promise<Words | undefined> {
  if (typeof step === 'function') return step(earlier)
  if ('price' in step) {
    const [symbol, price] = step.price
    await simulator.control.setPrice({ symbol, price })
    return undefined
  }
  if ('advanceMs' in step) {
    await simulator.control.advance({ ms: step.advanceMs })
    return undefined
  }
  return step
}

function answerProblems(probe: Probe, answer: Answer): string[] {
  const { line } = answer
  const status = probe.status ?? 200
  if (answer.status !== status) {
    return [`${line} status: expected ${status}, received ${answer.status} ${answer.body}`]
  }
  const problems: string[] = []
  const { text } = probe
  const isText = text instanceof RegExp ? text.test(answer.body) : text === answer.body
  if (text !== undefined && !isText) {
    problems.push(`${line} body: expected ${text}, received ${show(answer.body)}`)
  }
  if (probe.answer !== undefined) {
    for (const difference of shapeDifferences(probe.answer, answer.json, '')) {
      problems.push(`${line} ${difference}`)
    }
  }
  return problems
}

async function ledgerProblems(simulator: Simulator, probe: Probe): Promise<string[]> {
  const entries = await simulator.control.ledger()
  const expected = probe.notUnderstood ?? []
  const surplus = entries.filter(({ name }) => !expected.includes(name))
  const missing = expected.filter((name) => !entries.some((entry) => entry.name === name))
  return [
    ...surplus.map((entry) => `ledger: ${JSON.stringify(entry)}`),
    ...missing.map((name) => `ledger: expected an entry '${name}'`),
  ]
}

/** Whether a request that prepares a probe was refused, in any of the ways there are. */
function isRefused({ status, body }: Answer): boolean {
  return (
    status !== 200 || /^\{"(retCode":(?!0,)|code":(?!200,|"0+")["\d]|result":"error")/.test(body)
  )
}

function lineOf({ method, path }: WireText): string {
  return `${method} ${path}`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
