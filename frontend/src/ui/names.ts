// Names of seats, people, documents and questions, in the reader's language.
import type { Room } from '../room/room.svelte'
import type { DecisionWindow, FloorRequest, Language, Present, Rule, Scope, SeatId, Subject, Text } from '../protocol/types'
import { list as joined, time } from '../words'
import { _, ngettext } from './say'

export const inWords = (text: Text | null | undefined, language: Language): string =>
  text ? (text[language] ?? text['en'] ?? Object.values(text)[0] ?? '') : ''

export const html = (language: Language): string => (language === 'zh-hans' ? 'zh-Hans' : language === 'qps-rtl' ? 'en' : language)

export function seatName(room: Room, id: SeatId): string {
  const { organisation } = room.profile
  const party = organisation.parties.find((each) => each.id === id)
  if (party) return inWords(party.short, room.language)
  const further = organisation.seats.find((each) => each.id === id)
  if (further) return inWords(further.names, room.language)
  return inWords(room.meeting.seats[id]?.titles, room.language) || id
}

export interface Representative { name: string; title: string }

/** Who heads a seat, as far as this viewer may know it: its letters, or else the roll as it was called. */
export function representative(room: Room, id: SeatId): Representative | null {
  const seat = room.meeting.seats[id]
  if (!seat) return null
  const acting = room.meeting.acting_chair
  if (acting !== null && seat.kind === room.profile.procedure.opening.presiding_kind && acting !== id) return representative(room, acting)
  const letter = seat.head === null ? undefined : seat.letters[seat.head]
  const line = letter ?? onTheRoll(room, id)
  return line?.names ? { name: inWords(line.names, room.language), title: inWords(line.titles, room.language) } : null
}

let seen: readonly unknown[] = []
let roll = new Map<SeatId, Present>()
function onTheRoll(room: Room, id: SeatId): Present | undefined {
  if (seen !== room.events) {
    seen = room.events
    roll = new Map()
    for (const event of room.events) if (event.event === 'roll_called') for (const line of event.present) roll.set(line.seat, line)
  }
  return roll.get(id)
}

/** What stands beside one another after a comma: a name, a title, an office. */
export const beside = (parts: readonly (string | null | undefined)[], language: Language): string =>
  parts.filter((each) => each).join(language === 'zh-hans' ? '，' : ', ')

/** The head on whose instruction staff of this screen's seat act, by name if known. */
export const principal = (room: Room): string =>
  (room.seat === null ? null : representative(room, room.seat)?.name) ?? _('the head of delegation')

export const documentTitle = (room: Room, id: string): string => inWords(room.meeting.documents[id]?.titles, room.language) || id

const INNER: Record<string, string> = { '“': '‘', '”': '’', '«': '„', '»': '“', '《': '〈', '》': '〉' }
/** A document's title as it stands between quotation marks: those within it are the inner ones. */
export const quotedTitle = (room: Room, id: string): string =>
  documentTitle(room, id).replace(/[“”«»《》]/g, (mark) => INNER[mark] ?? mark)

export const itemTitle = (room: Room): { number: string; title: string } | null => {
  const item = room.meeting.agenda?.find((each) => each.id === room.meeting.item)
  return item ? { number: item.id, title: inWords(item.titles, room.language) } : null
}

export const formName = (form: string): string =>
  form === 'videoconference' ? _('by videoconference') : form === 'hybrid' ? _('in hybrid form') : _('in person')

/** The question as it is put, one sentence. */
export function question(room: Room, subject: Subject): string {
  switch (subject.subject) {
    case 'remote_form': return _('Hold the meeting %(form)s?', { form: formName(subject.form) })
    case 'agenda': return _('Adopt the agenda?')
    case 'document_list': return ngettext('Approve the list of %(n)s document?', 'Approve the list of %(n)s documents?', subject.documents.length)
    case 'texts': return subject.documents.length === 1
      ? _('Adopt “%(title)s”?', { title: quotedTitle(room, subject.documents[0] ?? '') })
      : ngettext('Adopt the package of %(n)s document?', 'Adopt the package of %(n)s documents?', subject.documents.length)
    case 'waiver': return _('Not apply this rule until the meeting closes?')
    case 'next_chair': return _('Next chairmanship of the organisation: %(party)s?', { party: seatName(room, subject.party) })
    case 'motion': return _('Agree to the motion “%(motion)s”?', { motion: motionName(room, subject.motion) })
    case 'appeal': return _('Overrule the ruling of the presiding officer?')
  }
  return subject satisfies never
}

export const motionName = (room: Room, id: string): string => {
  const motion = room.meeting.motions.find((each) => each.id === id)
  return motion ? inWords(room.profile.procedure.motions[motion.kind]?.names, room.language) : id
}

