// Made from the code by `python -m tests.house.protocol_types > frontend/src/protocol/types.ts`;
// a test holds it to that. What was read has every field; what is sent may leave out what has a default.

export interface Accreditation {
  may_act: readonly string[]
}

export type Act =
  | { act: 'convene'; body: string; titles: Text; form: Form; date: string; place_of_record: Text; profile: Digest; rules_version: string; secretariat: Record<PersonId, Text> }
  | { act: 'invite_guest'; seat: SeatId; titles: Text; delivery: Delivery }
  | { act: 'receive_letter'; seat: SeatId; person: PersonId; names: Text; role: Role; office?: string | null; titles?: Text | null; signed_by?: string | null }
  | { act: 'examine_letter'; seat: SeatId; person: PersonId; finding: Finding; note?: string | null }
  | { act: 'replace_head'; seat: SeatId; person: PersonId; ground: string }
  | { act: 'take_seat'; screen: string; displace?: boolean }
  | { act: 'leave_meeting'; under_protest?: boolean; statement?: string | null }
  | { act: 'return_to_meeting' }
  | { act: 'install_acting_chair'; seat: SeatId; ground: string }
  | { act: 'restore_chair' }
  | { act: 'open_meeting' }
  | { act: 'call_the_roll' }
  | { act: 'open_segment'; format: string; closed?: boolean }
  | { act: 'suspend'; ground: string; consultations?: boolean }
  | { act: 'resume' }
  | { act: 'close_meeting' }
  | { act: 'take_up_item'; item: ItemId }
  | { act: 'conclude_item' }
  | { act: 'ask_for_the_floor'; delivery?: Delivery; recording?: Digest | null; check_against_delivery?: Digest | null }
  | { act: 'withdraw_request' }
  | { act: 'reorder_list'; order: readonly SeatId[] }
  | { act: 'close_list' }
  | { act: 'reopen_list' }
  | { act: 'consent_to_speak'; seat: SeatId }
  | { act: 'signal_ready'; ready: boolean }
  | { act: 'give_the_floor'; seat: SeatId; seconds?: Seconds | null }
  | { act: 'undo_floor' }
  | { act: 'extend_time'; seconds: Seconds }
  | { act: 'yield_the_floor' }
  | { act: 'end_speech' }
  | { act: 'ask_for_reply'; to: SeatId }
  | { act: 'raise_point_of_order'; point: string }
  | { act: 'rule'; upheld: boolean; rule: RuleId; ruling: string }
  | { act: 'give_ruling'; rule: RuleId; ruling: string; ground: string }
  | { act: 'appeal' }
  | { act: 'move'; motion: MotionId; kind: string; document?: DocumentId | null; seconds?: Seconds | null }
  | { act: 'withdraw_motion'; motion: MotionId }
  | { act: 'speak_on_motion'; motion: MotionId; against?: boolean }
  | { act: 'table'; document: DocumentId; type: string; titles: Text; texts: Record<Language, Digest>; annexes?: readonly AnnexGiven[]; sponsors?: readonly PartyId[]; initiative_of?: PartyId | null; matter?: string | null; concerns?: PartyId | null; report?: Report | null; authorises?: Authorisation | null; amends?: DocumentId | null; furthest_removed?: number }
  | { act: 'amend'; document: DocumentId; texts: Record<Language, Digest>; ground: string }
  | { act: 'withdraw_document'; document: DocumentId }
  | { act: 'put'; subject: SubjectGiven; decision?: string | null; expires?: Moment | null }
  | { act: 'acknowledge_text'; window: WindowId; digest: Digest }
  | { act: 'object'; window: WindowId; reason?: string | null }
  | { act: 'lift_objection'; window: WindowId }
  | { act: 'stand_aside'; window: WindowId; scope: ScopeGiven }
  | { act: 'place_opinion'; kind: OpinionKind; scope: ScopeGiven; text: string; window?: WindowId | null }
  | { act: 'take_back'; window: WindowId; what: 'stand_aside' | 'opinion'; scope: ScopeGiven }
  | { act: 'confirm_by_telephone'; window: WindowId; seat: SeatId; person: PersonId; digest: Digest }
  | { act: 'proceed_without'; window: WindowId; seat: SeatId; special_rule: RuleId; ground: string }
  | { act: 'break_silence'; window: WindowId; amendment: string }
  | { act: 'declare_adopted'; window: WindowId }
  | { act: 'set_aside'; window: WindowId; ground?: string | null }
  | { act: 'cast_vote'; window: WindowId; vote: Vote }
  | { act: 'declare_result'; window: WindowId }
  | { act: 'join_later'; scope: ScopeGiven }
  | { act: 'sign'; document: DocumentId; means: SignatureMeans; digest: Digest; ad_referendum?: boolean }
  | { act: 'enter_late'; done: Act; done_by: ActorGiven; done_at: Moment; ground: string }

