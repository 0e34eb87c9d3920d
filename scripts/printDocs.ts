import type {
  Capabilities,
  ExchangeDefinition,
  MethodName,
} from '../packages/perpkit/src/client/definition.ts'
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

The first trigger source is the default. Candles that are not in the list are put together from shorter
ones, so that \`getKlines\` takes all fifteen intervals everywhere.

## Methods that are not the same everywhere

${table(['', ...definitions.map(({ name }) => name)], methodRows(definitions))}

${methodReasons(definitions).join('\n')}

## Side effects and limits

${notes.join('\n\n')}
`
}

const FACTS: readonly (readonly [string, (definition: ExchangeDefinition) => string])[] = [
  ['trigger sources', ({ capabilities }) => codes(capabilities.triggerSources)],
  ['time in force', ({ capabilities }) => codes(capabilities.timeInForce)],
  ['kline intervals', ({ capabilities }) => codes(capabilities.klineIntervals)],
  ['position modes', ({ capabilities }) => codes(capabilities.positionModes)],
  ['margin modes', ({ capabilities }) => codes(capabilities.marginModes)],
  ['the margin mode is a setting of', ({ capabilities }) => SCOPES[capabilities.marginModeScope]],
  ['a plain order can be changed in', ({ capabilities }) => listed(capabilities.amend.plain)],
  ['a conditional order in', ({ capabilities }) => listed(capabilities.amend.conditional)],
  ['stop for the whole position', ({ capabilities }) => SIZING[capabilities.stopSizing ?? 'none']],
  ['stop that comes with the entry', ({ capabilities }) => attachedOf(capabilities)],
  ['plain orders in one native call', ({ capabilities }) => batchOf(capabilities)],
  ['callback rate of a trailing stop', ({ capabilities }) => trailingOf(capabilities)],
  ["dead man's switch", ({ capabilities }) => switchOf(capabilities)],
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

const SCOPES = {
  account: 'the account',
  symbol: 'the symbol',
  order: 'nothing: it is said with each order',
} as const

const SIZING = {
  set: 'of the position, set anew to move it',
  amend: 'an order, amended to move it',
  bridge: 'an order, one a side: another stands in while it is moved',
  none: 'none: its quantity is kept true',
} as const

const METHODS: readonly MethodName[] = [
  'getOpenInterest',
  'getFundingRateHistory',
  'getFeeRates',
  'getKeyPermissions',
  'getMarginMode',
  'setMarginMode',
  'getPositionMode',
  'setPositionMode',
  'createTrailingStopOrder',
  'createOrders',
  'amendOrder',
  'setCancelAllAfter',
]

function methodRows(definitions: readonly ExchangeDefinition[]): string[][] {
  return METHODS.map((method) => [
    code(method),
    ...definitions.map(({ capabilities: { unsupported, emulated } }) =>
      unsupported[method] ? 'unsupported' : emulated[method] ? 'emulated' : 'native',
    ),
  ])
}

function methodReasons(definitions: readonly ExchangeDefinition[]): string[] {
  return definitions.flatMap(({ name, capabilities: { unsupported, emulated } }) =>
    METHODS.flatMap((method) => {
      const reason = unsupported[method] ?? emulated[method]
      return reason === undefined ? [] : [`- ${name} ${code(method)}: ${reason}`]
    }),
  )
}

function listed(words: readonly string[]): string {
  return words.length > 0 ? codes(words) : 'nothing'
}

function batchOf({ batch }: Capabilities): string {
  if (!batch) return 'one'
  return batch.oneSymbol ? `${batch.maxOrders} of one symbol` : String(batch.maxOrders)
}

function trailingOf({ trailing }: Capabilities): string {
  if (!trailing) return 'none'
  const { minCallbackRate, maxCallbackRate, callbackRateStep, triggerSources } = trailing
  return `${minCallbackRate} to ${maxCallbackRate}, step ${callbackRateStep}; ${codes(triggerSources)}`
}

function attachedOf({ attachedStop }: Capabilities): string {
  if (!attachedStop) return 'none'
  const { entries, positionModes, triggerSource } = attachedStop
  const watched = triggerSource === undefined ? '' : `, watching ${code(triggerSource)}`
  return `${codes(entries)} in ${codes(positionModes)}${watched}`
}

function switchOf({ cancelAllAfter }: Capabilities): string {
  if (!cancelAllAfter) return 'none'
  const { scope, minMs, maxMs, includesConditional } = cancelAllAfter
  const what = includesConditional ? 'all orders, stops too' : 'plain orders'
  return `of the ${scope}, ${minMs} to ${maxMs} ms; ${what}`
}

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
