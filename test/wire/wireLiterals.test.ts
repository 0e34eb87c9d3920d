import { describe, expect, it } from 'vitest'
import { misspell, wireWords } from '../../scripts/wireLiterals.ts'

function words(source: string): string[] {
  return wireWords(source).map(({ line, kind, text }) => `${line} ${kind} ${text}`)
}

describe('wireWords', () => {
  it('default: literals, the still parts of templates, keys', () => {
    expect(words("const a = { qty: 'x1',\n  b: `algo:$\x7bid({ c: 'y' })}/z` }")).toEqual([
      '1 key qty',
      '1 literal x1',
      '2 key b',
      '2 literal algo:',
      '2 key c',
      '2 literal y',
      '2 literal /z',
    ])
  })

  it('behavior: comments, patterns, module names, types and empty texts are left out', () => {
    const source = [
      "import { a } from './a.ts'",
      "// it's 'nothing'",
      "/* 'nothing' */ const p = /['\"]\\/[/'](x)/.test(a) ? '' : ', '",
      'interface B { key: string; inner: { deep: number } }',
      "type C = { other: 'nothing' }",
      "type D = E<'nothing'>",
      "  | 'nothing'",
      "f('kept' || x)",
    ].join('\n')
    expect(words(source)).toEqual(['8 literal kept'])
  })
})

describe('misspell', () => {
  it.each([
    ['orderLinkId', 'orderMinkId'],
    ['zzz', 'zyz'],
    ['200', '210'],
    ['-', '-'],
  ])('args: %s', (text, wrong) => {
    expect(misspell(text)).toBe(wrong)
  })
})
