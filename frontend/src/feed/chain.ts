// Checks the chain as entries arrive; docs/record-format.md says what is hashed.
//
// Rule 1: pure JavaScript, for the browser's own hashing is not there over plain HTTP.
// Rule 2: a chain that was broken once stays broken; the first bad entry is named.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { EntrySent } from '../protocol/live'

const BODY = Uint8Array.of(2)
const SEAL = Uint8Array.of(3)
const ORIGIN = Uint8Array.of(4)

/** Whether the chain held so far, up to which number, and where it broke first. */
export interface ChainState {
  whole: boolean
  number: number
  broken: number | null
}

export const firstSeal = (origin: string): string => hashed(ORIGIN, utf8ToBytes(origin))

export const commitmentOf = (entry: EntrySent): string =>
  'body' in entry ? hashed(BODY, hexToBytes(entry.salt), utf8ToBytes(entry.body)) : entry.commitment

export function sealAfter(previous: string, number: number, commitment: string): string {
  const eight = new Uint8Array(8)
  new DataView(eight.buffer).setBigUint64(0, BigInt(number))
  return hashed(SEAL, hexToBytes(previous), eight, hexToBytes(commitment))
}

const hashed = (...parts: Uint8Array[]): string => bytesToHex(sha256(concatBytes(...parts)))

/** The seals seen so far, and whether each followed from the one before. */
export class Chain {
  state: ChainState = { whole: true, number: -1, broken: null }
  readonly #seals: string[] = []
  readonly #first: string

  constructor(origin: string) {
    this.#first = firstSeal(origin)
  }

  /** Take the next entry, or one that was sent again; returns whether it is what the chain says. */
  take(entry: EntrySent): boolean {
    const before = this.#seals[entry.number]
    const good = before === undefined ? this.#follows(entry) : before === entry.seal
    if (before === undefined) {
      this.#seals[entry.number] = entry.seal
      this.state = { ...this.state, number: entry.number }
    }
    if (!good) this.break(entry.number)
    return good
  }

  /** The server says how many entries there are: never fewer than were seen. */
  size(size: number): void {
    if (size < this.#seals.length) this.break(size)
  }

  /** Note that the record is not what it was said to be, from this number on. */
  break(number: number): void {
    this.state = { ...this.state, whole: false, broken: this.state.broken ?? number }
  }

  #follows(entry: EntrySent): boolean {
    const previous = entry.number === 0 ? this.#first : this.#seals[entry.number - 1]
    try {
      return previous !== undefined && entry.seal === sealAfter(previous, entry.number, commitmentOf(entry))
    } catch {
      return false // no hex, no hash
    }
  }
}

/** Return the SHA-256 of a text, in lower-case hex. */
export const digestOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))
