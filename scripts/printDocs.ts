import type { Capabilities, ExchangeDefinition } from '../packages/perpkit/src/client/definition.ts'
import { ERROR_CODES } from '../packages/perpkit/src/model/errorCodes.ts'

// The pages that are printed from the code. `npm run docs` writes them; `test/house/docs.test.ts`
// fails when a page is not what stands here.

const PRINTED = '<!-- Printed from the code by `npm run docs`; do not edit. -->'

/** `docs/errors.md`: every code with its meaning and remedy. */
export function printErrors(): string {
  const rows = Object.entries(ERROR_CODES).map(([code, [meaning, remedy]]) => [
    `<a id="${code.toLowerCase()}"></a>\`${code}\``,
    meaning,
    remedy,
  ])
  return `${PRINTED}

# Errors

Everything this library throws is a \`PerpkitError\` with a \`code\`. Branch on the class for what you do
differently, on the code for what happened; show the message to people. \`exchange\`, \`action\` and
\`cause\` say where it came from.

| class | thrown when | carries besides |
| --- | --- | --- |
| \`RequestError\` | refused by us before anything was sent | |
| \`ExchangeError\` | the exchange answered no: what was asked for did not happen | \`nativeCode\` \`nativeMessage\` \`status\` |
| \`AuthenticationError\` | key, secret, passphrase or permission; also before any traffic when a key is missing | as \`ExchangeError\` |
| \`RateLimitError\` | too many requests | \`retryAfterMs\` |
| \`InsufficientMarginError\` | not enough margin | as \`ExchangeError\` |
| \`OrderNotFoundError\` | the exchange has never seen the order | as \`ExchangeError\` |
| \`TransportError\` | no usable answer to a call that changes nothing, or a call that certainly did not leave | \`sent\` |
| \`OutcomeUnknownError\` | it may have happened, and asking did not settle it | \`clientOrderId\` \`tried\` |
| \`DecodeError\` | the answer is not what the exchange's documentation says | \`path\` \`expected\` \`received\` |
| \`ProtectionError\` | protection could not be placed as asked | \`status\` \`stopLossOrder\` \`takeProfitOrders\` \`closingOrder\` |

The four between \`ExchangeError\` and \`TransportError\` are \`ExchangeError\`s too. \`PerpkitError.is(e)\`
recognises an error of another copy of the package.

${table(['code', 'what it means', 'what to do'], rows)}
`
}

/** `docs/capabilities.md`: what each exchange can do, from the definitions. */
export function printCapabilities(definitions: readonly ExchangeDefinition[]): string {
  const rows = FACTS.map(([name, tell]) => [name, ...definitions.map((each) => tell(each))])
  const notes = definitions.map(({ name, capabilities }) => printNotes(name, capabilities))
  return `${PRINTED}

# Capabilities

What an exchange can do, as \`exchange.capabilities\` tells it to programs. What is not here throws a
\`RequestError\` with the code \`UNSUPPORTED\` before anything is sent.

${table(['', ...definitions.map(({ name }) => name)], rows)}

The first trigger source is the default.

## Side effects and limits

${notes.join('\n\n')}
`
}

const FACTS: readonly (readonly [string, (definition: ExchangeDefinition) => string])[] = [
  ['trigger sources', ({ capabilities }) => codes(capabilities.triggerSources)],
  ['time in force', ({ capabilities }) => codes(capabilities.timeInForce)],
  ['kline intervals', ({ capabilities }) => codes(capabilities.klineIntervals)],
  ['klines in one request', ({ maxKlinesPerRequest }) => String(maxKlinesPerRequest)],
  ['testnet', ({ capabilities }) => (capabilities.testnet ? 'yes' : 'no')],
  ['passphrase', ({ needsPassphrase }) => (needsPassphrase ? 'required' : 'none')],
  [
    'answer to a new order',
    ({ capabilities }) =>
      capabilities.orderAnswer === 'state' ? 'its state' : 'a receipt; the order is read after it',
  ],
  [
    'client order id may be used again',
    ({ capabilities }) =>
      capabilities.clientOrderIdUnique === 'forEver' ? 'never' : 'when its order has ended',
  ],
  ['client order id', ({ clientOrderIdPattern }) => code(clientOrderIdPattern.source)],
]

function printNotes(name: string, { notes }: Capabilities): string {
  const lines = notes.length > 0 ? notes.map((note) => `- ${note}`) : ['None known.']
  return `### ${name}\n\n${lines.join('\n')}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function codes(words: readonly string[]): string {
  return words.map(code).join(' ')
}

/** A bar would end the cell, in code as well. */
function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``
}
