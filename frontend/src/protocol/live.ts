// What the live process says and hears, as docs/live.md binds it.

import type { Act, Deed, Language, Moment, PersonId, Reason, Role, SeatId, Standing, WindowId } from './types'

export interface Hello {
  at: Moment
  origin: string
  size: number
  seat: SeatId | null
  person: PersonId | null
  role: Role | null
  language: Language
  own_screen: string | null
}

/** An entry as sent: whole with salt and body, or withheld with its commitment. Hex in lower case. */
export type EntrySent =
  | { number: number; seal: string; salt: string; body: string }
  | { number: number; seal: string; commitment: string }

/** What the running consultation holds, as far as this viewer may see it. */
export interface Held {
  /** Null where it holds nothing, or nothing for this viewer. */
  window: WindowId | null
  deeds: readonly Deed[]
}

export interface Presence {
  at: Moment
  connected: readonly SeatId[]
  /** Since when each seat that was connected is so no longer. */
  lost: Record<SeatId, Moment>
}

/** What a screen found when it checked the chain. */
export interface ChainReport {
  seat: SeatId
  screen: string
  number: number
  whole: boolean
}

export interface Note {
  id: string
  at: Moment
  from: SeatId
  from_person: PersonId
  to: SeatId
  text: string
}

/** The events of the feed by their names. */
export interface FeedEvents {
  hello: Hello
  entry: EntrySent
  held: Held
  presence: Presence
  chain: ChainReport
  note: Note
  displaced: { screen: string }
  time: { at: Moment }
}

export interface ActPosted {
  key: string
  seen: number
  seat: SeatId
  on_instruction: boolean
  act: Act
}

export interface ActDone {
  /** The entry's number; null while a consultation holds the act. */
  number: number | null
  at: Moment
}

export interface RuleCited {
  key: string
  text: string
  standing: Standing
  source: string
}

export interface ActRefused {
  refused: Reason
  message: string
  rule: RuleCited | null
  facts: Record<string, unknown>
}

export interface Paragraph {
  number: string | null
  heading: boolean
  text: string
}

export interface DocumentText {
  document: string
  language: Language
  authentic: boolean
  digest: string
  paragraphs: readonly Paragraph[]
}

/** One step of the spoken script: what is said, and the act that goes with it. */
export interface ScriptStep {
  id: string
  act: Act['act'] | null
  with: Record<string, unknown>
  say: Record<Language, string>
}

/** An entry as the timeline shows it; a withheld one has neither deeds nor time. */
export interface Seen {
  number: number
  at: Moment | null
  visibility: string | null
  deeds: readonly Deed[] | null
  consultation: WindowId | null
}

