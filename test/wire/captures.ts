import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

// Where recorded payloads are looked for; they are no part of the project.
const capturesFolder: string = process.env.PERPKIT_CAPTURES ?? join(root, '../shared/captures')

export const hasCaptures: boolean = existsSync(capturesFolder)

/** For the title of tests that need them. */
export const capturesTitle: string = hasCaptures
  ? 'the recorded payloads'
  : `the recorded payloads: skipped, there is no folder ${capturesFolder} (see PERPKIT_CAPTURES)`

export function readCapture(file: string): unknown {
  return JSON.parse(readFileSync(join(capturesFolder, file), 'utf8'))
}

/**
 * Keys and JSON types of a payload, one entry a path; rows of an array count as one:
 * `result.list[].price` is a `string`. An empty list tells nothing of its rows.
 */
function outline(value: unknown): Map<string, Set<string>> {
  const paths = new Map<string, Set<string>>()
  collect(value, '', paths)
  return paths
}

/**
 * Differences between a recorded payload and an answer of the simulator. What `allowed` names by
 * path is left out, and so is what stands below it.
 */
export function outlineDifferences(
  recorded: unknown,
  simulated: unknown,
  allowed: Readonly<Record<string, string>>,
): string[] {
  const theirs = outline(recorded)
  const ours = outline(simulated)
  const differences: string[] = []
  for (const [path, types] of theirs) {
    if (isAllowed(path, allowed)) continue
    const found = ours.get(path)
    if (!found) {
      if (ours.has(parentOf(path))) differences.push(`${path}: recorded, not answered`)
      continue
    }
    const strange = [...found].filter((type) => !types.has(type))
    if (strange.length > 0) {
      differences.push(`${path}: recorded ${[...types]}, answered ${[...found]}`)
    }
  }
  for (const path of ours.keys()) {
    if (theirs.has(path) || !theirs.has(parentOf(path)) || isAllowed(path, allowed)) continue
    differences.push(`${path}: answered, not recorded`)
  }
  return differences
}

function collect(value: unknown, path: string, paths: Map<string, Set<string>>): void {
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  const types = paths.get(path) ?? new Set()
  paths.set(path, types.add(type))
  if (Array.isArray(value)) for (const row of value) collect(row, `${path}[]`, paths)
  else if (type === 'object') {
    for (const [key, member] of Object.entries(Object(value))) {
      collect(member, path === '' ? key : `${path}.${key}`, paths)
    }
  }
}

function parentOf(path: string): string {
  return path.endsWith('[]') ? path.slice(0, -2) : path.replace(/\.?[^.]*$/, '')
}

function isAllowed(path: string, allowed: Readonly<Record<string, string>>): boolean {
  return Object.keys(allowed).some((name) => path === name || path.startsWith(`${name}.`))
}
