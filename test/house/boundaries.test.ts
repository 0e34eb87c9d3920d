import { describe, expect, test } from 'vitest'
import { forbiddenImports, importCycles, loadedBy, strayExchangeNames } from './boundaries.ts'
import { filesBelow, SOURCE, type SourceFile, TEST_FILE } from './source.ts'

const files = filesBelow(SOURCE, /\.ts$/)
const sources = files.filter(({ path }) => !TEST_FILE.test(path))
const doors = sources.filter(({ path }) => path.startsWith('doors/'))

const file = (path: string, text: string): SourceFile => ({ path, text })

describe('who may import whom', () => {
  test('default: no file imports what the table in ARCHITECTURE.md does not allow', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(forbiddenImports(files)).toEqual([])
  })

  test.each([
    ['core/clock.ts', '../model/tokens.ts', 'core imports nothing of ours'],
    ['model/order.ts', '../client/definition.ts', 'model imports core'],
    ['transport/http.ts', '../model/order.ts', "transport imports core and the model's errors"],
    ['client/send.ts', '../exchanges/registry.ts', 'the registry only in createFuturesExchange'],
    ['client/send.ts', '../exchanges/bybit/sign.ts', 'client imports core, model and transport'],
    ['exchanges/bybit/orders.ts', '../../client/send.ts', 'an exchange imports core'],
    ['exchanges/bybit/orders.ts', '../binance/tokens.ts', 'its own folder'],
    ['exchanges/bybit/orders.ts', '../../transport/http.ts', "transport's types"],
    ['exchanges/bybit/orders.ts', '../../simulator/server/params.ts', 'an exchange imports core'],
    ['doors/bybit.ts', '../exchanges/binance/index.ts', 'a door imports'],
    ['doors/bybit.ts', '../client/createFuturesExchange.ts', 'a door imports'],
    ['simulator/engine/book.ts', '../server/params.ts', "simulator's engine"],
    ['simulator/venues/bybit/orders.ts', '../binance/orders.ts', 'a venue imports'],
    ['simulator/venues/bybit/orders.ts', '../../../model/tokens.ts', 'a venue imports'],
    ['simulator/startSimulator.ts', '../model/order.ts', 'the simulator imports core'],
    ['simulator/engine/book.test.ts', '../../model/order.ts', 'tests of the simulator'],
    ['client/send.test.ts', '../simulator/createSimulator.ts', 'tests of the client'],
    ['core/json.test.ts', '../model/order.ts', 'tests of core'],
  ])('error: %s may not import %s', (path, specifier, rule) => {
    const found = forbiddenImports([file(path, `import { a } from '${specifier}'`)])
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(rule)
  })

  test('args: type imports, re-exports and dynamic imports count as imports', () => {
    const specifier = "'../../client/send.ts'"
    for (const text of [
      `import type { A } from ${specifier}`,
      `export { a } from ${specifier}`,
      `export * from ${specifier}`,
      `const a = await import(${specifier})`,
      `type A = import(${specifier}).A`,
    ]) {
      expect(forbiddenImports([file('exchanges/bybit/orders.ts', text)]), text).toHaveLength(1)
    }
  })

  test('args: an exchange may import the types of transport', () => {
    const text = `import type { Transport } from '../../transport/types.ts'`
    expect(forbiddenImports([file('exchanges/bybit/orders.ts', text)])).toEqual([])
  })

  test('args: a test may look into every room of its own hand', () => {
    const text = `import { a } from '../../client/send.ts'`
    expect(forbiddenImports([file('exchanges/bybit/orders.test.ts', text)])).toEqual([])
  })

  test('error: a file outside all rooms is told', () => {
    expect(forbiddenImports([file('utils/helpers.ts', '')])).toEqual([
      'utils/helpers.ts: stands in no room of ARCHITECTURE.md',
    ])
  })
})

describe('import cycles', () => {
  test('default: there are none', () => {
    expect(importCycles(files)).toEqual([])
  })

  test('error: a circle of three is told once, with its way', () => {
    const circle = [
      file('core/a.ts', `import { b } from './b.ts'`),
      file('core/b.ts', `import type { C } from './c.ts'`),
      file('core/c.ts', `export { a } from './a.ts'`),
      file('core/d.ts', `import { a } from './a.ts'`),
    ]
    expect(importCycles(circle)).toEqual(['core/a.ts → core/b.ts → core/c.ts → core/a.ts'])
  })
})

describe('front doors', () => {
  test('default: every exchange has one', () => {
    const exchanges = new Set(
      sources.flatMap(({ path }) => /^exchanges\/([^/]+)\//.exec(path)?.[1] ?? []),
    )
    expect(exchanges.size).toBeGreaterThan(0)
    expect(doors.map(({ path }) => path)).toEqual(
      [...exchanges].sort().map((name) => `doors/${name}.ts`),
    )
  })

  test.each(doors)('behavior: $path loads one exchange and no simulator', ({ path }) => {
    const name = path.replace(/^doors\/|\.ts$/g, '')
    const loaded = loadedBy(path, sources)
    expect(loaded).toContain(`exchanges/${name}/index.ts`)
    expect(loaded.filter((other) => /^(exchanges|simulator)\//.test(other))).toEqual(
      loaded.filter((other) => other.startsWith(`exchanges/${name}/`)),
    )
  })

  test('behavior: perpkit does not load the simulator', () => {
    const loaded = loadedBy('index.ts', sources)
    expect(loaded).toContain('exchanges/registry.ts')
    expect(loaded.filter((path) => path.startsWith('simulator/'))).toEqual([])
  })
})

describe("an exchange's name", () => {
  test('default: stands in its own rooms only', () => {
    expect(strayExchangeNames(files)).toEqual([])
  })

  test.each([
    ['core/json.ts', 'const isHtx = true'],
    ['client/send.ts', "const isSlow = name === 'BYBIT'"],
    ['client/send.ts', '// Bybit answers late'],
    ['model/tokens.ts', "export const first = 'BINANCE'"],
    ['simulator/engine/book.ts', '// as Kraken does'],
  ])('error: noticed in %s: %s', (path, text) => {
    expect(strayExchangeNames([file(path, text)])).toHaveLength(1)
  })

  test('args: a comment of the public types may warn of a difference', () => {
    const text = "/** `'BTCUSDT'` (Kraken: `'BTCUSD'`). */\nexport type A = string"
    expect(strayExchangeNames([file('model/instrument.ts', text)])).toEqual([])
  })
})
