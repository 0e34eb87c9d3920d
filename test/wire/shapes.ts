import type { Shape } from './evidence.ts'

type Leaf = Extract<Shape, string>

const LEAVES: Record<Leaf, readonly [expected: string, test: (value: unknown) => boolean]> = {
  decimal: ['a decimal in a string', (value) => matches(value, /^-?\d+(\.\d+)?$/)],
  'decimal or empty': [
    'a decimal in a string, or an empty string',
    (value) => matches(value, /^(-?\d+(\.\d+)?)?$/),
  ],
  empty: ['an empty string', (value) => value === ''],
  text: ['a string that is not empty', (value) => matches(value, /./s)],
  'text or empty': ['a string', (value) => typeof value === 'string'],
  'ms text': ['a string of 13 digits', (value) => matches(value, /^\d{13}$/)],
  'ms text or empty': [
    'a string of 13 digits, or an empty string',
    (value) => matches(value, /^(\d{13})?$/),
  ],
  digits: ['a string of digits', (value) => matches(value, /^\d+$/)],
  ms: ['a number of milliseconds', (value) => Number.isSafeInteger(value) && Number(value) > 1e12],
  integer: ['a whole number', (value) => Number.isInteger(value)],
  number: ['a number', (value) => typeof value === 'number'],
  boolean: ['true or false', (value) => typeof value === 'boolean'],
  null: ['null', (value) => value === null],
  anything: ['anything', () => true],
}

/** Every difference between an answer and the shape it must have, each naming its place. */
export function shapeDifferences(shape: Shape, value: unknown, path: string): string[] {
  if (typeof shape === 'string') return leafDifferences(shape, value, path)
  if (shape instanceof RegExp) {
    return matches(value, shape)
      ? []
      : [`${path}: expected text like ${shape}, received ${show(value)}`]
  }
  if (!isTagged(shape)) return objectDifferences(shape, value, path)
  switch (shape[0]) {
    case 'one of': {
      const [, ...tokens] = shape
      if (tokens.some((token) => token === value)) return []
      return [`${path}: expected ${tokens.map(show).join(' or ')}, received ${show(value)}`]
    }
    case 'array of':
      return rowDifferences(shape[1], value, path, 0)
    case 'at least one':
      return rowDifferences(shape[1], value, path, 1)
    case 'rows': {
      const [, ...rows] = shape
      return tupleDifferences(rows, value, path)
    }
    case 'rows by':
      return keyedDifferences(shape[1], shape[2], value, path)
    case 'optional':
      return value === undefined ? [] : shapeDifferences(shape[1], value, path)
    case 'either': {
      const [, ...choices] = shape
      const found = choices.map((choice) => shapeDifferences(choice, value, path))
      if (found.some((differences) => differences.length === 0)) return []
      return found.reduce((least, next) => (next.length < least.length ? next : least))
    }
  }
}

/** A value as it is printed in a failure: JSON, shortened. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 100 ? `${text.slice(0, 97)}…` : text
}

type Tagged = Extract<Shape, readonly unknown[]>

function isTagged(shape: Exclude<Shape, string | RegExp>): shape is Tagged {
  return Array.isArray(shape)
}

function leafDifferences(leaf: Leaf, value: unknown, path: string): string[] {
  const [expected, test] = LEAVES[leaf]
  if (test(value)) return []
  const sort = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`
  return [`${path}: expected ${expected}, received ${sort} ${show(value)}`]
}

function objectDifferences(
  shape: { readonly [key: string]: Shape },
  value: unknown,
  path: string,
): string[] {
  if (!isRecord(value)) return [`${path}: expected an object, received ${show(value)}`]
  const differences: string[] = []
  for (const [key, member] of Object.entries(shape)) {
    if (!(key in value) && !isOptional(member)) {
      differences.push(`${path}: key '${key}' is missing`)
      continue
    }
    differences.push(...shapeDifferences(member, value[key], join(path, key)))
  }
  for (const key of Object.keys(value)) {
    if (!(key in shape)) differences.push(`${path}: unknown key '${key}'`)
  }
  return differences
}

function rowDifferences(shape: Shape, value: unknown, path: string, least: number): string[] {
  if (!Array.isArray(value)) return [`${path}: expected an array, received ${show(value)}`]
  if (value.length < least) return [`${path}: expected at least ${least} row, received none`]
  return value.flatMap((row, index) => shapeDifferences(shape, row, `${path}[${index}]`))
}

function tupleDifferences(rows: readonly Shape[], value: unknown, path: string): string[] {
  if (!Array.isArray(value)) return [`${path}: expected an array, received ${show(value)}`]
  if (value.length !== rows.length) {
    return [`${path}: expected ${rows.length} elements, received ${value.length}: ${show(value)}`]
  }
  return rows.flatMap((row, index) => shapeDifferences(row, value[index], `${path}[${index}]`))
}

function keyedDifferences(
  key: string,
  shapes: { readonly [value: string]: Shape },
  value: unknown,
  path: string,
): string[] {
  if (!Array.isArray(value)) return [`${path}: expected an array, received ${show(value)}`]
  const seen = new Set<string>()
  const differences = value.flatMap((row, index) => {
    const name = isRecord(row) ? String(row[key]) : ''
    const shape = shapes[name]
    seen.add(name)
    if (shape === undefined) return [`${path}[${index}]: unknown ${key} ${show(name)}`]
    return shapeDifferences(shape, row, `${path}[${index}]`)
  })
  const missing = Object.keys(shapes).filter((name) => !seen.has(name))
  return [...differences, ...missing.map((name) => `${path}: row with ${key} '${name}' is missing`)]
}

function isOptional(shape: Shape): boolean {
  return Array.isArray(shape) && shape[0] === 'optional'
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