export interface Actor {
  person: PersonId
  seat: SeatId
  instructed_by: PersonId | null
}

export interface ActorGiven {
  person: PersonId
  seat: SeatId
  instructed_by?: PersonId | null
}

export interface Annex {
  titles: Text
  digest: Digest | null
}

export interface AnnexGiven {
  titles: Text
  digest?: Digest | null
}

export interface Annotation {
  seat: SeatId
  scope: Scope
  kind: OpinionKind | null
  text: string | null
}

export type AnyEvent =
  | { event: 'convened'; body: string; titles: Text; form: Form; date: string; place_of_record: Text; profile: string; rules_version: string; secretariat: Record<PersonId, Text>; at: Moment }
  | { event: 'guest_invited'; seat: SeatId; titles: Text; delivery: Delivery }
  | { event: 'letter_received'; seat: SeatId; person: PersonId; names: Text; role: Role; titles: Text | null; office: string | null; signed_by: string | null }
  | { event: 'letter_examined'; seat: SeatId; person: PersonId; finding: Finding; note: string | null }
  | { event: 'head_replaced'; seat: SeatId; person: PersonId; ground: string; before: PersonId | null }
  | { event: 'seat_taken'; seat: SeatId; person: PersonId; screen: string; displaced: string | null }
  | { event: 'meeting_left'; seat: SeatId; under_protest: boolean; statement: string | null }
  | { event: 'returned_to_meeting'; seat: SeatId }
  | { event: 'acting_chair_installed'; seat: SeatId; person: PersonId; ground: string; why: RuleId }
  | { event: 'chair_restored'; why: RuleId }
  | { event: 'meeting_opened'; present: readonly SeatId[]; why: RuleId; members_present: number; quorum: string | null }
  | { event: 'roll_called'; present: readonly Present[] }
  | { event: 'segment_opened'; format: string; at: Moment; closed: boolean }
  | { event: 'meeting_suspended'; ground: string; at: Moment; consultations: boolean }
  | { event: 'meeting_resumed'; after: number }
  | { event: 'meeting_closed'; why: RuleId }
  | { event: 'meeting_adjourned'; motion: MotionId }
  | { event: 'item_taken_up'; item: ItemId }
  | { event: 'item_concluded'; item: ItemId }
  | { event: 'floor_requested'; seat: SeatId; delivery: Delivery; recording: string | null; check_against_delivery: string | null; needs_consent: boolean; reply_to: SeatId | null }
  | { event: 'request_withdrawn'; seat: SeatId }
  | { event: 'list_reordered'; order: readonly SeatId[] }
  | { event: 'list_closed' }
  | { event: 'list_reopened' }
  | { event: 'consent_given'; seat: SeatId }
  | { event: 'ready_signalled'; seat: SeatId; ready: boolean }
  | { event: 'floor_given'; seat: SeatId; at: Moment; seconds: number | null; delivery: Delivery; recording: string | null; reply_to: SeatId | null; why: RuleId }
  | { event: 'floor_taken_back'; seat: SeatId }
  | { event: 'time_extended'; seat: SeatId; seconds: number }
  | { event: 'floor_ended'; seat: SeatId; lasted: number; yielded: boolean }
  | { event: 'point_of_order_raised'; seat: SeatId; at: Moment; point: string }
  | { event: 'ruling_given'; number: number; at: Moment; rule: RuleId; ruling: string; upheld: boolean | null; ground: string | null }
  | { event: 'ruling_challenged'; seat: SeatId; number: number }
  | { event: 'ruling_decided'; number: number; stands: boolean; why: RuleId }
  | { event: 'motion_moved'; motion: MotionId; kind: string; seat: SeatId; document: DocumentId | null; seconds: number | null }
  | { event: 'motion_withdrawn'; motion: MotionId }
  | { event: 'spoken_on_motion'; motion: MotionId; seat: SeatId; against: boolean }
  | { event: 'motion_decided'; motion: MotionId; carried: boolean; why: RuleId }
  | { event: 'debate_adjourned'; item: ItemId }
  | { event: 'debate_closed'; item: ItemId }
  | { event: 'speeches_limited'; seconds: number }
  | { event: 'competence_denied'; document: DocumentId }
  | { event: 'reconsidered'; document: DocumentId }
  | { event: 'document_tabled'; document: DocumentId; type: string; titles: Text; texts: Record<Language, string>; digest: string; matter: string; seat: SeatId; annexes: readonly Annex[]; sponsors: readonly PartyId[]; initiative_of: PartyId | null; concerns: PartyId | null; report: Report | null; authorises: Authorisation | null; amends: DocumentId | null; furthest_removed: number }
  | { event: 'document_amended'; document: DocumentId; texts: Record<Language, string>; digest: string; version: number; ground: string }
  | { event: 'document_withdrawn'; document: DocumentId }
  | { event: 'question_put'; window: WindowId; subject: Subject; decision: string; way: string; digest: string; electorate: readonly SeatId[]; at: Moment; closes: Moment; why: RuleId; rotation: PartyId | null }
  | { event: 'text_acknowledged'; window: WindowId; seat: SeatId }
  | { event: 'objection_raised'; window: WindowId; seat: SeatId; reason: string | null }
  | { event: 'objection_lifted'; window: WindowId; seat: SeatId }
  | { event: 'stood_aside'; window: WindowId; seat: SeatId; scope: Scope }
  | { event: 'opinion_placed'; window: WindowId; seat: SeatId; kind: OpinionKind; scope: Scope; text: string }
  | { event: 'taken_back'; window: WindowId; seat: SeatId; what: string; scope: Scope }
  | { event: 'confirmed_by_telephone'; window: WindowId; seat: SeatId; person: PersonId }
  | { event: 'proceeded_without'; window: WindowId; seat: SeatId; special_rule: string; ground: string; why: RuleId }
  | { event: 'silence_broken'; window: WindowId; seat: SeatId; reason: string | null; amendment: string | null }
  | { event: 'question_agreed'; window: WindowId; count: Count; why: RuleId }
  | { event: 'question_set_aside'; window: WindowId; why: RuleId; ground: string | null }
  | { event: 'vote_cast'; window: WindowId; seat: SeatId; vote: Vote }
  | { event: 'vote_declared'; window: WindowId; tally: Tally; carried: boolean; why: RuleId; tied: boolean; vetoed: boolean }
  | { event: 'document_adopted'; window: WindowId; document: DocumentId; type: string; titles: Text; texts: Record<Language, string>; digest: string; symbols: Record<Language, string>; number: number; adoption: string; decision: string; why: RuleId; annotations: readonly Annotation[] }
  | { event: 'document_rejected'; window: WindowId; document: DocumentId; why: RuleId }
  | { event: 'amendment_incorporated'; document: DocumentId; amendment: DocumentId; texts: Record<Language, string>; digest: string; version: number; why: RuleId }
  | { event: 'form_agreed'; form: Form; special_rules: readonly string[] }
  | { event: 'agenda_adopted'; items: readonly Item[] }
  | { event: 'documents_listed'; documents: readonly DocumentId[] }
  | { event: 'rule_waived'; rule: RuleId; ground: string }
  | { event: 'chairmanship_decided'; party: PartyId; takes_effect: TakesEffect; date: string | null }
  | { event: 'chairmanship_passed'; party: PartyId; before: PartyId | null }
  | { event: 'report_approved'; document: DocumentId; author: PartyId; period: string }
  | { event: 'mandate_given'; document: DocumentId; signatory: PartyId; counterpart: Text; instrument: Text }
  | { event: 'initiative_decided'; document: DocumentId; party: PartyId }
  | { event: 'statement_recorded'; document: DocumentId; annotation: Annotation }
  | { event: 'joined_later'; seat: SeatId; scope: Scope }
  | { event: 'document_signed'; document: DocumentId; seat: SeatId; person: PersonId; means: SignatureMeans; digest: string; titles: Text | null; ad_referendum: boolean }
  | { event: 'entered_late'; done_by: Actor; done_at: Moment; ground: string }

