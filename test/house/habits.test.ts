import { describe, expect, test } from 'vitest'
import {
  defaultExports,
  endpointsOf,
  homelessUses,
  testTricks,
  tooLong,
  typeHoles,
} from './habits.ts'
import { filesBelow, ROOT, SOURCE, type SourceFile, TEST_FILE } from './source.ts'

const files = filesBelow(SOURCE, /\.ts$/)
const sources = files.filter(({ path }) => !TEST_FILE.test(path))
const everything = filesBelow(ROOT, /\.ts$/)

const file = (path: string, text: string): SourceFile => ({ path, text })

describe('time, chance, timers, console and process', () => {
  test('default: are used in their homes only', () => {
    expect(sources.flatMap(homelessUses)).toEqual([])
  })

  test.each([
    ['Date.now', 'const at = Date.now()'],
    ['Date.now', 'const clock = { now: Date.now }'],
    ['new Date()', 'const at = new Date()'],
    ['performance.now', 'const at = performance.now()'],
    ['Math.random', 'const chance = Math.random() < 0.5'],
    ['setTimeout', 'setTimeout(() => undefined, 5)'],
    ['setInterval', 'setInterval(() => undefined, 5)'],
    ['console', "console.log('here')"],
    ['process', 'const key = process.env.KEY'],
  ])('error: %s is noticed in %s', (name, text) => {
    expect(homelessUses(file('client/send.ts', text))).toEqual([`client/send.ts:1 uses ${name}`])
  })

  test('args: words in comments and texts are no uses, a date from a number is none', () => {
    const text = "// Date.now() is not for us\nconst a = 'Math.random()'\nconst b = new Date(0)"
    expect(homelessUses(file('client/send.ts', text))).toEqual([])
  })
})

describe('types', () => {
  test('default: no file goes around the type checker', () => {
    expect(everything.length).toBeGreaterThan(files.length)
    expect(everything.flatMap(typeHoles)).toEqual([])
  })

  test.each([
    ['says any', 'const a: any = 1'],
    ['says any', 'const a: Record<string, any> = {}'],
    ['says any', 'const a = b as any'],
    ['says ! of what may be absent', 'const a = b!.c'],
    ['casts through unknown', 'const a = b as unknown as string'],
    ['silences the compiler', '// @ts-ignore\nconst a = b'],
    ['silences the compiler', '/* @ts-expect-error */ const a = b'],
  ])('error: %s: %s', (hole, text) => {
    expect(typeHoles(file('a.ts', text))).toEqual([`a.ts:1 ${hole}`])
  })

  test('args: the words alone are allowed', () => {
    const text = "const any = '@ts-ignore'\nconst b = !any && any !== 'x' // as unknown as any!"
    expect(typeHoles(file('a.ts', text))).toEqual([])
  })
})

describe('form', () => {
  test('default: no default exports', () => {
    expect(files.flatMap(defaultExports)).toEqual([])
  })

  test('error: a default export is noticed', () => {
    expect(defaultExports(file('a.ts', '\nexport default 1'))).toEqual(['a.ts:2 exports a default'])
  })

  test('default: no source file over 400 lines, no function over 60', () => {
    expect(sources.flatMap(tooLong)).toEqual([])
  })

  test('error: one line too many is noticed', () => {
    const lines = 'a()\n'.repeat(58)
    expect(tooLong(file('a.ts', `function f() {\n${lines}}\n`))).toEqual([])
    expect(tooLong(file('a.ts', `function f() {\n${lines}a()\n}\n`))).toEqual([
      'a.ts:1 is a function of 61 lines',
    ])
    expect(tooLong(file('a.ts', 'a()\n'.repeat(400)))).toEqual([])
    expect(tooLong(file('a.ts', 'a()\n'.repeat(401)))).toEqual(['a.ts has 401 lines'])
  })
})

describe('tests', () => {
  test('default: no test replaces our modules, runs alone or is left out unconditionally', () => {
    const tests = everything.filter(({ path }) => TEST_FILE.test(path))
    expect(tests.flatMap(testTricks)).toEqual([])
  })

  test.each(['vi.mock', 'vi.doMock', 'test.only', 'describe.skip', 'it.todo'])(
    'error: %s is noticed',
    (name) => {
      expect(testTricks(file('a.test.ts', `${name}('x')`))).toEqual([`a.test.ts:1 uses ${name}`])
    },
  )
})

describe('endpoints', () => {
  const exchanges = new Map<string, SourceFile[]>()
  for (const source of sources) {
    const name = /^exchanges\/([^/]+)\//.exec(source.path)?.[1]
    if (name !== undefined) exchanges.set(name, [...(exchanges.get(name) ?? []), source])
  }

  test.each([...exchanges.keys()])('default: %s links each to its documentation', (name) => {
    const found = (exchanges.get(name) ?? []).flatMap((source) =>
      endpointsOf(source).map((endpoint) => ({ ...endpoint, path: source.path })),
    )
    expect(found.length).toBeGreaterThan(10)
    expect(found.filter(({ hasLink }) => !hasLink)).toEqual([])
  })

  test('args: the link may stand in either kind of comment, and above other comments', () => {
    for (const comment of [
      '// https://docs.example.com/order',
      '/** Places. https://docs.example.com/order */',
      '// https://docs.example.com/order\n// Sheet 4.4.',
    ]) {
      const text = `${comment}\nexport const createOrder: Endpoint<A, B> = {}`
      expect(endpointsOf(file('orders.ts', text)), comment).toMatchObject([
        { name: 'createOrder', hasLink: true },
      ])
    }
  })

  test('args: a link above a value counts for the endpoints that are spread from it', () => {
    const text = [
      '// https://docs.example.com/order',
      "const order = { path: '/order' } as const",
      'export const getOrder: Endpoint<A, B> = { ...order }',
      'export const other: Endpoint<A, B> = { ...unknown }',
    ].join('\n')
    expect(endpointsOf(file('orders.ts', text))).toMatchObject([
      { name: 'getOrder', hasLink: true },
      { name: 'other', hasLink: false },
    ])
  })

  test('args: a function that makes endpoints is one', () => {
    const text = 'function page(path: string): Endpoint<A, B> {\n  return { path }\n}'
    expect(endpointsOf(file('orders.ts', text))).toEqual([
      { name: 'page', line: 1, hasLink: false },
    ])
  })

  test('error: an endpoint without a link, or with one above something else, is told', () => {
    const text = [
      'const first: Endpoint<A, B> = {}',
      '// https://docs.example.com/order',
      'const other = 1',
      'export const second: Endpoint<A, B> = {}',
    ].join('\n')
    expect(endpointsOf(file('orders.ts', text))).toEqual([
      { name: 'first', line: 1, hasLink: false },
      { name: 'second', line: 4, hasLink: false },
    ])
  })
})