export const ruleOf = (room: Room, window: DecisionWindow): Rule | undefined => {
  const decision = room.profile.procedure.decisions[window.decision]
  return decision && room.profile.procedure.rules[decision.rule]
}

export const standingName = (standing: Rule['standing']): string =>
  standing === 'treaty' ? _('Treaty') : standing === 'rules of procedure' ? _('Rules of procedure') : standing === 'practice' ? _('Practice') : _('Drafters’ inference')

export const opinionName = (kind: string): string => {
  switch (kind) {
    case 'opinion': return _('Opinion')
    case 'interpretative_statement': return _('Interpretative statement')
    case 'reservation': return _('Reservation')
    case 'explanation_of_position': return _('Explanation of position')
    case 'explanation_of_vote': return _('Explanation of vote')
    default: return _('Dissociation')
  }
}

export const voteName = (vote: string): string => (vote === 'yes' ? _('In favour') : vote === 'no' ? _('Against') : _('Abstention'))

export function scopeName(room: Room, scope: Scope): string {
  const document = documentTitle(room, scope.document)
  if (scope.paragraph) return _('%(document)s, paragraph %(paragraph)s', { document, paragraph: scope.paragraph })
  if (scope.project) return _('%(document)s, project %(project)s', { document, project: scope.project })
  return document
}

/** What stands beside a name on the list: recorded, reply, waiting for consent. */
export function requestNote(room: Room, request: FloorRequest): string {
  if (request.reply_to !== null) return _('Right of reply to %(seat)s', { seat: seatName(room, request.reply_to) })
  return request.delivery === 'recorded' ? _('Recorded statement') : ''
}

/** How many seconds a seat on the list will have, as the profile and the meeting say. */
export function limitOf(room: Room, request: FloorRequest): number | null {
  const { kinds, reply } = room.profile.procedure
  if (request.reply_to !== null && reply) return reply.seconds[Math.min(room.meeting.floor.replies[request.seat] ?? 0, reply.seconds.length - 1)] ?? null
  const own = kinds[room.meeting.seats[request.seat]?.kind ?? '']?.speech_seconds ?? null
  const meeting = room.meeting.floor.limit
  return own === null ? meeting : meeting === null ? own : Math.min(own, meeting)
}

export const clock = (at: number, language: Language, zone: string | undefined, seconds = false): string =>
  time(at, language, { seconds, ...(zone === undefined ? {} : { timeZone: zone }) })

/** `4:07`, or `1:02:00`; what is over is shown without a sign. */
export function span(milliseconds: number): string {
  const whole = Math.floor(Math.abs(milliseconds) / 1000)
  const two = (part: number): string => String(part).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  return hours > 0 ? `${hours}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}` : `${Math.floor(whole / 60)}:${two(whole % 60)}`
}

export const minutes = (seconds: number): string => _('%(n)s min', { n: Math.max(1, Math.round(seconds / 60)) })

export const list = (names: readonly string[], language: Language): string => joined(names, language)

/** What an act would do, in a few words: for what staff prepared and for the steps of the script. */
export function actName(act: string): string {
  switch (act) {
    case 'open_meeting': return _('Open the meeting')
    case 'call_the_roll': return _('Call the roll')
    case 'open_segment': return _('Open a segment')
    case 'suspend': return _('Suspend the meeting')
    case 'resume': return _('Resume the meeting')
    case 'close_meeting': return _('Close the meeting')
    case 'take_up_item': return _('Take up an item')
    case 'conclude_item': return _('Conclude the item')
    case 'consent_to_speak': return _('Consent to speak')
    case 'give_the_floor': return _('Give the floor')
    case 'extend_time': return _('Extend the time')
    case 'end_speech': return _('End the speech')
    case 'close_list': return _('Close the list')
    case 'reopen_list': return _('Reopen the list')
    case 'rule': return _('Rule on the point of order')
    case 'give_ruling': return _('Give a ruling')
    case 'put': return _('Put the question')
    case 'declare_adopted': return _('Declare adopted')
    case 'declare_result': return _('Declare the result')
    case 'set_aside': return _('Set the question aside')
    case 'proceed_without': return _('Proceed without a seat')
    case 'object': return _('Object')
    case 'lift_objection': return _('Lift the objection')
    case 'stand_aside': return _('Stand aside')
    case 'place_opinion': return _('Opinion on record')
    case 'take_back': return _('Take back')
    case 'raise_point_of_order': return _('Point of order')
    case 'ask_for_reply': return _('Right of reply')
    case 'move': return _('Move a motion')
    case 'sign': return _('Sign')
    default: return act.replaceAll('_', ' ')
  }
}
