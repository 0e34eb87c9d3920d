import { describe, expect, test } from 'vitest'
import { paletteOf } from '../output/style.ts'
import { cutLine, fitText, fittingTable } from './fit.ts'

const RED = '\u001B[31m'
const OFF = '\u001B[39m'

describe('cutLine', () => {
  test('default: a line that fits stays as it is', () => {
    expect(cutLine('abc', 3)).toBe('abc')
    expect(cutLine(`${RED}abc${OFF}`, 3)).toBe(`${RED}abc${OFF}`)
  })

  test('behavior: colours are not counted, and end where they ended', () => {
    expect(cutLine('abcdef', 4)).toBe('abc…')
    expect(cutLine(`a${RED}bcdef${OFF}gh`, 4)).toBe(`a${RED}bc…${OFF}`)
    expect(cutLine(`abc${RED}def${OFF}`, 4)).toBe(`abc${RED}…${OFF}`)
  })
})

describe('fitText', () => {
  test('behavior: says how many lines there was no room for', () => {
    expect(fitText('a\nb\nc\nd', 40, 3)).toBe('a\nb\n… 2 more lines')
    expect(fitText('a\nb', 10, 3)).toBe('a\nb')
  })
})

describe('fittingTable', () => {
  const output = {
    write: () => {},
    isTerminal: false,
    columns: undefined,
    rows: undefined,
    onResize: () => () => {},
  }
  const palette = paletteOf(output, {})
  const columns = ['one', 'two', 'three'].map((title) => ({ title, value: () => title }))

  test('behavior: leaves out what is spare, in that order, and no more than needed', async () => {
    const spare = ['two', 'three']
    const at = (width: number): Promise<string> =>
      fittingTable(columns, [{}], { palette, width, spare })
    expect((await at(40)).split('\n')[0]).toBe('one  two  three')
    expect((await at(12)).split('\n')[0]).toBe('one  three')
    expect((await at(3)).split('\n')[0]).toBe('one')
  })
})