export interface Authorisation {
  signatory: PartyId
  counterpart: Text
  instrument: Text
}

export interface Body {
  id: string
  names: Text
  symbol: string | null
  members: string
  source: string | null
}

export interface Chairmanship {
  terms: readonly Term[]
  rotation: readonly PartyId[]
  skips: readonly Skip[]
  source: string | null
}

export interface ClosedSegment {
  format: string
  since: Moment
  until: Moment | null
}

export interface Count {
  present: number
  by_telephone: number
  proceeded_without: number
}

export interface DecisionRule {
  way: 'consensus' | 'vote' | 'silence'
  rule: RuleId
  electorate: readonly string[]
  quorum: Share | null
  majorities: readonly Majority[]
  tie: 'rejected' | 'second_vote'
  vetoes: readonly PartyId[]
  excluded: 'none' | 'concerned'
  absence: 'bars' | 'disregarded'
  fallback: string | null
  window_seconds: number
  annotations: readonly OpinionKind[]
  stand_aside: boolean
}

export interface DecisionWindow {
  id: WindowId
  subject: Subject
  decision: string
  way: string
  digest: string
  electorate: readonly SeatId[]
  opened: Moment
  closes: Moment
  state: WindowState
  acknowledged: readonly SeatId[]
  objections: Record<SeatId, string | null>
  aside: readonly (readonly [SeatId, Scope])[]
  opinions: readonly Opinion[]
  raised: Record<SeatId, number>
  by_telephone: readonly SeatId[]
  without: readonly SeatId[]
  votes: Record<SeatId, Vote>
}

export interface Deed {
  by: Actor
  act: Act
  facts: Facts
  events: readonly AnyEvent[]
  key: string | null
  after: number | null
}

export type Delivery = 'live' | 'recorded'

export type Digest = string

export type DocumentId = string

