/** V2 of classic accounts, V3 of unified ones. */
export type Generation = 2 | 3

export function generationOf(path: string): Generation {
  return path.startsWith('/api/v3/') ? 3 : 2
}
