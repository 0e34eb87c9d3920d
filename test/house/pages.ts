// What the house tests read out of Markdown.

/** A TypeScript block, and the file its code is from. */
export interface Example {
  /** `undefined`: the page does not say. */
  path?: string
  /** Whether it is a part of the file only. */
  isPart: boolean
  code: string
}

export interface Link {
  /** As written, without the heading; `''` for the page itself. */
  target: string
  heading?: string
}

/** TypeScript blocks; a comment right above tells the file: `examples/a.ts`, `from examples/a.ts`. */
export function examplesIn(text: string): Example[] {
  const block = /(?:^<!-- (from )?(examples\/\S+) -->\n)?^```ts\n([\s\S]*?)^```$/gm
  return [...text.matchAll(block)].map(([, from, path, code = '']) => ({
    ...(path !== undefined && { path }),
    isPart: from !== undefined,
    code,
  }))
}

export interface ControlCall {
  action: string
  body: string
}

/** Calls of the simulator's control that a page shows as curl lines, in order. */
export function controlCallsIn(text: string): ControlCall[] {
  return [...text.matchAll(/^curl -s \S*\$?(?:control|_control)\/(\w+) -d '(.*)'$/gm)].map(
    ([, action = '', body = '']) => ({ action, body }),
  )
}

/** Paths named in a page's tree of the project: the first names of each line, below their folder. */
export function treePathsIn(text: string): string[] {
  const [, tree = ''] = /^```\n\/\n([\s\S]*?)^```$/m.exec(text) ?? []
  const folders: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', words] = /^([│ ]*)[├└]─ (.+?)(?: {2,}.*)?$/.exec(line) ?? []
    if (words === undefined) return []
    const depth = indent.length / INDENT
    const names = words.split(/,? /).filter((name) => !name.includes('<'))
    folders[depth] = names[0] ?? ''
    const folder = folders.slice(0, depth).join('')
    return names.map((name) => folder + name)
  })
}

const INDENT = 3

/** Links to other files of the project and to headings; those in code blocks are left out. */
export function linksIn(text: string): Link[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [target = '', heading] = link.split('#')
      return heading === undefined ? { target } : { target, heading }
    })
}
