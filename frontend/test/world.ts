// A world for tests: time passes when it is told to, and the network does what it is told.

import type { Stream, Surroundings } from '../src/feed/surroundings'

export class FakeStream implements Stream {
  onerror: ((event: never) => unknown) | null = null
  closed = false
  readonly #heard = new Map<string, (event: { data: string }) => void>()

  constructor(readonly address: string) {}

  addEventListener(name: string, heard: (event: { data: string }) => void): void {
    this.#heard.set(name, heard)
  }

  close(): void {
    this.closed = true
  }

  says(name: string, data: unknown): void {
    this.#heard.get(name)?.({ data: JSON.stringify(data) })
  }

  breaks(): void {
    this.onerror?.(undefined as never)
  }
}

export interface Request {
  address: string
  body: Record<string, unknown> | null
  headers: Record<string, string>
}

/** What comes back: a status and JSON, or nothing ever, or an error of the network. */
export type Reply = { status: number; body?: unknown } | 'silence' | 'error'

export class World implements Surroundings {
  time = 1_000_000
  chance = 0
  there = true
  streams: FakeStream[] = []
  requests: Request[] = []
  reply: (request: Request) => Reply = () => ({ status: 204 })
  #timers: { at: number; call: () => void }[] = []
  #lines: ((online: boolean) => void)[] = []
  #made = 0
  readonly tab = new Map<string, string>()

  now = (): number => this.time
  random = (): number => this.chance
  fresh = (): string => `fresh-${++this.#made}`
  online = (): boolean => this.there

  get stream(): (address: string) => FakeStream {
    return (address) => {
      const stream = new FakeStream(address)
      this.streams.push(stream)
      return stream
    }
  }

  get last(): FakeStream {
    return this.streams[this.streams.length - 1] as FakeStream
  }

  later(milliseconds: number, call: () => void): () => void {
    const timer = { at: this.time + milliseconds, call }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer)
    }
  }

  every(milliseconds: number, call: () => void): () => void {
    let stop = (): void => {}
    const again = (): void => {
      stop = this.later(milliseconds, () => {
        again()
        call()
      })
    }
    again()
    return () => stop()
  }

  onLine(call: (online: boolean) => void): () => void {
    this.#lines.push(call)
    return () => {
      this.#lines = this.#lines.filter((each) => each !== call)
    }
  }

  machineSays(online: boolean): void {
    this.there = online
    for (const call of [...this.#lines]) call(online)
  }

  kept(name: string, make: () => string): string {
    const known = this.tab.get(name) ?? make()
    this.tab.set(name, known)
    return known
  }

  async fetch(address: string, options: RequestInit = {}): Promise<Response> {
    const body = options.body === undefined ? null : (JSON.parse(String(options.body)) as Record<string, unknown>)
    const request = { address, body, headers: { ...(options.headers as Record<string, string>) } }
    this.requests.push(request)
    const reply = this.reply(request)
    if (reply === 'error') throw new TypeError('network')
    if (reply === 'silence')
      return new Promise((_, reject) => options.signal?.addEventListener('abort', () => reject(new Error('aborted'))))
    return new Response(reply.body === undefined ? null : JSON.stringify(reply.body), { status: reply.status })
  }

  /** Let so much time pass, and everything that follows from it. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.time + milliseconds
    for (;;) {
      await settled()
      const next = this.#timers.filter((each) => each.at <= until).sort((one, other) => one.at - other.at)[0]
      if (next === undefined) break
      this.#timers = this.#timers.filter((each) => each !== next)
      this.time = Math.max(this.time, next.at)
      next.call()
    }
    this.time = until
    await settled()
  }
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  await new Promise((resolve) => setImmediate(resolve))
}
