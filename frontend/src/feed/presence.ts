// Says every 0.7 s that this screen is there, how far it has folded, and whether the chain held.

import { post } from './post'
import type { Surroundings } from './surroundings'

const BEAT = 700
const ONE_TRY = 1_500

/** What became of a beat; `lost`: no answer; `elsewhere`: another screen has the seat. */
export type Beat = 'there' | 'elsewhere' | 'not_found' | 'lost'

export interface Beating {
  seat: string
  screen: string
  number: number
  whole: boolean
}

export class PresenceBeat {
  #stop: (() => void) | null = null
  #waiting = false

  constructor(
    private readonly address: string,
    private readonly said: () => Beating,
    private readonly answered: (beat: Beat) => void,
    private readonly around: Surroundings,
  ) {}

  start(): void {
    if (this.#stop !== null) return
    this.#stop = this.around.every(BEAT, () => void this.beat())
    void this.beat()
  }

  stop(): void {
    this.#stop?.()
    this.#stop = null
  }

  /** One beat at a time: a slow line is not made slower. */
  async beat(): Promise<void> {
    if (this.#waiting) return
    this.#waiting = true
    const answer = await post(this.around, this.address, this.said(), ONE_TRY)
    this.#waiting = false
    if (this.#stop !== null) this.answered(meaning(answer?.status ?? 0))
  }
}

function meaning(status: number): Beat {
  if (status === 0 || status >= 500) return 'lost'
  if (status === 409) return 'elsewhere'
  return status === 404 ? 'not_found' : 'there'
}
