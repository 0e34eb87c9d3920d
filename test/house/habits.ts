import type { SourceFile, SyntaxNode } from './source.ts'
import { children, commentsOf, isNode, lineOf, member, nameOf, nodes, parse } from './source.ts'

// Habits that neither the compiler nor the linter keeps, or that someone could switch off there.

/** The only files that may use what the key names. */
const HOMES: Readonly<Record<string, RegExp>> = {
  'Date.now': /^core\/clock\.ts$/,
  'new Date()': /^core\/clock\.ts$/,
  'performance.now': /^core\/clock\.ts$/,
  'Math.random': /^$/,
  setTimeout: /^core\/clock\.ts$/,
  setInterval: /^core\/clock\.ts$/,
  setImmediate: /^core\/clock\.ts$/,
  console: /^$/,
  // The command's arguments, output, signals and exit code; strict mode writes to stderr.
  process: /^simulator\/(main|options)\.ts$/,
}

const MAX_LINES = 400
const MAX_FUNCTION_LINES = 60

/** Uses of time, chance, timers, the console and the process outside their homes. */
export function homelessUses(file: SourceFile): string[] {
  return [...nodes(parse(file))].flatMap((node) => {
    const name = usedName(node)
    const home = name === undefined ? undefined : HOMES[name]
    if (home === undefined || home.test(file.path)) return []
    return `${place(file, node)} uses ${name}`
  })
}

/** Ways around the type checker. */
export function typeHoles(file: SourceFile): string[] {
  // Few files have the letters of a hole at all; reading the trees of all others would take long.
  if (!LETTERS_OF_HOLES.test(file.text)) return []
  const holes = [...nodes(parse(file))].flatMap((node) => {
    const hole = typeHole(node)
    return hole === undefined ? [] : `${place(file, node)} ${hole}`
  })
  const orders = commentsOf(file)
    .filter(({ text }) => /@ts-(ignore|expect-error|nocheck)/.test(text))
    .map((comment) => `${place(file, comment)} silences the compiler`)
  return [...holes, ...orders]
}

const LETTERS_OF_HOLES = /[:<,|&(=]\s*any\b|\bas\s+any\b|\bunknown\s+as\b|[\w)\]]!(?!=)|@ts-/

export function defaultExports(file: SourceFile): string[] {
  return [...nodes(parse(file))]
    .filter(({ type }) => type === 'ExportDefaultDeclaration')
    .map((node) => `${place(file, node)} exports a default`)
}

/** Files over 400 lines and functions over 60. */
export function tooLong(file: SourceFile): string[] {
  const lines = file.text.trimEnd().split('\n').length
  const functions = [...nodes(parse(file))]
    .filter(({ type }) => /^(FunctionDeclaration|FunctionExpression|Arrow)/.test(type))
    .map((node) => ({
      node,
      lines: lineOf(file.text, node.end) - lineOf(file.text, node.start) + 1,
    }))
    .filter((found) => found.lines > MAX_FUNCTION_LINES)
    .map((found) => `${place(file, found.node)} is a function of ${found.lines} lines`)
  return lines > MAX_LINES ? [`${file.path} has ${lines} lines`, ...functions] : functions
}

/** Tests that replace our own modules, run alone, or are left out without a condition. */
export function testTricks(file: SourceFile): string[] {
  return [...nodes(parse(file))].flatMap((node) => {
    const name = node.type === 'MemberExpression' ? dotted(node) : undefined
    if (
      name === undefined ||
      !/^(vi\.(do)?[mM]ock|(test|it|describe)\.(only|skip|todo))$/.test(name)
    ) {
      return []
    }
    return `${place(file, node)} uses ${name}`
  })
}

export interface FoundEndpoint {
  name: string
  line: number
  /** Whether the comment right above it holds a link, or that above a value it is spread from. */
  hasLink: boolean
}

/** Constants typed `Endpoint<…>`, and functions that return one. */
export function endpointsOf(file: SourceFile): FoundEndpoint[] {
  const links = commentsOf(file).filter(({ text }) => /https:\/\/\S+/.test(text))
  const program = parse(file)
  const statements = Array.isArray(program.body) ? program.body.filter(isNode) : []
  const declared = statements.flatMap((statement) => {
    const isLinked = links.some(
      ({ end }) => end <= statement.start && isOnlyComments(file.text.slice(end, statement.start)),
    )
    return declarationsOf(statement).map((node) => ({ node, isLinked }))
  })
  const linked = new Set(
    declared.filter(({ isLinked }) => isLinked).map(({ node }) => declaredName(node)),
  )
  return declared
    .filter(({ node }) => isEndpoint(node))
    .map(({ node, isLinked }) => ({
      name: declaredName(node) ?? '',
      line: lineOf(file.text, node.start),
      hasLink: isLinked || spreads(node).some((name) => linked.has(name)),
    }))
}

function usedName(node: SyntaxNode): string | undefined {
  if (node.type === 'MemberExpression') {
    const name = dotted(node)
    return name?.startsWith('console.') || name?.startsWith('process.') ? name.split('.')[0] : name
  }
  if (node.type === 'CallExpression') return nameOf(member(node, 'callee', 'Identifier'))
  if (node.type !== 'NewExpression') return undefined
  const isNow = Array.isArray(node.arguments) && node.arguments.length === 0
  return isNow && nameOf(member(node, 'callee', 'Identifier')) === 'Date' ? 'new Date()' : undefined
}

function dotted(node: SyntaxNode): string | undefined {
  const object = nameOf(member(node, 'object', 'Identifier'))
  const property = nameOf(member(node, 'property', 'Identifier'))
  return object === undefined || property === undefined ? undefined : `${object}.${property}`
}

function typeHole(node: SyntaxNode): string | undefined {
  if (node.type === 'TSAnyKeyword') return 'says any'
  if (node.type === 'TSNonNullExpression') return 'says ! of what may be absent'
  const inner =
    node.type === 'TSAsExpression' ? member(node, 'expression', 'TSAsExpression') : undefined
  if (inner && member(inner, 'typeAnnotation', 'TSUnknownKeyword')) return 'casts through unknown'
  return undefined
}

function declarationsOf(statement: SyntaxNode): SyntaxNode[] {
  const declaration = isNode(statement.declaration) ? statement.declaration : statement
  if (declaration.type === 'FunctionDeclaration') return [declaration]
  const { declarations } = declaration
  return Array.isArray(declarations) ? declarations.filter(isNode) : []
}

function declaredName(node: SyntaxNode): string | undefined {
  return nameOf(member(node, 'id', 'Identifier'))
}

function isEndpoint(node: SyntaxNode): boolean {
  const id = member(node, 'id', 'Identifier')
  const annotation =
    member(node, 'returnType', 'TSTypeAnnotation') ??
    (id && member(id, 'typeAnnotation', 'TSTypeAnnotation'))
  const type = annotation && member(annotation, 'typeAnnotation', 'TSTypeReference')
  return nameOf(type && member(type, 'typeName', 'Identifier')) === 'Endpoint'
}

/** Names of the values its object begins with. */
function spreads(declarator: SyntaxNode): (string | undefined)[] {
  const object = member(declarator, 'init', 'ObjectExpression')
  return (object ? children(object) : [])
    .filter(({ type }) => type === 'SpreadElement')
    .map((spread) => nameOf(member(spread, 'argument', 'Identifier')))
}

/** Nothing but white space and further comments: a link may stand in the first of several lines. */
function isOnlyComments(between: string): boolean {
  return /^(\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*$/.test(between)
}

function place(file: SourceFile, at: { start: number }): string {
  return `${file.path}:${lineOf(file.text, at.start)}`
}
