// What the feed needs from outside: time, chance, the network. Tests bring their own.

export interface Stream {
  addEventListener(name: string, heard: (event: { data: string }) => void): void
  onerror: ((event: never) => unknown) | null
  close(): void
}

export interface Surroundings {
  /** Milliseconds since 1970 by this machine's clock, which may be wrong. */
  now(): number
  /** A number from 0 up to 1. */
  random(): number
  /** Thirty-two hex digits nobody used before. */
  fresh(): string
  /** Call after so many milliseconds; returns how to call it off. */
  later(milliseconds: number, call: () => void): () => void
  /** Call again and again, in a hidden tab too; returns how to stop it. */
  every(milliseconds: number, call: () => void): () => void
  fetch(address: string, options?: RequestInit): Promise<Response>
  stream(address: string): Stream
  online(): boolean
  /** Call when the machine says that its line went or came; returns how to stop it. */
  onLine(call: (online: boolean) => void): () => void
  /** Keep a word for this tab alone, over a reload. */
  kept(name: string, make: () => string): string
}

/** The browser. */
export const browser: Surroundings = {
  now: () => Date.now(),
  random: () => Math.random(),
  // crypto.randomUUID is not there over plain HTTP; this is
  fresh: () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (each) => each.toString(16).padStart(2, '0')).join(''),
  later(milliseconds, call) {
    const timer = setTimeout(call, milliseconds)
    return () => clearTimeout(timer)
  },
  every(milliseconds, call) {
    // browsers slow the timers of hidden pages down to one a minute, but not those of their workers
    const worker = new Worker(new URL('./beat.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = call
    worker.postMessage(milliseconds)
    return () => worker.terminate()
  },
  fetch: (address, options) => fetch(address, options),
  stream: (address) => new EventSource(address, { withCredentials: true }) as Stream,
  online: () => navigator.onLine,
  onLine(call) {
    const [came, went] = [() => call(true), () => call(false)]
    addEventListener('online', came)
    addEventListener('offline', went)
    return () => {
      removeEventListener('online', came)
      removeEventListener('offline', went)
    }
  },
  kept(name, make) {
    const claim = `${name}, in use`
    try {
      const before = sessionStorage.getItem(name)
      // a tab that was duplicated brings a copy of the other's storage, where the claim still stands
      const kept = before !== null && sessionStorage.getItem(claim) === null ? before : make()
      sessionStorage.setItem(name, kept)
      sessionStorage.setItem(claim, '1')
      addEventListener('pagehide', () => sessionStorage.removeItem(claim))
      addEventListener('pageshow', () => sessionStorage.setItem(claim, '1'))
      return kept
    } catch {
      return make() // storage may be forbidden; then a reload is a new screen
    }
  },
}