export type DocumentStage = 'tabled' | 'before_the_meeting' | 'adopted' | 'rejected' | 'withdrawn'

export interface DocumentType {
  names: Text
  adoption: 'for_signature' | 'without_signing'
  symbols: Text
  matter: string
  sponsors: readonly string[]
}

export interface EntryBody {
  meeting: string
  number: number
  at: Moment
  visibility: string
  deeds: readonly Deed[]
  consultation: WindowId | null
  connected: readonly SeatId[] | null
}

export interface Facts {
  at: Moment
  connected: readonly SeatId[] | null
}

export type Finding = 'accepted' | 'provisional' | 'contested'

export interface Floor {
  waiting: readonly FloorRequest[]
  speaking: Speech | null
  closed: boolean
  limit: number | null
  spoken: readonly SeatId[]
  replies: Record<SeatId, number>
}

export interface FloorRequest {
  seat: SeatId
  delivery: Delivery
  recording: string | null
  check_against_delivery: string | null
  needs_consent: boolean
  reply_to: SeatId | null
}

export type Form = 'in_person' | 'videoconference' | 'hybrid'

export interface FurtherSeat {
  id: SeatId
  kind: string
  names: Text
}

export interface Holder {
  names: Text
  since: string | null
  until: string | null
}

export interface Item {
  id: ItemId
  titles: Text
  documents: readonly DocumentId[]
}

export interface ItemGiven {
  id: ItemId
  titles: Text
  documents?: readonly DocumentId[]
}

export type ItemId = string

export interface Kind {
  names: Text
  plural: Text | null
  formats: readonly string[]
  acts: Record<string, string>
  speech_seconds: Seconds | null
  needs_consent_to_speak: boolean
}

export type Language = string

export interface Languages {
  official: readonly Language[]
  authentic: readonly Language[]
  pages: readonly Language[]
}

export interface Letter {
  names: Text
  role: Role
  titles: Text | null
  finding: Finding | null
}

export interface Lost {
  succession: readonly string[]
}

export interface Majority {
  at_least: string | null
  more_than: string | null
  of: 'present_and_voting' | 'present' | 'members'
  count: string
}

export interface Meeting {
  stage: Stage
  body: string | null
  titles: Text
  date: string
  form: Form
  convened: Moment
  suspended: Moment | null
  seats: Record<SeatId, Seat>
  acting_chair: SeatId | null
  form_agreed: boolean
  special_rules: readonly string[]
  agenda: readonly Item[] | null
  item: ItemId | null
  concluded: readonly ItemId[]
  adjourned: readonly ItemId[]
  format: string | null
  segment_closed: boolean
  closed_segments: readonly ClosedSegment[]
  adjourning: boolean
  floor: Floor
  point_of_order: SeatId | null
  ruling: Ruling
  motions: readonly Motion[]
  motions_moved: number
  documents: Record<DocumentId, MeetingDocument>
  listed: readonly DocumentId[] | null
  numbers: Record<string, number>
  windows: number
  window: DecisionWindow | null
  silences: Record<WindowId, DecisionWindow>
  objected: Record<string, readonly SeatId[]>
  waived: readonly RuleId[]
  next_chair: PartyId | null
  chair_passes_on_closing: boolean
}

export interface MeetingDocument {
  id: DocumentId
  type: string
  titles: Text
  texts: Record<Language, string>
  digest: string
  matter: string
  stage: DocumentStage
  version: number
  sponsors: readonly PartyId[]
  initiative_of: PartyId | null
  concerns: PartyId | null
  report: Report | null
  authorises: Authorisation | null
  amends: DocumentId | null
  furthest_removed: number
  tied: boolean
  tabled_by: SeatId | null
  decision: string | null
  adoption: string | null
  symbols: Record<Language, string> | null
  annotations: readonly Annotation[]
  signatures: readonly SeatId[]
}

export type Moment = number

export interface Motion {
  id: MotionId
  kind: string
  seat: SeatId
  document: DocumentId | null
  seconds: number | null
  spoken_for: number
  spoken_against: number
}

export type MotionId = string

export interface MotionKind {
  names: Text
  rank: number
  rule: RuleId
  decision: string
  effect: string
  speakers_for: number
  speakers_against: number
}

export interface Office {
  id: string
  names: Text
  holders: readonly Holder[]
  source: string | null
}

export interface Opening {
  quorum: Share | null
  undo_floor_seconds: Seconds
  presiding_kind: string
  secretariat_kind: string
  guest_kind: string
  first_format: string
  needs_agreed_form: boolean
  needs_agreed_agenda: boolean
  needs_listed_documents: boolean
}

export interface Opinion {
  seat: SeatId
  kind: OpinionKind
  scope: Scope
  text: string
}

export type OpinionKind = 'opinion' | 'interpretative_statement' | 'reservation' | 'explanation_of_position' | 'explanation_of_vote' | 'dissociation'

