import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vitest/node'

// What the house tests see: files as text, and as a syntax tree where the words matter.

export interface SourceFile {
  /** Relative to the folder it was listed from, with forward slashes. */
  path: string
  text: string
}

export interface SyntaxNode {
  type: string
  start: number
  end: number
  [member: string]: unknown
}

export interface Import {
  /** As written. */
  specifier: string
  /** Path of the imported file, for relative imports. */
  target?: string
  isTypeOnly: boolean
  isDynamic: boolean
  line: number
}

export interface Comment {
  text: string
  start: number
  end: number
}

export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url))
export const SOURCE: string = join(ROOT, 'packages/perpkit/src')

/** Files of the source tree that are not built: tests, and what only tests use. */
export const TEST_FILE: RegExp = /\.(test|testing|fixture)\.ts$/

// Not ours, or made by a command.
const LEFT_OUT = new Set(['node_modules', 'dist', 'coverage', '.git'])

/** Files below `folder` whose name matches, in order of path. */
export function filesBelow(folder: string, name: RegExp): SourceFile[] {
  return pathsBelow(folder, '')
    .filter((path) => name.test(path))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
}

export function parse(file: SourceFile): SyntaxNode {
  const known = parsed.get(file)
  if (known) return known
  const program: unknown = parseAst(file.text, { lang: 'ts' })
  if (!isNode(program)) throw new Error(`${file.path}: no syntax tree`)
  parsed.set(file, program)
  return program
}

// Several tests walk each file.
const parsed = new WeakMap<SourceFile, SyntaxNode>()
const imported = new WeakMap<SourceFile, Import[]>()

/** All nodes below `node` and itself, outermost first. */
export function* nodes(node: SyntaxNode): Generator<SyntaxNode> {
  yield node
  for (const child of children(node)) yield* nodes(child)
}

export function children(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  )
}

export function isNode(value: unknown): value is SyntaxNode {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'start' in value &&
    typeof value.start === 'number'
  )
}

/** The member of a node when it is a node of that type. */
export function member(node: SyntaxNode, name: string, type: string): SyntaxNode | undefined {
  const value = node[name]
  return isNode(value) && value.type === type ? value : undefined
}

export function nameOf(node: SyntaxNode | undefined): string | undefined {
  return typeof node?.name === 'string' ? node.name : undefined
}

export function importsOf(file: SourceFile): Import[] {
  const known = imported.get(file)
  if (known) return known
  const found = [...nodes(parse(file))].flatMap((node): Import[] => {
    const source = member(node, 'source', 'Literal')
    const specifier = source?.value
    if (typeof specifier !== 'string') return []
    const imports: Import = {
      specifier,
      ...(specifier.startsWith('.') && { target: join(dirname(file.path), specifier) }),
      isTypeOnly: node.importKind === 'type' || node.exportKind === 'type' || isAllTypes(node),
      isDynamic: node.type === 'ImportExpression' || node.type === 'TSImportType',
      line: lineOf(file.text, node.start),
    }
    return [imports]
  })
  imported.set(file, found)
  return found
}

/** Comments of the file; what looks like one inside a text or a pattern is none. */
export function commentsOf(file: SourceFile): Comment[] {
  const literals = [...nodes(parse(file))].filter(
    ({ type }) => type === 'Literal' || type === 'TemplateElement',
  )
  literals.sort((a, b) => a.start - b.start)
  const comments: Comment[] = []
  let passed = 0
  for (let at = 0; at < file.text.length; ) {
    const start = nextCommentStart(file.text, at)
    if (start === -1) break
    while ((literals[passed]?.end ?? file.text.length) <= start) passed += 1
    const literal = literals[passed]
    if (literal && literal.start <= start) {
      at = literal.end
      continue
    }
    const end = commentEnd(file.text, start)
    comments.push({ text: file.text.slice(start, end), start, end })
    at = end
  }
  return comments
}

/** The text with everything in the ranges turned into spaces, lines kept. */
export function blank(text: string, ranges: readonly { start: number; end: number }[]): string {
  let result = text
  for (const { start, end } of ranges) {
    const spaces = result.slice(start, end).replace(/[^\n]/g, ' ')
    result = result.slice(0, start) + spaces + result.slice(end)
  }
  return result
}

export function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}

function pathsBelow(folder: string, below: string): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .filter((entry) => !LEFT_OUT.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = normalize(join(below, entry.name))
      if (entry.isDirectory()) return pathsBelow(folder, path)
      return entry.isFile() ? [path] : []
    })
}

/** `import { type A, type B }` imports no value, although the statement does not say `type`. */
function isAllTypes(node: SyntaxNode): boolean {
  const { specifiers } = node
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false
  return specifiers
    .filter(isNode)
    .every(({ importKind, exportKind }) => importKind === 'type' || exportKind === 'type')
}

function nextCommentStart(text: string, from: number): number {
  const starts = [text.indexOf('//', from), text.indexOf('/*', from)].filter((at) => at !== -1)
  return starts.length > 0 ? Math.min(...starts) : -1
}

function commentEnd(text: string, start: number): number {
  const isLine = text.startsWith('//', start)
  const end = isLine ? text.indexOf('\n', start) : text.indexOf('*/', start)
  if (end === -1) return text.length
  return isLine ? end : end + 2
}
