import { describe, expect, test } from 'vitest'
import { filesBelow, ROOT, type SourceFile } from './source.ts'

const files = filesBelow(ROOT, /(^|\/)\.?[^/]*$/).filter(({ path }) => path !== 'package-lock.json')

// The sheets quote the exchanges, whose words these are; this file names what it looks for.
const SHEETS = /^docs\/wire\//
const HERE = 'test/house/words.test.ts'

interface Rule {
  says: string
  pattern: RegExp
  notIn?: RegExp
}

const RULES: readonly Rule[] = [
  {
    says: "a path of somebody's machine",
    pattern: /(?<![\w.:/-])\/(home|Users|root|work|tmp|mnt|opt)\/\w+|\b[A-Z]:\\Users/g,
  },
  { says: 'a package registry', pattern: /\b(registry|npm|nexus|artifactory)\.[\w-]+\.[a-z]{2,}/g },
  { says: 'something left for later', pattern: /\b(TODO|FIXME|XXX|HACK)\b/g, notIn: SHEETS },
  // One word per thing: connection for the wire, run for a program, testnet for practice money. Names of
  // calls on the wire (`session.logon`) are an exchange's.
  {
    says: 'a word this project has another one for',
    pattern: /\b(sandbox|sessions?(?!\.['a-z]))\b/gi,
    notIn: SHEETS,
  },
  {
    says: 'a word nobody needs',
    pattern: /\b(blazing|seamless\w*|effortless\w*|cutting-edge)\b/gi,
  },
]

function strayWords(file: SourceFile): string[] {
  return RULES.filter(({ notIn }) => !notIn?.test(file.path)).flatMap(({ says, pattern }) =>
    file.text
      .split('\n')
      .flatMap((line, index) =>
        [...line.matchAll(pattern)].map(([word]) => `${file.path}:${index + 1} '${word}': ${says}`),
      ),
  )
}

describe('words', () => {
  test('default: none stands in the project that does not belong there', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(files.filter(({ path }) => path !== HERE).flatMap(strayWords)).toEqual([])
  })

  test.each([
    'see /home/someone/perpkit/notes',
    'C:\\Users\\someone',
    'https://registry.example.org/x',
    '// TODO: later',
    'const sandbox = true',
    'the next session',
  ])('error: %s', (line) => {
    expect(strayWords({ path: 'a.ts', text: `\n${line}` })).toHaveLength(1)
    expect(strayWords({ path: 'a.ts', text: `\n${line}` })[0]).toMatch(/^a\.ts:2 /)
  })

  test('args: paths of URLs and of this project are no paths of a machine', () => {
    const text = 'https://example.com/home/page ../place/x packages/tmp/y sessionId /fapi/v1/order'
    expect(strayWords({ path: 'a.ts', text })).toEqual([])
  })

  test('args: the wire sheets quote the exchanges', () => {
    expect(strayWords({ path: 'docs/wire/a.md', text: 'trading session' })).toEqual([])
  })
})