export interface Ordering {
  language: Language
  name: 'short' | 'long'
  alphabet: string
  source: Text | null
}

export interface Organisation {
  id: string
  as_of: string
  names: Text
  short: Text
  languages: Languages
  ordering: Ordering
  parties: readonly Party[]
  seats: readonly FurtherSeat[]
  bodies: readonly Body[]
  chairmanship: Chairmanship | null
}

export interface Party {
  id: PartyId
  kind: string
  short: Text
  long: Text
  since: string | null
  until: string | null
  offices: readonly Office[]
  weights: Record<string, number>
  reports_of: Text | null
  source: string | null
}

export type PartyId = string

export type PersonId = string

export interface PointsOfOrder {
  appeal: string | null
}

export interface Present {
  seat: SeatId
  person: PersonId | null
  names: Text | null
  titles: Text | null
}

export interface Procedure {
  version: string
  rules: Record<string, Rule>
  kinds: Record<string, Kind>
  formats: Record<string, Text>
  opening: Opening
  accreditation: Accreditation
  decisions: Record<string, DecisionRule>
  matters: Record<string, string>
  document_types: Record<string, DocumentType>
  points_of_order: PointsOfOrder
  presiding_lost: Lost
  reply: Reply | null
  motions: Record<string, MotionKind>
  special_rules: Record<string, SpecialRule>
  silence: SilenceProcedure | null
}

export interface Profile {
  organisation: Organisation
  procedure: Procedure
}

export type Reason = 'unknown_seat' | 'not_accredited' | 'not_entitled' | 'head_alone' | 'no_instruction' | 'wrong_principal' | 'has_left' | 'not_in_this_format' | 'not_now' | 'unfit_text' | 'language_missing' | 'unknown_body' | 'no_such_date' | 'unknown_party' | 'unknown_rule' | 'unknown_format' | 'no_presiding_officer' | 'quorum' | 'form_not_agreed' | 'agenda_not_adopted' | 'unknown_item' | 'item_concluded' | 'item_under_discussion' | 'no_item' | 'meeting_adjourned' | 'question_open' | 'too_many' | 'seat_exists' | 'no_letter' | 'letter_exists' | 'ones_own_letter' | 'already_found' | 'office_unknown' | 'already_head' | 'seat_taken' | 'not_away' | 'presiding_officer_here' | 'not_next_in_succession' | 'no_acting_chair' | 'already_listed' | 'not_listed' | 'list_closed' | 'list_open' | 'list_changed' | 'floor_taken' | 'floor_free' | 'not_speaking' | 'too_late' | 'consent_needed' | 'no_consent_needed' | 'no_recording' | 'no_such_right' | 'replies_used' | 'has_not_spoken' | 'point_of_order_pending' | 'no_point_of_order' | 'no_ruling' | 'no_appeal' | 'appeal_pending' | 'no_such_motion' | 'motion_exists' | 'precedence' | 'voting_has_begun' | 'speakers_used' | 'not_the_mover' | 'nothing_to_move_on' | 'unknown_type' | 'unknown_matter' | 'document_exists' | 'unknown_document' | 'not_on_the_table' | 'not_listed_document' | 'not_the_sponsor' | 'no_sponsor' | 'nothing_concerned' | 'debate_adjourned' | 'amendments_first' | 'same_text' | 'twice_in_package' | 'mixed_matters' | 'already_agreed' | 'unknown_decision' | 'another_window' | 'another_text' | 'another_way' | 'no_say' | 'already_objecting' | 'not_objecting' | 'objection_stands' | 'window_running' | 'window_expired' | 'not_present' | 'line_is_there' | 'no_special_rule' | 'silence_broken' | 'no_silence_procedure' | 'too_short' | 'no_standing_aside' | 'no_such_annotation' | 'nothing_raised' | 'already_raised' | 'raised_too_often' | 'not_adopted' | 'not_waivable' | 'already_waived' | 'without_signing' | 'already_signed' | 'stood_aside' | 'no_term' | 'date_missing' | 'not_entered_late' | 'later_than_now' | 'key_used'

export interface Reply {
  per_item: number
  seconds: readonly Seconds[]
}

export interface Report {
  author: PartyId
  period: string
}

export type Role = 'head' | 'staff'

export interface Rule {
  texts: Text
  standing: Standing
  source: Text
  waivable: boolean
}

export type RuleId = string

export interface Ruling {
  number: number
  appealed: boolean
  rule: RuleId | null
}

export interface Scope {
  document: DocumentId
  paragraph: string | null
  project: string | null
}

export interface ScopeGiven {
  document: DocumentId
  paragraph?: string | null
  project?: string | null
}

export interface Seat {
  id: SeatId
  kind: string
  party: PartyId | null
  letters: Record<PersonId, Letter>
  head: PersonId | null
  screen: string | null
  attending: boolean
  left: boolean
  ready: boolean
  titles: Text | null
}

export type SeatId = string

export type Seconds = number

