import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importCycles, loadedBy } from '../house/boundaries.ts'
import { defaultExports, tooLong, typeHoles } from '../house/habits.ts'
import { filesBelow, importsOf, lineOf, ROOT, TEST_FILE } from '../house/source.ts'

// What test/house keeps for the library, kept for the command.

const files = filesBelow(join(ROOT, 'packages/desk/src'), /\.ts$/)
const sources = files.filter(({ path }) => !TEST_FILE.test(path))

/** Light enough to be loaded with every start. */
const LIGHT = /^(node:|\.|commander$|yoctocolors$)/

const HOMELESS =
  /(?<![.\w])(Date\.now|setTimeout|setInterval|Math\.random)\(|(?<![.\w])(console|process)\.\w+/g

describe('house of the command', () => {
  test('behavior: a start loads no library, store, prompt, table or file format', () => {
    const starts = [
      'main.ts',
      ...sources.map(({ path }) => path).filter((path) => path.startsWith('commands/')),
    ]
    const loaded = new Set(starts.flatMap((path) => loadedBy(path, sources)))
    expect(loaded.size).toBeGreaterThan(20)
    const heavy = sources
      .filter(({ path }) => loaded.has(path))
      .flatMap((file) =>
        importsOf(file)
          .filter(
            ({ isTypeOnly, isDynamic, specifier }) =>
              !isTypeOnly && !isDynamic && !LIGHT.test(specifier),
          )
          .map(({ specifier, line }) => `${file.path}:${line} loads ${specifier}`),
      )
    expect(heavy).toEqual([])
  })

  test('behavior: other packages are known by their public names', () => {
    const inner = files.flatMap((file) =>
      importsOf(file)
        .map(({ specifier }) => specifier)
        .filter(
          (specifier) =>
            /^(perpkit|@perpkit\/store)\//.test(specifier) ||
            /\.\.\/(perpkit|store)\//.test(specifier),
        )
        .filter((specifier) => specifier !== 'perpkit/simulator'),
    )
    expect(inner).toEqual([])
  })

  test('behavior: time, timers, process and console have one home', () => {
    const uses = sources
      .filter(({ path }) => !/^(main|io)\.ts$/.test(path))
      .flatMap(({ path, text }) =>
        [...text.matchAll(HOMELESS)].map(
          (found) => `${path}:${lineOf(text, found.index)} ${found[0]}`,
        ),
      )
    expect(uses).toEqual([])
  })

  test('behavior: no holes in the types, no default exports, no cycles, nothing too long', () => {
    expect(sources.flatMap(typeHoles)).toEqual([])
    expect(sources.flatMap(defaultExports)).toEqual([])
    expect(sources.flatMap(tooLong)).toEqual([])
    expect(importCycles(sources)).toEqual([])
  })
})
