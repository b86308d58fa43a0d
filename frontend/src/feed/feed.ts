// Follows the feed: every entry once, in order, over any number of connections.
//
// Rule 1: whatever goes wrong (an error, a gap, silence), close and ask again after the last number seen.
// Rule 2: nothing here knows what an entry means.

import type { FeedEvents } from '../protocol/live'
import type { Stream, Surroundings } from './surroundings'

/** The server says something at least every 15 s. */
const SILENCE = 40_000
const SHORTEST = 500
const LONGEST = 15_000

export type Line = 'connecting' | 'live' | 'lost'

export type Heard = { [Name in keyof FeedEvents]: (event: FeedEvents[Name]) => void } & {
  /** An entry that was sent before. */
  again: (entry: FeedEvents['entry']) => void
  line: (line: Line) => void
  /** Something arrived: the line is there. */
  alive: () => void
}

const NAMES: readonly (keyof FeedEvents)[] = ['hello', 'entry', 'held', 'presence', 'chain', 'note', 'displaced', 'time']

export class Feed {
  last = -1
  line: Line = 'connecting'
  #stream: Stream | null = null
  #attempts = 0
  #callOff = (): void => {}
  #unwatch = (): void => {}
  #deaf = (): void => {}

  constructor(
    private readonly address: string,
    private readonly heard: Heard,
    private readonly around: Surroundings,
  ) {}

  open(): void {
    this.#deaf = this.around.onLine((online) => (online ? this.hurry() : this.doubt()))
    this.#connect()
  }

  close(): void {
    this.#deaf()
    this.#hangUp()
  }

  /** The line seems to be gone, though the connection has not noticed: try anew. */
  doubt(): void {
    this.#lose()
  }

  /** The line seems to be back: do not wait any longer. */
  hurry(): void {
    if (this.line === 'lost') this.#connect()
  }

  #connect(): void {
    this.#hangUp()
    const stream = this.around.stream(this.#next())
    this.#stream = stream
    for (const name of NAMES)
      stream.addEventListener(name, ({ data }) => {
        if (stream === this.#stream) this.#hear(name, JSON.parse(data))
      })
    stream.onerror = () => {
      if (stream === this.#stream) this.#lose()
    }
    this.#watch()
  }

  #next(): string {
    if (this.last < 0) return this.address
    return `${this.address}${this.address.includes('?') ? '&' : '?'}after=${this.last}`
  }

  #hangUp(): void {
    this.#callOff()
    this.#unwatch()
    this.#stream?.close()
    this.#stream = null
  }

  /** Reconnect, each time a little later, and never all screens at once. */
  #lose(): void {
    this.#hangUp()
    this.#say('lost')
    const longest = Math.min(LONGEST, SHORTEST * 2 ** this.#attempts++)
    this.#callOff = this.around.later(longest * (0.5 + this.around.random() / 2), () => this.#connect())
  }

  #watch(): void {
    this.#unwatch()
    this.#unwatch = this.around.later(SILENCE, () => this.#lose())
  }

  #say(line: Line): void {
    if (line === this.line) return
    this.line = line
    this.heard.line(line)
  }

  #hear<Name extends keyof FeedEvents>(name: Name, event: FeedEvents[Name]): void {
    this.#watch()
    this.heard.alive()
    if (name === 'entry') return this.#entry(event as FeedEvents['entry'])
    if (name === 'time') this.#attempts = 0
    ;(this.heard[name] as (event: FeedEvents[Name]) => void)(event)
    if (name === 'hello') this.#say('live')
  }

  #entry(entry: FeedEvents['entry']): void {
    if (entry.number <= this.last) return this.heard.again(entry)
    if (entry.number > this.last + 1) return this.#lose()
    this.last = entry.number
    this.#attempts = 0
    this.heard.entry(entry)
  }
}
