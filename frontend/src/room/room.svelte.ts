// The room on one screen: what the record says, what this person may do, and what became of it.
//
// Rule 1: `meeting` is folded from server entries only, never from what was only wished.
// Rule 2: nothing is decided here and nothing is queued; the desk decides, and the line is there or not.

import { answered, perform, type Failure, type Outcome } from '../feed/acts'
import { Chain, digestOf, type ChainState } from '../feed/chain'
import { Feed, type Heard, type Line } from '../feed/feed'
import { PresenceBeat, type Beat } from '../feed/presence'
import { browser, type Surroundings } from '../feed/surroundings'
import type { ChainReport, DocumentText, EntrySent, Held, Hello, Note, Presence, RuleCited, ScriptStep, Seen } from '../protocol/live'
import { read } from '../protocol/reading'
import { AFTER_THE_POINT_OF_ORDER, IN_ANY_FORMAT, IN_ORDER, NOT_ONCE_ADJOURNED } from '../protocol/types'
import type { Act, ActName, AnyEvent, Deed, Meeting, PersonId, Profile, Reason, Role, Seat, SeatId } from '../protocol/types'
import { _, language, type PageLanguage } from '../words'
import { evolveAll } from './evolve'
import { headOf, newMeeting } from './meeting'

/** What the page says when it is opened; in data attributes, for there are no inline scripts. */
export interface Boot {
  origin: string
  seat: SeatId | null
  /** The secretariat's telephone number, shown while the line is lost. */
  telephone: string | null
  /** Which page this is: chair, delegation, secretariat, projector, history… */
  kind: string
}

/** What became of an act that was sent from this screen. */
export interface Sent {
  key: string
  act: Act
  /** `done` once its entry is folded here, or a consultation holds it; `failed` may yet become `done`. */
  state: 'sent' | 'done' | 'refused' | 'failed'
  message: string | null
  reason: Reason | Failure | null
  rule: RuleCited | null
  facts: Record<string, unknown>
}

export interface Noted extends Note {
  /** Whether this seat sent it. */
  mine: boolean
}

const CATCHING_UP = 60
const LOST_AFTER = 2
const KEPT = 50

export class Room {
  readonly profile: Profile
  readonly origin: string
  readonly seat: SeatId | null
  readonly telephone: string | null
  readonly kind: string
  /** This screen's name in the record and in presence. */
  readonly screen: string

  hello = $state.raw<Hello | null>(null)
  /** Folded from the entries this viewer may read. */
  meeting = $state.raw<Meeting>(newMeeting())
  /** What the running consultation holds, as far as this viewer may see it. */
  held = $state.raw<Held | null>(null)
  /** The meeting with what is held. */
  mine: Meeting = $derived(this.#withHeld())
  /** The number of the last entry; -1 before the first. */
  number = $state.raw(-1)
  /** Every entry so far, in order. */
  entries = $state.raw<readonly Seen[]>([])
  /** Every deed that this viewer may read, as it is written. */
  deeds: readonly Deed[] = $derived(this.entries.flatMap((entry) => entry.deeds ?? []))
  /** Everything that followed from them. */
  events: readonly AnyEvent[] = $derived(this.deeds.flatMap((deed) => deed.events))
  presence = $state.raw<Presence | null>(null)
  notes = $state.raw<readonly Noted[]>([])
  /** The last report of each screen. */
  screens = $state.raw<readonly ChainReport[]>([])
  line = $state.raw<Line>('connecting')
  /** The server's time when something was last heard. */
  asOf = $state.raw(0)
  /** The server's time, four times a second. */
  now = $state.raw(0)
  chain = $state.raw<ChainState>({ whole: true, number: -1, broken: null })
  /** Another screen has this seat. */
  displaced = $state.raw(false)
  /** Whether the meeting knows this screen no more: its session has ended, or its seat is another's. */
  shut = $state.raw(false)
  sent = $state<Sent[]>([])
  script = $state.raw<readonly ScriptStep[]>([])

  readonly #around: Surroundings
  readonly #chain: Chain
  readonly #feed: Feed
  readonly #beat: PresenceBeat | null
  readonly #texts = new Map<string, Promise<DocumentText>>()
  #folded: Meeting = newMeeting()
  /** The digest of the profile as it was fetched; entry 0 names the one the meeting is held by. */
  #pinned = ''
  #seen: Seen[] = []
  #callOff: (() => void) | null = null
  /** How far the server's clock is ahead of this machine's. */
  #ahead = 0
  #missed = 0
  #ticking = (): void => {}
  /** This screen has, or had, the seat. */
  #seated = false

  constructor(boot: Boot, profile: Profile, around: Surroundings = browser) {
    this.profile = profile
    this.origin = boot.origin
    this.seat = boot.seat
    this.telephone = boot.telephone
    this.kind = boot.kind
    this.#around = around
    this.screen = around.kept(`screen of ${boot.seat ?? 'the public'} at ${boot.origin}`, () => around.fresh())
    this.#chain = new Chain(boot.origin)
    this.#feed = new Feed(this.#address('feed', true), this.#heard(), around)
    this.#beat = boot.seat === null ? null : this.#beating(boot.seat)
    this.now = this.asOf = around.now()
  }

  /** Fetch what the room needs, and open it. */
  static async open(boot: Boot, around: Surroundings = browser): Promise<Room> {
    const answer = await around.fetch(`/meetings/${boot.origin}/profile.json`)
    if (!answer.ok) throw new Error(`profile.json: ${answer.status}`)
    const text = await answer.text()
    const room = new Room(boot, read('Profile', JSON.parse(text)), around)
    room.#pinned = digestOf(text)
    room.start()
    return room
  }

  start(): void {
    this.#tick()
    this.#feed.open()
  }

  #tick(): void {
    this.now = this.#serverTime()
    this.#ticking = this.#around.later(250, () => this.#tick())
  }

