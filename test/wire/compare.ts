import type { ExpectedRequest, Json, Pattern, Signing, WireText } from './evidence.ts'
import { show } from './shapes.ts'

/**
 * Where a request differs from what has to be sent, each difference naming its place:
 * `body.buyLeverage: expected '7', sent nothing`. Time and signature are left to {@link Signing}.
 */
export function requestDifferences(
  expected: ExpectedRequest,
  sent: WireText,
  signing: Signing,
): string[] {
  const query = parametersOf(sent.query, signing.envelope)
  const differences = patternDifferences(expected.query ?? {}, query, 'query')
  if (expected.json === undefined) {
    const body = parametersOf(sent.body, signing.envelope)
    return [...differences, ...patternDifferences(expected.form ?? {}, body, 'body')]
  }
  return [...differences, ...patternDifferences(expected.json, parse(sent.body), 'body')]
}

/** Where a result lacks a member it must have; arrays must be as long as expected. */
export function resultDifferences(expected: Json, received: unknown, path: string): string[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(received)) return [`${path}: expected an array, received ${say(received)}`]
    const differences = expected.flatMap((member, index) =>
      resultDifferences(member, received[index], `${path}[${index}]`),
    )
    if (received.length === expected.length) return differences
    return [`${path}: expected ${expected.length} elements, received ${received.length}`]
  }
  if (typeof expected === 'object' && expected !== null) {
    return Object.entries(expected).flatMap(([key, member]) =>
      resultDifferences(member, memberOf(received, key), `${path}.${key}`),
    )
  }
  if (Object.is(expected, received)) return []
  return [`${path}: expected ${say(expected)}, received ${say(received)}`]
}

/** A request in one line, for messages. */
export function requestLine(request: Pick<WireText, 'method' | 'path'>): string {
  return `${request.method} ${request.path}`
}

/** The same with its parameters, without time and signature. */
export function wordsOf(sent: WireText, { envelope }: Signing): string {
  const body = /^[{[]/.test(sent.body) ? parse(sent.body) : parametersOf(sent.body, envelope)
  return `${requestLine(sent)} query ${show(parametersOf(sent.query, envelope))} body ${show(body)}`
}

/** Where a value differs from a pattern, which it may neither fall short of nor exceed. */
export function patternDifferences(expected: Pattern, sent: unknown, path: string): string[] {
  if (expected instanceof RegExp) {
    if (typeof sent === 'string' && expected.test(sent)) return []
    return [`${path}: expected text like ${expected}, sent ${say(sent)}`]
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(sent) || sent.length !== expected.length) {
      return [`${path}: expected an array of ${expected.length}, sent ${say(sent)}`]
    }
    return expected.flatMap((member, index) =>
      patternDifferences(member, sent[index], `${path}[${index}]`),
    )
  }
  if (typeof expected === 'object' && expected !== null) {
    if (!isRecord(sent)) return [`${path}: expected an object, sent ${say(sent)}`]
    const missing = Object.entries(expected).flatMap(([key, member]) =>
      patternDifferences(member, sent[key], `${path}.${key}`),
    )
    const surplus = Object.keys(sent).filter((key) => !(key in expected))
    return [
      ...missing,
      ...surplus.map((key) => `${path}.${key}: expected nothing, sent ${say(sent[key])}`),
    ]
  }
  if (Object.is(expected, sent)) return []
  return [`${path}: expected ${say(expected)}, sent ${say(sent)}`]
}

/** Decoded parameters; a name that is sent twice carries both values. */
function parametersOf(text: string, envelope: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {}
  for (const pair of text === '' ? [] : text.split('&')) {
    const [name = '', value = ''] = pair.split('=', 2).map(decodeURIComponent)
    if (envelope.includes(name)) continue
    parameters[name] = name in parameters ? `${parameters[name]} and ${value}` : value
  }
  return parameters
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text === '' ? undefined : text
  }
}

/** JSON, with texts in single quotes as the messages of this house have them. */
function say(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : show(value)
}

function memberOf(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
