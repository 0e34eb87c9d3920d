import type { StreamDefinition, Topic } from '../definition.ts'
import { Line } from './line.ts'
import type { LineParts, TopicListener } from './topics.ts'

/** All connections of one exchange object: topics are spread over as many as their limits ask for. */
export interface Pool {
  /** Each topic has one listener. */
  add(topic: Topic, listener: TopicListener): void
  remove(topic: Topic): void
  refresh(topic: Topic): void
  close(): void
}

export function createPool(
  definition: Pick<StreamDefinition, 'routes'>,
  partsOf: (route: string) => LineParts,
): Pool {
  const lines = new Map<string, Line[]>()
  const places = new Map<string, Line>()
  const placeOf = ({ route, name }: Topic): string => `${route} ${name}`

  function lineFor(route: string): Line {
    const onRoute = lines.get(route) ?? []
    const max = definition.routes[route]?.limits.topicsPerConnection ?? 1
    const free = onRoute.find(({ size }) => size > 0 && size < max)
    if (free) return free
    const line = new Line(partsOf(route))
    lines.set(route, [...onRoute.filter(({ size }) => size > 0), line])
    return line
  }
  return {
    add(topic, listener) {
      const line = lineFor(topic.route)
      places.set(placeOf(topic), line)
      line.add(topic.name, listener)
    },
    remove(topic) {
      places.get(placeOf(topic))?.remove(topic.name)
      places.delete(placeOf(topic))
    },
    refresh(topic) {
      places.get(placeOf(topic))?.refresh(topic.name)
    },
    close() {
      for (const line of [...lines.values()].flat()) line.close()
      lines.clear()
      places.clear()
    },
  }
}
