import type { Import, SourceFile } from './source.ts'
import {
  blank,
  commentsOf,
  importsOf,
  lineOf,
  member,
  nameOf,
  nodes,
  parse,
  TEST_FILE,
} from './source.ts'

// The table "Who may import whom" of ARCHITECTURE.md, as code.

interface Rule {
  /** Files the rule is for; the first rule that matches counts. A group catches a name. */
  from: RegExp
  may: readonly RegExp[]
  /** What they may import of their own: paths that begin so, `*` being the name caught. */
  mayOwn?: string
  /** What they may import as types only. */
  mayTypes?: readonly RegExp[]
  says: string
}

const CORE = /^core\//
const MODEL = /^model\//
const ENGINE = /^simulator\/(engine|market)\//

const RULES: readonly Rule[] = [
  { from: CORE, may: [CORE], says: 'core imports nothing of ours' },
  { from: MODEL, may: [CORE, MODEL], says: 'model imports core' },
  {
    from: /^transport\//,
    may: [CORE, /^transport\//, /^model\/errors\.ts$/],
    says: "transport imports core and the model's errors",
  },
  {
    from: /^client\/createFuturesExchange\.ts$/,
    may: [CORE, MODEL, /^transport\//, /^client\//, /^exchanges\/registry\.ts$/],
    says: 'createFuturesExchange imports core, model, transport, client and the registry',
  },
  {
    from: /^client\//,
    may: [CORE, MODEL, /^transport\//, /^client\//],
    says: 'client imports core, model and transport; the registry only in createFuturesExchange',
  },
  {
    from: /^exchanges\/registry\.ts$/,
    may: [CORE, MODEL, /^client\/definition\.ts$/, /^exchanges\//],
    says: 'the registry imports exchanges and definition.ts',
  },
  {
    from: /^exchanges\/([^/]+)\//,
    may: [CORE, MODEL, /^client\/definition\.ts$/],
    mayOwn: 'exchanges/*/',
    mayTypes: [/^transport\//],
    says: "an exchange imports core, model, client/definition.ts, transport's types and its own folder",
  },
  {
    from: /^doors\/([^/.]+)\.ts$/,
    may: [CORE, MODEL, /^transport\//, /^client\/(?!createFuturesExchange)/],
    mayOwn: 'exchanges/*/',
    says: 'a door imports the client (not createFuturesExchange) and its own exchange',
  },
  {
    from: /^index\.ts$/,
    may: [CORE, MODEL, /^transport\//, /^client\//, /^exchanges\/registry\.ts$/],
    says: 'the front door imports the client and the registry',
  },
  {
    from: ENGINE,
    may: [CORE, ENGINE],
    says: "the simulator's engine and market import core and each other",
  },
  {
    from: /^simulator\/server\//,
    may: [CORE, ENGINE, /^simulator\/server\//],
    says: "the simulator's server imports core, engine and market",
  },
  {
    from: /^simulator\/control\//,
    may: [CORE, ENGINE, /^simulator\/(server|control)\//, /^simulator\/world\.ts$/],
    says: "the simulator's control imports core, engine, market, server and world.ts",
  },
  {
    from: /^simulator\/venues\/registry\.ts$/,
    may: [CORE, /^simulator\/(server|venues)\//],
    says: 'the registry of venues imports venues and server',
  },
  {
    from: /^simulator\/venues\/([^/]+)\//,
    may: [CORE, ENGINE, /^simulator\/server\//],
    mayOwn: 'simulator/venues/*/',
    says: 'a venue imports core, engine, market, server and its own folder',
  },
  { from: /^simulator\//, may: [CORE, /^simulator\//], says: 'the simulator imports core' },
]

/** Tests may look into every room of their own hand, and never across. */
const TEST_RULES: readonly Rule[] = [
  { from: CORE, may: [CORE], says: 'tests of core import nothing else of ours' },
  {
    from: /^simulator\//,
    may: [CORE, /^simulator\//],
    says: 'tests of the simulator import the simulator and core',
  },
  { from: /./, may: [/^(?!simulator\/)/], says: 'tests of the client do not import the simulator' },
]

/** Imports the table does not allow, and files it does not know. */
export function forbiddenImports(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const rules = TEST_FILE.test(file.path) ? TEST_RULES : RULES
    const rule = rules.find(({ from }) => from.test(file.path))
    if (!rule) return [`${file.path}: stands in no room of ARCHITECTURE.md`]
    return importsOf(file)
      .filter((found) => found.target !== undefined && !isAllowed(rule, file.path, found))
      .map(({ target, line }) => `${file.path}:${line} imports ${target}: ${rule.says}`)
  })
}

/** Groups of files that import each other in a circle. */
export function importCycles(files: readonly SourceFile[]): string[] {
  const graph = importGraph(files, () => true)
  const finished = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      return
    }
    if (finished.has(path)) return
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
    finished.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  return cycles
}

/** Everything that is loaded when `path` is: its value imports, theirs, and so on. */
export function loadedBy(path: string, files: readonly SourceFile[]): string[] {
  const graph = importGraph(files, ({ isTypeOnly }) => !isTypeOnly)
  const loaded = new Set<string>()
  const visit = (next: string): void => {
    if (loaded.has(next)) return
    loaded.add(next)
    for (const target of graph.get(next) ?? []) visit(target)
  }
  visit(path)
  return [...loaded].sort()
}

const EXCHANGE = /binance|bybit|okx|bitget|htx|huobi|kraken/gi

// Rooms that know no exchange. Where users read our types, a comment may name one to warn of a
// difference; the two lists of names are the names themselves.
const BLIND = /^(core|model|transport|client)\/|^simulator\/(engine|market|server|control)\//
const COMMENTS_MAY_NAME = /^(model\/|client\/(FuturesExchange|definition|options)\.ts)/
const LISTS_OF_NAMES = new Set(['ExchangeName', 'EXCHANGE_NAMES', 'VenueName'])

/** Places outside an exchange's own rooms that name it. */
export function strayExchangeNames(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => BLIND.test(path) && !TEST_FILE.test(path))
    .flatMap((file) => {
      const lists = [...nodes(parse(file))].filter(
        (node) =>
          /^(TSTypeAliasDeclaration|VariableDeclarator)$/.test(node.type) &&
          LISTS_OF_NAMES.has(nameOf(member(node, 'id', 'Identifier')) ?? ''),
      )
      const comments = COMMENTS_MAY_NAME.test(file.path) ? commentsOf(file) : []
      const text = blank(file.text, [...lists, ...comments])
      return [...text.matchAll(EXCHANGE)].map(
        (found) => `${file.path}:${lineOf(text, found.index)} names ${found[0]}`,
      )
    })
}

function isAllowed(rule: Rule, path: string, found: Import): boolean {
  const { target = '', isTypeOnly } = found
  const own = rule.mayOwn?.replace('*', rule.from.exec(path)?.[1] ?? '')
  return (
    rule.may.some((pattern) => pattern.test(target)) ||
    (own !== undefined && target.startsWith(own)) ||
    (isTypeOnly && (rule.mayTypes ?? []).some((pattern) => pattern.test(target)))
  )
}

function importGraph(
  files: readonly SourceFile[],
  counts: (found: Import) => boolean,
): Map<string, string[]> {
  const known = new Set(files.map(({ path }) => path))
  return new Map(
    files.map((file) => [
      file.path,
      importsOf(file)
        .filter((found) => !found.isDynamic && counts(found))
        .flatMap(({ target }) => (target !== undefined && known.has(target) ? [target] : [])),
    ]),
  )
}
