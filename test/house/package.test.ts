import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesBelow, importsOf, ROOT, SOURCE, TEST_FILE } from './source.ts'

interface Manifest {
  version: string
  exports: Record<string, string | Record<string, string>>
  bin: Record<string, string>
  dependencies: Record<string, string>
  peerDependencies: Record<string, string>
}

interface Lock {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>
}

const PACKAGE = join(ROOT, 'packages/perpkit')
const manifest: Manifest = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
const lockText = readFileSync(join(ROOT, 'package-lock.json'), 'utf8')
const sources = filesBelow(SOURCE, /\.ts$/).filter(({ path }) => !TEST_FILE.test(path))

describe('package.json', () => {
  const entries = Object.entries(manifest.exports).flatMap(([door, target]) =>
    (typeof target === 'string' ? [target] : Object.values(target)).map((path) => [door, path]),
  )

  test.each(entries)('default: %s leads to %s, which the build makes', (_, path = '') => {
    expect(existsSync(join(PACKAGE, path)), `${path} is missing: npm run build`).toBe(true)
  })

  test.each(Object.entries(manifest.bin))('default: the command %s is %s', (_, path) => {
    expect(readFileSync(join(PACKAGE, path), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })

  test('behavior: every door of the source is published', () => {
    const doors = sources.flatMap(({ path }) => /^doors\/(.+)\.ts$/.exec(path)?.[1] ?? [])
    expect(doors.length).toBeGreaterThan(0)
    for (const name of doors) {
      expect(manifest.exports[`./${name}`]).toEqual({
        types: `./dist/doors/${name}.d.ts`,
        default: `./dist/doors/${name}.js`,
      })
    }
  })

  test('behavior: the change log has the version', () => {
    const changes = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')
    expect(changes).toMatch(new RegExp(`^## ${manifest.version.replaceAll('.', '\\.')}\\b`, 'm'))
  })
})

describe('dependencies', () => {
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).sort()
  const used = sources.flatMap((file) =>
    importsOf(file)
      .filter(({ specifier }) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .map((found) => ({ ...found, path: file.path })),
  )

  test('default: each is used, and each that is used is declared', () => {
    const names = new Set(used.map(({ specifier }) => specifier))
    expect([...names].sort()).toEqual(declared)
  })

  test('behavior: each stands behind one folder or file', () => {
    const homes: Record<string, RegExp> = {
      undici: /^transport\//,
      'big.js': /^core\/decimal\.ts$/,
      arquero: /^client\//,
      ws: /^simulator\/server\//,
      '@redis/client': /^transport\/redisStore\.ts$/,
    }
    expect(Object.keys(homes).sort()).toEqual(declared)
    for (const { specifier, path, line } of used) {
      expect(path, `${path}:${line} imports ${specifier}`).toMatch(homes[specifier] ?? /^$/)
    }
  })

  test.each(['arquero', '@redis/client'])(
    'behavior: %s is loaded on first use, never with the client',
    (name) => {
      const found = used.filter(({ specifier }) => specifier === name)
      expect(found.filter(({ isDynamic, isTypeOnly }) => !isDynamic && !isTypeOnly)).toEqual([])
      expect(found.some(({ isDynamic }) => isDynamic)).toBe(true)
    },
  )

  test('default: the lock file holds no download addresses', () => {
    expect(lockText).toContain('"node_modules/undici-types"')
    expect(lockText.match(/"resolved": "https?:[^"]*"/g) ?? []).toEqual([])
  })

  test('behavior: the lock file knows the packages of other platforms too', () => {
    // Without them `npm ci` refuses on every platform but the one it was written on.
    const { packages }: Lock = JSON.parse(lockText)
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
      ),
    )
    expect(missing).toEqual([])
  })
})