  stop(): void {
    this.#ticking()
    this.#callOff?.()
    this.#beat?.stop()
    this.#feed.close()
  }

  /** The language of this screen. */
  get language(): PageLanguage {
    return language()
  }

  // ---- who is here ------------------------------------------------------------------------------

  /** This seat as the record has it. */
  get ownSeat(): Seat | null {
    return this.seat === null ? null : (this.meeting.seats[this.seat] ?? null)
  }

  /** What this person is in this seat now: the record's word, where this seat may read it. */
  get role(): Role | null {
    const person: PersonId | null = this.hello?.person ?? null
    if (person === null || this.ownSeat === null) return this.hello?.role ?? null
    const head = headOf(this.profile, this.meeting, this.ownSeat)
    return head === null ? (this.hello?.role ?? null) : head === person ? 'head' : 'staff'
  }

  /**
   * How this person may do an act, by the profile: as the `head`, as `staff`, or `instructed` by the head;
   * false: not at all. Whether it is in order now is another matter (`timely`), and the desk's to decide.
   */
  may(act: ActName): false | 'head' | 'instructed' | 'staff' {
    const { ownSeat, role, profile, meeting } = this
    if (ownSeat === null || role === null) return false
    const levels = profile.procedure.kinds[ownSeat.kind]?.acts ?? {}
    const level = meeting.waived.includes('rights') ? (levels[act] ?? 'head') : levels[act]
    if (level === undefined) return false
    if (role === 'head') return 'head'
    // who was replaced for a while may take the chair back in person
    if (act === 'restore_chair' && ownSeat.head !== null && ownSeat.head === this.hello?.person) return 'head'
    if (meeting.waived.includes('roles')) return 'staff'
    return level === 'instructed' || level === 'staff' ? level : false
  }

  /** Whether the stage of the meeting, its format and what is pending leave room for an act. */
  timely(act: ActName): boolean {
    const { meeting, ownSeat } = this
    if (!IN_ORDER[act].includes(meeting.stage) || ownSeat === null) return false
    if (ownSeat.left && act !== 'return_to_meeting') return false
    const formats = this.profile.procedure.kinds[ownSeat.kind]?.formats ?? []
    const attends = meeting.format !== null && formats.includes(meeting.format)
    if (meeting.stage === 'open' && !attends && !IN_ANY_FORMAT.includes(act)) return false
    const onTheRuling = act === 'put' && meeting.ruling.appealed // an appeal is decided even then
    if (meeting.adjourning && NOT_ONCE_ADJOURNED.includes(act) && !onTheRuling) return false
    if (!AFTER_THE_POINT_OF_ORDER.includes(act)) return true
    const declaresIt = (act === 'declare_result' || act === 'declare_adopted') && meeting.window?.subject.subject === 'appeal'
    return meeting.point_of_order === null && (!meeting.ruling.appealed || act === 'put' || declaresIt)
  }

  // ---- what is done from here -------------------------------------------------------------------

