import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EXCHANGE_REGISTRY } from 'perpkit'
import { startSimulator } from 'perpkit/simulator'
import { describe, expect, test, vi } from 'vitest'
import { printCapabilities, printErrors } from '../../scripts/printDocs.ts'
import { controlCallsIn, examplesIn, linksIn, treePathsIn } from './pages.ts'
import { filesBelow, ROOT, SOURCE } from './source.ts'

const pages = filesBelow(ROOT, /\.md$/)
const examples = filesBelow(join(ROOT, 'examples'), /^[^/\\]+\.ts$/)

describe('printed pages', () => {
  test('default: docs/errors.md is what the table of codes prints', async () => {
    await expectPage('docs/errors.md', printErrors())
  })

  test('default: docs/capabilities.md is what the definitions print', async () => {
    await expectPage('docs/capabilities.md', printCapabilities(EXCHANGE_REGISTRY))
  })
})

describe('examples', () => {
  const shown = pages.flatMap((page) =>
    examplesIn(page.text).map((example) => ({ ...example, page: page.path })),
  )

  test.each(shown)('default: the code of $path in $page is compiled', ({ path, isPart, code }) => {
    const file = examples.find((example) => `examples/${example.path}` === path)
    if (isPart) expect(file?.text).toContain(code)
    else expect(code).toBe(file?.text)
  })

  test('behavior: every example is shown in whole on one page', () => {
    expect(examples.length).toBeGreaterThan(0)
    const whole = shown.filter(({ isPart }) => !isPart)
    expect(whole.map(({ path }) => path).sort()).toEqual(
      examples.map(({ path }) => `examples/${path}`),
    )
  })

  test.each(examples)('behavior: $path runs to its end on the simulator', async ({ path }) => {
    const printed: unknown[][] = []
    const log = vi.spyOn(console, 'log').mockImplementation((...words) => void printed.push(words))
    try {
      await import(join(ROOT, 'examples', path))
    } finally {
      log.mockRestore()
    }
    expect(printed.flat().join('\n')).toContain('FILLED')
  })
})

describe('curl lines', () => {
  const shown = pages
    .map(({ path, text }) => ({ path, calls: controlCallsIn(text), lines: text.match(/^curl /gm) }))
    .filter(({ lines }) => lines !== null)

  test.each(shown)('default: those of $path are taken by the simulator', async (page) => {
    expect(page.calls).toHaveLength(page.lines?.length ?? 0)
    const simulator = await startSimulator({ port: 0, clock: 'manual' })
    try {
      for (const { action, body } of page.calls) {
        const url = `${simulator.controlUrl}/_control/${action}`
        const answer = await fetch(url, { method: 'POST', body })
        expect(answer.status, `${action} ${body}: ${await answer.text()}`).toBe(200)
      }
    } finally {
      await simulator.close()
    }
  })

  test('behavior: some are shown', () => {
    expect(shown.map(({ path }) => path)).toContain('docs/guides/simulator.md')
  })
})

describe('the tree in ARCHITECTURE.md', () => {
  const architecture = pages.find(({ path }) => path === 'ARCHITECTURE.md')
  const shown = treePathsIn(architecture?.text ?? '')

  test('default: names nothing that is not there', () => {
    expect(shown).toContain('packages/perpkit/src/simulator/engine/')
    expect(shown.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  test('behavior: names every room of the source', () => {
    const rooms = filesBelow(SOURCE, /\.ts$/).map(({ path }) =>
      join('packages/perpkit/src', ...path.split('/').slice(0, -1).slice(0, 2)),
    )
    const unnamed = [...new Set(rooms)].filter((room) => !shown.includes(`${room}/`))
    expect(unnamed).toEqual([])
  })

  test('args: lines below a folder are in it', () => {
    const text =
      '```\n/\n├─ a/b/   words\n│  ├─ c.ts, d.ts   two\n│  └─ e/ f/\n└─ g/<x>/  any\n```\n'
    expect(treePathsIn(text)).toEqual(['a/b/', 'a/b/c.ts', 'a/b/d.ts', 'a/b/e/', 'a/b/f/'])
  })
})

describe('links between pages', () => {
  const targets = new Map(pages.map(({ path, text }) => [path, text]))

  test('default: lead to a file that exists, and to a heading in it', () => {
    const broken = pages.flatMap(({ path, text }) =>
      linksIn(text).flatMap(({ target, heading }) => {
        const file = target === '' ? path : join(dirname(path), target)
        if (!existsSync(join(ROOT, file))) return [`${path}: ${target} does not exist`]
        if (heading === undefined || headings(targets.get(file) ?? '').includes(heading)) return []
        return [`${path}: ${file} has no heading #${heading}`]
      }),
    )
    expect(broken).toEqual([])
  })

  test('args: links out of the project and links in code are left alone', () => {
    const text =
      '[a](https://example.com/x) [b](docs/x.md#y) `[c](no.md)`\n```\n[d](no.md)\n```\n[e](#z)'
    expect(linksIn(text)).toEqual([
      { target: 'docs/x.md', heading: 'y' },
      { target: '', heading: 'z' },
    ])
  })
})

test('error: a code block that names no file is seen, and one that names a file with it', () => {
  const text = [
    '<!-- examples/a.ts -->\n```ts\nconst a = 1\n```\n',
    '<!-- from examples/b.ts -->\n```ts\nconst b = 2\n```\n',
    '```ts\nconst c = 3\n```\n',
    '```sh\nls\n```\n',
  ].join('\n')
  expect(examplesIn(text)).toEqual([
    { path: 'examples/a.ts', isPart: false, code: 'const a = 1\n' },
    { path: 'examples/b.ts', isPart: true, code: 'const b = 2\n' },
    { isPart: false, code: 'const c = 3\n' },
  ])
})

/** Compares a page with its printout; `npm run docs` writes it instead. */
async function expectPage(path: string, printed: string): Promise<void> {
  // A snapshot that is missing would be written and pass.
  expect(existsSync(join(ROOT, path)), `${path} is missing: npm run docs`).toBe(true)
  await expect(printed).toMatchFileSnapshot(join(ROOT, path))
}

/** Anchors of a page's headings, as code hosts make them. */
function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