export interface Share {
  at_least: string | null
  more_than: string | null
}

export type SignatureMeans = 'circulated_original' | 'counterpart_page' | 'electronic'

export interface SilenceProcedure {
  decision: string
  seconds: number
}

export interface Skip {
  party: PartyId
  year: number
  ground: string
}

export interface SpecialRule {
  rule: RuleId
  allows: 'proceed_without' | 'confirm_by_telephone' | 'acting_chair'
}

export interface Speech {
  request: FloorRequest
  since: Moment
  seconds: number | null
  interrupted: Moment | null
  paused: number
}

export type Stage = 'not_convened' | 'convened' | 'open' | 'suspended' | 'closed'

export type Standing = 'treaty' | 'rules of procedure' | 'practice' | 'our inference'

export type Subject =
  | { subject: 'remote_form'; form: Form; special_rules: readonly RuleId[] }
  | { subject: 'agenda'; items: readonly Item[] }
  | { subject: 'document_list'; documents: readonly DocumentId[] }
  | { subject: 'texts'; documents: readonly DocumentId[] }
  | { subject: 'waiver'; rule: RuleId; ground: string }
  | { subject: 'next_chair'; party: PartyId; takes_effect: TakesEffect; date: string | null }
  | { subject: 'motion'; motion: MotionId }
  | { subject: 'appeal'; ruling: number }

export type SubjectGiven =
  | { subject: 'remote_form'; form: Form; special_rules?: readonly RuleId[] }
  | { subject: 'agenda'; items: readonly ItemGiven[] }
  | { subject: 'document_list'; documents: readonly DocumentId[] }
  | { subject: 'texts'; documents: readonly DocumentId[] }
  | { subject: 'waiver'; rule: RuleId; ground: string }
  | { subject: 'next_chair'; party: PartyId; takes_effect: TakesEffect; date?: string | null }
  | { subject: 'motion'; motion: MotionId }
  | { subject: 'appeal'; ruling: number }

export type TakesEffect = 'on_closing' | 'on_date'

export interface Tally {
  yes: number
  no: number
  abstaining: number
  not_voting: number
}

export interface Term {
  party: PartyId
  since: string
  until: string | null
}

export type Text = Record<Language, string>

export type Vote = 'yes' | 'no' | 'abstain'

export type WindowId = string

export type WindowState = 'open' | 'returned' | 'broken'

export type ActName = Act['act']

export type ActOf<Name extends ActName> = Extract<Act, { act: Name }>

export type EventName = AnyEvent['event']

export type EventOf<Name extends EventName> = Extract<AnyEvent, { event: Name }>

export const IN_ORDER: Record<ActName, readonly Stage[]> = {"convene": ["not_convened"], "invite_guest": ["convened", "open", "suspended"], "receive_letter": ["convened", "open", "suspended"], "examine_letter": ["convened", "open", "suspended"], "replace_head": ["convened", "open", "suspended"], "take_seat": ["convened", "open", "suspended"], "leave_meeting": ["convened", "open", "suspended"], "return_to_meeting": ["convened", "open", "suspended"], "install_acting_chair": ["convened", "open", "suspended"], "restore_chair": ["convened", "open", "suspended"], "open_meeting": ["convened"], "call_the_roll": ["open"], "open_segment": ["open"], "suspend": ["open"], "resume": ["suspended"], "close_meeting": ["open"], "take_up_item": ["open"], "conclude_item": ["open"], "ask_for_the_floor": ["convened", "open", "suspended"], "withdraw_request": ["convened", "open", "suspended"], "reorder_list": ["convened", "open", "suspended"], "close_list": ["open"], "reopen_list": ["open"], "consent_to_speak": ["convened", "open", "suspended"], "signal_ready": ["convened", "open", "suspended"], "give_the_floor": ["open"], "undo_floor": ["open"], "extend_time": ["open"], "yield_the_floor": ["open"], "end_speech": ["open"], "ask_for_reply": ["open"], "raise_point_of_order": ["open"], "rule": ["open"], "give_ruling": ["open", "suspended"], "appeal": ["open"], "move": ["open"], "withdraw_motion": ["open", "suspended"], "speak_on_motion": ["open"], "table": ["convened", "open", "suspended"], "amend": ["convened", "open", "suspended"], "withdraw_document": ["convened", "open", "suspended"], "put": ["open"], "acknowledge_text": ["open", "suspended"], "object": ["open", "suspended"], "lift_objection": ["open", "suspended"], "stand_aside": ["open", "suspended"], "place_opinion": ["open", "suspended"], "take_back": ["open", "suspended"], "confirm_by_telephone": ["open", "suspended"], "proceed_without": ["open"], "break_silence": ["open", "suspended"], "declare_adopted": ["open", "suspended"], "set_aside": ["open", "suspended"], "cast_vote": ["open"], "declare_result": ["open"], "join_later": ["open", "suspended"], "sign": ["open", "suspended"], "enter_late": ["convened", "open", "suspended"]}
export const IN_ANY_FORMAT: readonly ActName[] = ["take_seat", "leave_meeting", "return_to_meeting", "withdraw_request"]
export const NOT_ONCE_ADJOURNED: readonly ActName[] = ["open_segment", "take_up_item", "give_the_floor", "move", "put"]
export const AFTER_THE_POINT_OF_ORDER: readonly ActName[] = ["open_segment", "close_meeting", "take_up_item", "conclude_item", "close_list", "give_the_floor", "move", "put", "declare_adopted", "declare_result"]