  /** Send an act; resolves when it is done, refused, or has failed. */
  async act(act: Act, options: { onInstruction?: boolean } = {}): Promise<Sent> {
    const sent = this.#send(act)
    if (this.seat === null || this.line !== 'live') return this.#settle(sent, { state: 'failed', failure: 'offline', message: null })
    const posted = {
      key: sent.key,
      seen: this.number,
      seat: this.seat,
      on_instruction: options.onInstruction ?? false,
      act,
    }
    const outcome = await perform(this.#around, this.#address('acts'), posted)
    if (outcome.state === 'done') await this.#until(() => sent.state === 'done' || outcome.number === null || this.number >= outcome.number)
    return this.#settle(sent, outcome)
  }

  /** Take the head's place at this screen; `displace` another screen that has it. */
  async takeSeat(displace = false): Promise<Sent> {
    const sent = await this.act({ act: 'take_seat', screen: this.screen, displace })
    if (sent.state === 'done') {
      this.displaced = false
      this.#beat?.start()
    }
    return sent
  }

  /** Send a private note, which is no part of the record; rejects where it could not be sent. */
  async note(to: string, text: string): Promise<void> {
    const sendable = this.seat !== null && this.line === 'live' && this.#around.online()
    const body = { key: this.#around.fresh(), seat: this.seat, to, text }
    const answer = sendable ? await answered(this.#around, this.#address('notes'), body) : null
    if (answer?.ok !== true) throw new Error(words(answer === null ? 'unanswered' : 'broken'))
  }

  /** Fetch the text of a document, once for each version of it; rejects where this seat may not read it. */
  document(id: string, language: string): Promise<DocumentText> {
    const key = `${id} ${language} ${this.meeting.documents[id]?.digest ?? ''}`
    const known = this.#texts.get(key)
    if (known !== undefined) return known
    const path = `documents/${encodeURIComponent(id)}/${encodeURIComponent(language)}`
    const fetched = this.#json<DocumentText>(this.#address(path, true))
    this.#texts.set(key, fetched)
    fetched.catch(() => this.#texts.delete(key))
    return fetched
  }

  // ---- how it works -----------------------------------------------------------------------------

  #withHeld(): Meeting {
    const { held, meeting } = this
    if (held === null || meeting.window?.id !== held.window) return meeting
    return evolveAll(this.profile, meeting, held.deeds.flatMap((deed) => deed.events))
  }

  #address(path: string, seated = false): string {
    const seat = seated && this.seat !== null ? `?seat=${encodeURIComponent(this.seat)}` : ''
    return `/meetings/${this.origin}/${path}${seat}`
  }

  async #json<Value>(address: string): Promise<Value> {
    const answer = await this.#around.fetch(address, { credentials: 'same-origin' })
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
    return (await answer.json()) as Value
  }

  #serverTime(): number {
    return this.#around.now() + this.#ahead
  }

  /** The server's time as just received; on its way it can only have grown older. */
  #told(at: number): void {
    const ahead = at - this.#around.now()
    const step = Math.abs(ahead - this.#ahead) > 2_000 // a clock was set, or this is the first word
    this.#ahead = step ? ahead : Math.max(ahead, this.#ahead)
    this.now = this.#serverTime()
  }

  #heard(): Heard {
    return {
      hello: (hello) => this.#greeted(hello),
      entry: (entry) => this.#take(entry),
      again: (entry) => {
        if (!this.#chain.take(entry)) this.chain = this.#chain.state
      },
      held: (held) => {
        const deeds = held.deeds.map((deed) => read('Deed', deed))
        this.held = deeds.length > 0 ? { window: held.window, deeds } : null
        this.#returned(deeds)
      },
      presence: (presence) => {
        this.#told(presence.at)
        this.presence = presence
      },
      chain: (report) => {
        const others = this.screens.filter((each) => each.seat !== report.seat || each.screen !== report.screen)
        this.screens = [...others, report]
      },
      note: (note) => {
        if (!this.notes.some((each) => each.id === note.id))
          this.notes = [...this.notes, { ...note, mine: note.from === this.seat }]
      },
      displaced: ({ screen }) => {
        if (screen === this.screen) this.#displace()
      },
      time: ({ at }) => this.#told(at),
      line: (line) => {
        this.line = line
      },
      alive: () => {
        this.asOf = this.#serverTime()
      },
    }
  }

