import type { Played, Stage } from '../support/stage.ts'

/** One numbered behaviour, the same on every exchange. */
export interface Card {
  id: string
  title: string
  play(stage: Stage): Promise<void>
  /** Why an exchange cannot play it; `undefined` where it can. */
  unless: (played: Played) => string | undefined
  /** `manual`: time stands until the card moves it. */
  clock: 'real' | 'manual'
}

export function card(
  id: string,
  title: string,
  play: Card['play'],
  unless: Card['unless'] = () => undefined,
  { clock = 'real' }: { clock?: Card['clock'] } = {},
): Card {
  return { id, title, play, unless, clock }
}
