// Doing an act from a control: on whose instruction, and how far it has got.
import type { Room } from '../room/room.svelte'
import type { Act, ActName } from '../protocol/types'

export type How = 'send' | 'instructed' | 'prepare'
export type Progress = 'idle' | 'sent' | 'done' | 'refused' | 'failed'

/** What this person may do with an act: send it, send it on instruction, only prepare it, or nothing. */
export function how(room: Room, act: ActName): How | null {
  const level = room.may(act)
  if (level === 'instructed') return 'instructed'
  if (level !== false) return 'send'
  const kind = room.ownSeat?.kind ?? ''
  const heads = room.profile.procedure.kinds[kind]?.acts[act] === 'head'
  return room.role === 'staff' && heads ? 'prepare' : null
}

export class Doing {
  progress = $state<Progress>('idle')
  #room: Room
  constructor(room: Room) { this.#room = room }

  async do(act: Act, way: How): Promise<boolean> {
    if (this.progress === 'sent') return false
    this.progress = 'sent'
    try {
      if (way === 'prepare') {
        await prepare(this.#room, act)
        this.progress = 'done'
      } else {
        const sent = await this.#room.act(act, way === 'instructed' ? { onInstruction: true } : {})
        this.progress = sent.state === 'sent' ? 'done' : sent.state
      }
    } catch {
      this.progress = 'failed'
    }
    const reached: Progress = this.progress
    if (reached === 'done') setTimeout(() => { if (this.progress === 'done') this.progress = 'idle' }, 2500)
    return reached === 'done'
  }
}

export interface Outcome { of: string; progress: Progress; message: string | null }

/** Several acts of one kind, each entered by itself, one after another: each has its own outcome. */
export class Series {
  outcomes = $state<readonly Outcome[]>([])
  sending = $state(false)
  #room: Room
  constructor(room: Room) { this.#room = room }

  /** Send them in this order; return those that were not done. */
  async send(acts: readonly { of: string; act: Act }[], way: How | null): Promise<string[]> {
    this.sending = true
    this.outcomes = acts.map(({ of }) => ({ of, progress: 'idle', message: null }))
    for (const { of, act } of acts) {
      this.#tell({ of, progress: 'sent', message: null })
      this.#tell({ of, ...(await this.#one(act, way)) })
    }
    this.sending = false
    return this.outcomes.filter((each) => each.progress !== 'done').map((each) => each.of)
  }

  #tell(outcome: Outcome): void {
    this.outcomes = this.outcomes.map((each) => (each.of === outcome.of ? outcome : each))
  }

  async #one(act: Act, way: How | null): Promise<{ progress: Progress; message: string | null }> {
    try {
      if (way === 'prepare') { await prepare(this.#room, act); return { progress: 'done', message: null } }
      const { state, message } = await this.#room.act(act, way === 'instructed' ? { onInstruction: true } : {})
      return { progress: state === 'sent' ? 'done' : state, message }
    } catch (error) {
      return { progress: 'failed', message: error instanceof Error ? error.message : null }
    }
  }
}

// What staff prepare goes to their own seat as a private note that only its screens read: never to the record.
const MARK = 'plenary:prepared '

export const prepare = (room: Room, act: Act): Promise<void> => room.note(room.seat ?? '', MARK + JSON.stringify(act))

export interface Prepared { id: string; act: Act; by: string | null }

export const isPrepared = (text: string): boolean => text.startsWith(MARK)

export function prepared(room: Room): Prepared[] {
  const found: Prepared[] = []
  for (const note of room.notes) {
    if (note.from !== room.seat || note.to !== room.seat || !isPrepared(note.text)) continue
    try { found.push({ id: note.id, act: JSON.parse(note.text.slice(MARK.length)) as Act, by: note.from_person }) } catch { /* not one of ours */ }
  }
  return found
}