  #greeted(hello: Hello): void {
    this.#told(hello.at)
    this.asOf = this.#serverTime()
    this.hello = hello
    this.#chain.size(hello.size)
    if (hello.origin !== this.origin) this.#chain.break(0)
    this.chain = this.#chain.state
    this.shut = false
    if (!this.displaced) this.#beat?.start()
    if (this.script.length === 0) void this.#fetchScript()
  }

  async #fetchScript(): Promise<void> {
    const kind = this.profile.organisation.seats.find((each) => each.id === this.seat)?.kind
    const { presiding_kind, secretariat_kind } = this.profile.procedure.opening
    if (kind !== presiding_kind && kind !== secretariat_kind) return
    this.script = await this.#json<ScriptStep[]>(this.#address('script.json', true)).catch(() => [])
  }

  #take(entry: EntrySent): void {
    this.#chain.take(entry)
    const body = 'body' in entry ? this.#body(entry.number, entry.body) : null
    if (body !== null) {
      for (const deed of body.deeds) this.#folded = evolveAll(this.profile, this.#folded, deed.events)
      if (body.consultation !== null && this.held?.window === body.consultation) this.held = null
      this.#returned(body.deeds)
      for (const deed of body.deeds) deed.events.forEach((event) => this.#screenMoved(event))
      for (const deed of body.deeds) for (const event of deed.events) if (event.event === 'convened' && event.profile !== this.#pinned) this.#chain.break(entry.number)
    }
    this.#seen.push({
      number: entry.number,
      at: body?.at ?? null,
      visibility: body?.visibility ?? null,
      deeds: body?.deeds ?? null,
      consultation: body?.consultation ?? null,
    })
    // a long record is drawn a few times while it arrives, not once for each entry
    if (entry.number + 1 >= (this.hello?.size ?? 0)) this.#show()
    else this.#callOff ??= this.#around.later(CATCHING_UP, () => this.#show())
  }

  #body(number: number, text: string) {
    try {
      const body = read('EntryBody', JSON.parse(text))
      if (body.number === number && body.meeting === this.origin) return body
    } catch {
      // no body of an entry
    }
    this.#chain.break(number)
    return null
  }

  #show(): void {
    this.#callOff?.()
    this.#callOff = null
    this.meeting = this.#folded
    this.entries = [...this.#seen]
    this.number = this.#seen.length - 1
    this.chain = this.#chain.state
  }

  /** What was sent from here came back in the record, or in what a consultation holds. */
  #returned(deeds: readonly Deed[]): void {
    for (const sent of this.sent)
      if (sent.state !== 'done' && deeds.some((deed) => deed.key === sent.key)) {
        sent.state = 'done'
        sent.message = sent.reason = null
      }
  }

  #screenMoved(event: AnyEvent): void {
    if (event.event !== 'seat_taken' || event.seat !== this.seat) return
    if (event.screen === this.screen) {
      this.#seated = true
      this.displaced = false
    } else if (this.#seated) this.#displace()
  }

  #displace(): void {
    this.#seated = false
    this.displaced = true
    this.#beat?.stop()
  }

  #beating(seat: SeatId): PresenceBeat {
    const said = () => ({ seat, screen: this.screen, number: this.chain.broken ?? this.number, whole: this.chain.whole })
    return new PresenceBeat(this.#address('presence'), said, (beat) => this.#answered(beat), this.#around)
  }

  /** The beats notice a dead line long before the connection of the feed does. */
  #answered(beat: Beat): void {
    const missed = this.#missed
    this.#missed = beat === 'lost' ? missed + 1 : 0
    if (this.#missed === LOST_AFTER && this.line === 'live') this.#feed.doubt()
    if (missed > 0 && this.#missed === 0) this.#feed.hurry()
    this.shut = beat === 'not_found'
    if (this.shut) this.#beat?.stop() // begun again with the next hello
    if (beat === 'elsewhere' && this.role === 'head') this.#displace()
  }

  #send(act: Act): Sent {
    this.sent.push({ key: this.#around.fresh(), act, state: 'sent', message: null, reason: null, rule: null, facts: {} })
    if (this.sent.length > KEPT) this.sent.shift()
    return this.sent[this.sent.length - 1] as Sent
  }

  #settle(sent: Sent, outcome: Outcome): Sent {
    if (sent.state === 'done') return sent // the record said so before the answer came
    sent.state = outcome.state
    if (outcome.state === 'refused')
      Object.assign(sent, { message: outcome.message, reason: outcome.refused, rule: outcome.rule, facts: outcome.facts })
    if (outcome.state === 'failed')
      Object.assign(sent, { message: outcome.message ?? words(outcome.failure), reason: outcome.failure })
    return sent
  }

  /** Wait a little until the feed has caught up with what is done. */
  async #until(there: () => boolean): Promise<void> {
    for (let tries = 0; tries < 40 && !there(); tries++)
      await new Promise<void>((resolve) => this.#around.later(50, resolve))
  }
}

/** Say why an act was not sent or not taken. */
function words(failure: Failure): string {
  switch (failure) {
    case 'offline':
      return _('The line is lost. Nothing was sent.')
    case 'unanswered':
      return _('No answer came. The record will show whether it was done.')
    case 'not_found':
      return _('This is not open to you.')
    case 'malformed':
      return _('The meeting could not read this.')
    case 'too_large':
      return _('This is too long.')
    case 'too_many':
      return _('Too much was sent in a short time. Wait a moment.')
    case 'broken':
      return _('Something went wrong at the meeting. Nothing was done.')
    default:
      failure satisfies never
      return ''
  }
}
