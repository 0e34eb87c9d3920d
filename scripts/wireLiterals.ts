/** One word of a source file that can be misspelt. */
export interface WireWord {
  /** Of its text, without quotes. */
  start: number
  text: string
  line: number
  kind: 'literal' | 'key'
}

/**
 * The words of a TypeScript file: string literals, the still parts of templates, and bare keys of
 * object literals. Module names, types and texts without a letter or digit are left out.
 */
export function wireWords(source: string): WireWord[] {
  const tokens = readTokens(source)
  const code = blank(source, tokens)
  const literals = tokens.filter(
    ({ kind, start }) => kind === 'text' && !isModuleName(code, start) && !isInType(code, start),
  )
  const words = [
    ...literals.map(({ start, end }) => word(source, start, end, 'literal')),
    ...keysOf(code).map(([start, end]) => word(source, start, end, 'key')),
  ]
  return words.filter(({ text }) => /[a-z0-9]/i.test(text)).sort((a, b) => a.start - b.start)
}

/** The text with one letter (or, without letters, one digit) changed, in the middle of it. */
export function misspell(text: string): string {
  const letters = [...text.matchAll(/[a-z]/gi)]
  const places = letters.length > 0 ? letters : [...text.matchAll(/\d/g)]
  const place = places[Math.floor(places.length / 2)]
  if (place === undefined) return text
  const [old] = place
  const next = /[zZ9]/.test(old) ? -1 : 1
  const changed = String.fromCharCode(old.charCodeAt(0) + next)
  return text.slice(0, place.index) + changed + text.slice(place.index + 1)
}

/** A stretch that is no code: the inside of a string, a comment, a regular expression. */
interface Token {
  kind: 'text' | 'other'
  start: number
  end: number
}

function readTokens(source: string): Token[] {
  const tokens: Token[] = []
  // Depth of braces inside each template we are in; `undefined` at the top.
  const templates: number[] = []
  let at = 0
  while (at < source.length) {
    const rest = source.slice(at, at + 2)
    if (rest === '//' || rest === '/*') {
      const stop = rest === '//' ? source.indexOf('\n', at) : source.indexOf('*/', at) + 2
      at = push(tokens, 'other', at, stop < at ? source.length : stop)
    } else if (rest[0] === "'" || rest[0] === '"') {
      at = push(tokens, 'text', at + 1, endOfString(source, at + 1, rest[0])) + 1
    } else if (rest[0] === '`') {
      at = readTemplate(source, at + 1, tokens, templates)
    } else if (rest[0] === '/' && startsPattern(source, at)) {
      at = push(tokens, 'other', at, endOfPattern(source, at + 1))
    } else {
      const depth = templates.at(-1)
      if (depth !== undefined && rest[0] === '}' && depth === 0) {
        templates.pop()
        at = readTemplate(source, at + 1, tokens, templates)
        continue
      }
      if (depth !== undefined && rest[0] === '{') templates[templates.length - 1] = depth + 1
      if (depth !== undefined && rest[0] === '}') templates[templates.length - 1] = depth - 1
      at++
    }
  }
  return tokens
}

/** Reads the still part of a template from `at`; returns where code goes on. */
function readTemplate(source: string, at: number, tokens: Token[], templates: number[]): number {
  let end = at
  while (end < source.length && source[end] !== '`' && source.slice(end, end + 2) !== '${') {
    end += source[end] === '\\' ? 2 : 1
  }
  push(tokens, 'text', at, end)
  if (source[end] === '`') return end + 1
  templates.push(0)
  return end + 2
}

function push(tokens: Token[], kind: Token['kind'], start: number, end: number): number {
  tokens.push({ kind, start, end })
  return end
}

function endOfString(source: string, at: number, quote: string): number {
  let end = at
  while (end < source.length && source[end] !== quote) end += source[end] === '\\' ? 2 : 1
  return end
}

/** A slash begins a regular expression where a value may begin. */
function startsPattern(source: string, at: number): boolean {
  return /(?:^|[(,=:[!&|?{};+\n]|=>|return)\s*$/.test(source.slice(Math.max(0, at - 40), at))
}

function endOfPattern(source: string, at: number): number {
  let isClass = false
  let end = at
  while (end < source.length && (source[end] !== '/' || isClass)) {
    if (source[end] === '[') isClass = true
    if (source[end] === ']') isClass = false
    end += source[end] === '\\' ? 2 : 1
  }
  return end + 1
}

/** The source with everything that is no code blanked out. */
function blank(source: string, tokens: readonly Token[]): string {
  let code = ''
  let at = 0
  for (const { start, end } of tokens) {
    code += source.slice(at, start) + source.slice(start, end).replace(/[^\n]/g, ' ')
    at = end
  }
  return code + source.slice(at)
}

function isModuleName(code: string, start: number): boolean {
  return /(?:\bfrom|\bimport|\bimport\()\s*['"]$/.test(code.slice(Math.max(0, start - 12), start))
}

// Not followed by the name of a type: that would be a parameter.
const KEY = /[{,]\s*([A-Za-z_$][\w$]*):(?!\s*(?:[A-Z][a-z]|string\b|number\b|boolean\b|unknown\b))/g

/** Whether the line is one of a type: what stands there does not exist when the program runs. */
function isInType(code: string, start: number): boolean {
  const line = code.slice(code.lastIndexOf('\n', start) + 1, start)
  return /^\s*(?:export )?type \w+|^\s*\|(?!\|)/.test(line)
}

/** Bare names before a colon, outside of types. */
function keysOf(code: string): [start: number, end: number][] {
  const untyped = code.replace(
    /\b(?:interface \w+[^{]*|type \w+(?:<[^=]*>)? = )\{[^}]*(?:\{[^}]*\}[^}]*)*\}/g,
    (types) => types.replace(/[^\n]/g, ' '),
  )
  return [...untyped.matchAll(KEY)].map((match) => {
    const [all, name = ''] = match
    const start = match.index + all.length - 1 - name.length
    return [start, start + name.length]
  })
}

function word(source: string, start: number, end: number, kind: WireWord['kind']): WireWord {
  const line = source.slice(0, start).split('\n').length
  return { start, text: source.slice(start, end), line, kind }
}