export const TAGS: Record<string, string> = {"Subject": "subject", "AnyEvent": "event"}

/** What the wire leaves out of each struct, and which fields hold structs. */
export const SHAPES: Record<string, readonly [Record<string, unknown>, Record<string, string>]> = {
  "Accreditation": [{"may_act": ["accepted", "provisional"]}, {}],
  "Actor": [{"instructed_by": null}, {}],
  "Annex": [{"digest": null}, {}],
  "Annotation": [{"kind": null, "text": null}, {"scope": "Scope"}],
  "AnyEvent.agenda_adopted": [{}, {"items": "Item[]"}],
  "AnyEvent.chairmanship_decided": [{"date": null}, {}],
  "AnyEvent.chairmanship_passed": [{"before": null}, {}],
  "AnyEvent.document_adopted": [{"annotations": []}, {"annotations": "Annotation[]"}],
  "AnyEvent.document_signed": [{"titles": null, "ad_referendum": false}, {}],
  "AnyEvent.document_tabled": [{"annexes": [], "sponsors": [], "initiative_of": null, "concerns": null, "report": null, "authorises": null, "amends": null, "furthest_removed": 0}, {"annexes": "Annex[]"}],
  "AnyEvent.entered_late": [{}, {"done_by": "Actor"}],
  "AnyEvent.floor_ended": [{"yielded": false}, {}],
  "AnyEvent.floor_given": [{"seconds": null, "delivery": "live", "recording": null, "reply_to": null}, {}],
  "AnyEvent.floor_requested": [{"delivery": "live", "recording": null, "check_against_delivery": null, "needs_consent": false, "reply_to": null}, {}],
  "AnyEvent.form_agreed": [{"special_rules": []}, {}],
  "AnyEvent.head_replaced": [{"before": null}, {}],
  "AnyEvent.joined_later": [{}, {"scope": "Scope"}],
  "AnyEvent.letter_examined": [{"note": null}, {}],
  "AnyEvent.letter_received": [{"titles": null, "office": null, "signed_by": null}, {}],
  "AnyEvent.meeting_left": [{"under_protest": false, "statement": null}, {}],
  "AnyEvent.meeting_opened": [{"members_present": 0, "quorum": null}, {}],
  "AnyEvent.meeting_suspended": [{"consultations": false}, {}],
  "AnyEvent.motion_moved": [{"document": null, "seconds": null}, {}],
  "AnyEvent.objection_raised": [{"reason": null}, {}],
  "AnyEvent.opinion_placed": [{}, {"scope": "Scope"}],
  "AnyEvent.question_agreed": [{}, {"count": "Count"}],
  "AnyEvent.question_put": [{"rotation": null}, {"subject": "Subject"}],
  "AnyEvent.question_set_aside": [{"ground": null}, {}],
  "AnyEvent.roll_called": [{}, {"present": "Present[]"}],
  "AnyEvent.ruling_given": [{"upheld": null, "ground": null}, {}],
  "AnyEvent.seat_taken": [{"displaced": null}, {}],
  "AnyEvent.segment_opened": [{"closed": false}, {}],
  "AnyEvent.silence_broken": [{"reason": null, "amendment": null}, {}],
  "AnyEvent.spoken_on_motion": [{"against": false}, {}],
  "AnyEvent.statement_recorded": [{}, {"annotation": "Annotation"}],
  "AnyEvent.stood_aside": [{}, {"scope": "Scope"}],
  "AnyEvent.taken_back": [{}, {"scope": "Scope"}],
  "AnyEvent.vote_declared": [{"tied": false, "vetoed": false}, {}],
  "Body": [{"symbol": null, "members": "member", "source": null}, {}],
  "Chairmanship": [{"skips": [], "source": null}, {"terms": "Term[]"}],
  "ClosedSegment": [{"until": null}, {}],
  "Count": [{"by_telephone": 0, "proceeded_without": 0}, {}],
  "DecisionRule": [{"electorate": ["member"], "quorum": null, "majorities": [], "tie": "rejected", "vetoes": [], "excluded": "none", "absence": "disregarded", "fallback": null, "window_seconds": 0, "annotations": [], "stand_aside": false}, {"quorum": "Share", "majorities": "Majority[]"}],
  "DecisionWindow": [{"state": "open", "acknowledged": [], "objections": {}, "aside": [], "opinions": [], "raised": {}, "by_telephone": [], "without": [], "votes": {}}, {"subject": "Subject", "aside": "Scope[1][]", "opinions": "Opinion[]"}],
  "Deed": [{"key": null, "after": null}, {"by": "Actor", "facts": "Facts", "events": "AnyEvent[]"}],
  "DocumentType": [{"matter": "text", "sponsors": ["member", "secretariat"]}, {}],
  "EntryBody": [{"consultation": null, "connected": null}, {"deeds": "Deed[]"}],
  "Facts": [{"connected": null}, {}],
  "Floor": [{"waiting": [], "speaking": null, "closed": false, "limit": null, "spoken": [], "replies": {}}, {"waiting": "FloorRequest[]", "speaking": "Speech"}],
  "FloorRequest": [{"recording": null, "check_against_delivery": null, "needs_consent": false, "reply_to": null}, {}],
  "Holder": [{"since": null, "until": null}, {}],
  "Item": [{"documents": []}, {}],
  "Kind": [{"plural": null, "speech_seconds": null, "needs_consent_to_speak": false}, {}],
  "Letter": [{"finding": null}, {}],
  "Majority": [{"at_least": null, "more_than": null, "count": "heads"}, {}],
  "Meeting": [{"stage": "not_convened", "body": null, "titles": {}, "date": "", "form": "in_person", "convened": 0, "suspended": null, "seats": {}, "acting_chair": null, "form_agreed": false, "special_rules": [], "agenda": null, "item": null, "concluded": [], "adjourned": [], "format": null, "segment_closed": false, "closed_segments": [], "adjourning": false, "floor": {}, "point_of_order": null, "ruling": {}, "motions": [], "motions_moved": 0, "documents": {}, "listed": null, "numbers": {}, "windows": 0, "window": null, "silences": {}, "objected": {}, "waived": [], "next_chair": null, "chair_passes_on_closing": false}, {"seats": "Seat{}", "agenda": "Item[]", "closed_segments": "ClosedSegment[]", "floor": "Floor", "ruling": "Ruling", "motions": "Motion[]", "documents": "MeetingDocument{}", "window": "DecisionWindow", "silences": "DecisionWindow{}"}],
  "MeetingDocument": [{"stage": "tabled", "version": 1, "sponsors": [], "initiative_of": null, "concerns": null, "report": null, "authorises": null, "amends": null, "furthest_removed": 0, "tied": false, "tabled_by": null, "decision": null, "adoption": null, "symbols": null, "annotations": [], "signatures": []}, {"annotations": "Annotation[]"}],
  "Motion": [{"spoken_for": 0, "spoken_against": 0}, {}],
  "MotionKind": [{"speakers_for": 0, "speakers_against": 0}, {}],
  "Office": [{"holders": [], "source": null}, {"holders": "Holder[]"}],
  "Opening": [{"quorum": null, "undo_floor_seconds": 5, "presiding_kind": "presiding", "secretariat_kind": "secretariat", "guest_kind": "guest", "first_format": "extended", "needs_agreed_form": false, "needs_agreed_agenda": false, "needs_listed_documents": false}, {"quorum": "Share"}],
  "Opinion": [{}, {"scope": "Scope"}],
  "Ordering": [{"source": null}, {}],
  "Organisation": [{"chairmanship": null}, {"ordering": "Ordering", "parties": "Party[]", "bodies": "Body[]", "chairmanship": "Chairmanship"}],
  "Party": [{"since": null, "until": null, "offices": [], "weights": {}, "reports_of": null, "source": null}, {"offices": "Office[]"}],
  "PointsOfOrder": [{"appeal": null}, {}],
  "Present": [{"person": null, "names": null, "titles": null}, {}],
  "Procedure": [{"reply": null, "motions": {}, "special_rules": {}, "silence": null}, {"rules": "Rule{}", "kinds": "Kind{}", "opening": "Opening", "accreditation": "Accreditation", "decisions": "DecisionRule{}", "document_types": "DocumentType{}", "points_of_order": "PointsOfOrder", "motions": "MotionKind{}"}],
  "Profile": [{}, {"organisation": "Organisation", "procedure": "Procedure"}],
  "Rule": [{"waivable": false}, {}],
  "Ruling": [{"number": 0, "appealed": false, "rule": null}, {}],
  "Scope": [{"paragraph": null, "project": null}, {}],
  "Seat": [{"party": null, "letters": {}, "head": null, "screen": null, "attending": false, "left": false, "ready": false, "titles": null}, {"letters": "Letter{}"}],
  "Share": [{"at_least": null, "more_than": null}, {}],
  "Speech": [{"interrupted": null, "paused": 0}, {"request": "FloorRequest"}],
  "Subject.agenda": [{}, {"items": "Item[]"}],
  "Subject.next_chair": [{"date": null}, {}],
  "Subject.remote_form": [{"special_rules": []}, {}],
  "Term": [{"until": null}, {}],
}
