import { beforeEach, describe, expect, test } from 'vitest'
import { commitmentOf, firstSeal, sealAfter } from '../src/feed/chain'
import type { Deed } from '../src/protocol/types'
import { newMeeting } from '../src/room/meeting'
import { Room } from '../src/room/room.svelte'
import { changed, golden, heldFor, sentTo, type EntryLine, type HeldLine } from './golden'
import { World, type Reply } from './world'

const { origin, given, lines } = golden('summit')
const WRITTEN = lines.filter((line): line is EntryLine => 'entry' in line)
const SIZE = WRITTEN.length

let world: World
let answer: (address: string, body: Record<string, unknown> | null) => Reply | undefined

beforeEach(() => {
  world = new World()
  answer = () => undefined
  world.reply = ({ address, body }) => {
    if (address.endsWith('/profile.json')) return { status: 200, body: given }
    const path = address.split('/').at(-1) ?? ''
    return answer(path.split('?')[0] ?? '', body) ?? { status: path.startsWith('presence') ? 204 : 404 }
  }
})

async function opened(seat: string | null, role: 'head' | 'staff' | null = seat === null ? null : 'head'): Promise<Room> {
  const room = await Room.open({ origin, seat, telephone: '+7', kind: 'delegation' }, world)
  greet(role, seat)
  return room
}

function greet(role: 'head' | 'staff' | null, seat: string | null, size = SIZE): void {
  const person = seat === null ? null : `${seat}-${role === 'head' ? 'head' : 'aide'}`
  world.last.says('hello', { at: world.time + 500, origin, size, seat, person, role, language: 'en', own_screen: null })
}

function feed(viewer: string, from = 0, to = SIZE): void {
  for (const line of WRITTEN.slice(from, to)) world.last.says('entry', sentTo(viewer, line))
}

const acts = () => world.requests.filter((each) => each.address.endsWith('/acts'))
const beats = () => world.requests.filter((each) => each.address.endsWith('/presence'))

/** The place of the first entry that holds such an event, and the entries before it. */
const before = (event: string): number => WRITTEN.findIndex((line) => line.entry.body.includes(`"event":"${event}"`))

describe('following the feed', () => {
  test('the whole record is folded, checked and listed', async () => {
    const room = await opened('KZ')
    feed('KZ')
    expect(room.number).toBe(SIZE - 1)
    expect(room.meeting.stage).toBe('closed')
    expect(room.chain).toEqual({ whole: true, number: SIZE - 1, broken: null })
    expect(room.entries.map((each) => each.number)).toEqual(WRITTEN.map((line) => line.entry.number))
    const withheld = room.entries.filter((each) => each.deeds === null)
    expect(withheld).toHaveLength(WRITTEN.filter((line) => !line.read_by.includes('KZ')).length)
  })

  test('a long record is drawn when it is there, not entry by entry', async () => {
    const room = await opened(null)
    feed('', 0, 50)
    expect(room.number).toBe(-1)
    await world.pass(60)
    expect(room.number).toBe(49)
    feed('', 50)
    expect(room.number).toBe(SIZE - 1)
  })

  test('another profile than the one that entry 0 pins is noticed', async () => {
    const reply = world.reply
    world.reply = (request) => request.address.endsWith('/profile.json')
      ? { status: 200, body: JSON.parse(JSON.stringify(given).replace('"as_of":"2', '"as_of":"1')) }
      : reply(request)
    const room = await opened('KZ')
    feed('KZ')
    expect(room.chain).toMatchObject({ whole: false, broken: 0 })
  })

  test('a tampered entry is noticed, named, and reported by the next beat', async () => {
    const room = await opened('KZ')
    for (const line of WRITTEN) {
      const sent = sentTo('KZ', line)
      const forged = line.entry.number === before('meeting_opened') && 'body' in sent
      world.last.says('entry', forged ? { ...sent, body: sent.body.replace('"RU"', '"XX"') } : sent)
    }
    expect(room.chain).toEqual({ whole: false, number: SIZE - 1, broken: before('meeting_opened') })
    await world.pass(700)
    expect(beats().at(-1)?.body).toMatchObject({ whole: false, number: before('meeting_opened') })
  })

  test('a record that became shorter is noticed', async () => {
    const room = await opened('KZ')
    feed('KZ')
    greet('head', 'KZ', 20)
    expect(room.chain).toMatchObject({ whole: false, broken: 20 })
  })

  test('a well-sealed body that belongs elsewhere is not folded', async () => {
    const room = await opened('KZ')
    const first = WRITTEN[0] as EntryLine
    const elsewhere = { ...first.entry, body: first.entry.body.replace(origin, 'sco/another') }
    const seal = sealAfter(firstSeal(origin), 0, commitmentOf(elsewhere))
    world.last.says('entry', { ...elsewhere, seal })
    await world.pass(60)
    expect(room.meeting.stage).toBe('not_convened')
    expect(room.chain).toMatchObject({ whole: false, broken: 0 })
  })

  test('the feed of another meeting is noticed', async () => {
    const room = await opened('KZ')
    world.last.says('hello', { at: 1, origin: 'sco/another', size: 0, seat: 'KZ', person: 'p', role: 'head', language: 'en', own_screen: null })
    expect(room.chain).toMatchObject({ whole: false, broken: 0 })
  })

  test('what the consultation holds is in `mine`, never in `meeting`, and never twice', async () => {
    const room = await opened('presiding')
    let expected = newMeeting()
    let held: HeldLine | null = null
    for (const line of lines) {
      if ('entry' in line) {
        if (line.entry.body.includes('"consultation"')) held = null
        world.last.says('entry', line.entry)
        await world.pass(60)
        expected = changed(expected, line.changes['presiding'] ?? [])
        expect(room.meeting).toStrictEqual(expected)
        if (held === null) expect(room.mine).toStrictEqual(expected)
      } else {
        held = line
        world.last.says('held', { window: line.window, deeds: line.held })
        expect(room.meeting).toStrictEqual(expected)
        expect(room.mine).toStrictEqual(changed(expected, line.changes['presiding'] ?? []))
      }
    }
    expect(held).toBeNull()
    world.last.says('held', { window: null, deeds: [] })
    expect(room.mine).toBe(room.meeting)
  })

  /** Pakistan's room while its objection stands, and the place of that in the meeting. */
  const objecting = async (): Promise<[Room, number]> => {
    const room = await opened('PK')
    const at = lines.findIndex((line) => 'held' in line && line.held.some((deed: Deed) => deed.act.act === 'object'))
    for (const line of lines.slice(0, at)) if ('entry' in line) world.last.says('entry', sentTo('KZ', line))
    await world.pass(60)
    const line = lines[at] as HeldLine
    world.last.says('held', { window: line.window, deeds: heldFor('PK', line) })
    return [room, at]
  }

  test('a delegation has what itself raised in `mine`', async () => {
    const [room] = await objecting()
    expect(room.mine.window?.objections).toEqual({ PK: 'The third paragraph' })
    expect(room.meeting.window?.objections).toEqual({})
  })

  test('what a delegation raised is there while its line comes back, before the server sends it anew', async () => {
    const [room, at] = await objecting()
    world.last.breaks()
    await world.pass(1_000)
    greet('head', 'PK')
    expect(room.line).toBe('live')
    expect(room.mine.window?.objections).toEqual({ PK: 'The third paragraph' })
    const ended = lines.slice(at).findIndex((each) => 'entry' in each && each.entry.body.includes('"consultation"'))
    for (const each of lines.slice(at, at + ended + 1)) if ('entry' in each) world.last.says('entry', each.entry)
    await world.pass(60)
    expect(room.mine).toBe(room.meeting)
  })

  test('the server says what time it is', async () => {
    const room = await opened('KZ')
    expect(room.now).toBe(world.time + 500)
    await world.pass(1_000)
    expect(room.now).toBe(world.time + 500)
    world.last.says('time', { at: world.time + 100 }) // was long on its way
    await world.pass(250)
    expect(room.now).toBe(world.time + 500)
    expect(room.asOf).toBe(world.time + 250)
  })

  test('notes are kept once, reports one for each screen', async () => {
    const room = await opened('KZ')
    const note = { id: 'n1', at: 1, from: 'KZ', from_person: 'p', to: 'RU', text: 't' }
    world.last.says('note', note)
    world.last.says('note', note)
    expect(room.notes).toEqual([{ ...note, mine: true }])
    for (const number of [1, 2]) world.last.says('chain', { seat: 'RU', screen: 's', number, whole: true })
    expect(room.screens).toEqual([{ seat: 'RU', screen: 's', number: 2, whole: true }])
  })
})

describe('presence', () => {
  test('a screen of a seat says every 0.7 s that it is there; the public does not', async () => {
    await opened(null)
    await world.pass(5_000)
    expect(beats()).toEqual([])
    world = Object.assign(world, { requests: [] })
    const room = await opened('KZ')
    await world.pass(2_100)
    expect(beats().map((each) => each.body)).toEqual(
      Array(4).fill({ seat: 'KZ', screen: room.screen, number: -1, whole: true }),
    )
  })

  test('two beats without an answer are a lost line, long before the stream notices', async () => {
    const room = await opened('KZ')
    feed('KZ')
    answer = (path) => (path === 'presence' ? 'error' : undefined)
    await world.pass(700)
    expect(room.line).toBe('live')
    await world.pass(700)
    expect(room.line).toBe('lost')
    answer = () => undefined
    await world.pass(1_000)
    expect(world.last.address).toBe(`/meetings/${origin}/feed?seat=KZ&after=${SIZE - 1}`)
    greet('head', 'KZ')
    expect(room.line).toBe('live')
  })

  test('a beat that is answered again brings the feed back at once', async () => {
    await opened('KZ')
    feed('KZ')
    answer = (path) => (path === 'presence' ? 'error' : undefined)
    for (let tries = 0; tries < 6; tries++) {
      world.last.breaks()
      await world.pass(16_000)
    }
    world.last.breaks() // the next try is a quarter of a minute away
    answer = () => undefined
    const before = world.streams.length
    await world.pass(1_400)
    expect(world.streams).toHaveLength(before + 1)
  })

  test('a screen whose seat another took is told, and stops; it can take it back', async () => {
    const room = await opened('KZ')
    answer = (path) => (path === 'presence' ? { status: 409, body: { displaced: true } } : undefined)
    await world.pass(700)
    expect(room.displaced).toBe(true)
    const sent = beats().length
    await world.pass(5_000)
    expect(beats()).toHaveLength(sent)
    answer = (path) => (path === 'acts' ? { status: 200, body: { number: null, at: 1 } } : undefined)
    const taken = room.takeSeat(true)
    await world.pass(1_000)
    expect((await taken).state).toBe('done')
    expect(acts()[0]?.body?.['act']).toEqual({ act: 'take_seat', screen: room.screen, displace: true })
    expect(room.displaced).toBe(false)
    expect(beats().length).toBeGreaterThan(sent)
  })

  test('the record says which screen has the seat, whoever was away', async () => {
    world.tab.set(`screen of RU at ${origin}`, 'screen-RU')
    const room = await opened('RU')
    for (const { entry } of WRITTEN) world.last.says('entry', entry)
    expect(room.displaced).toBe(true)
    const screen = WRITTEN.find((line) => line.entry.body.includes('"screen":"another"'))
    expect(screen?.entry.body).toContain('"displaced":"screen-RU"')
  })
})

describe('acting', () => {
  test('it is sent, and done when its entry is folded', async () => {
    const room = await opened('KZ')
    feed('KZ', 0, SIZE - 1)
    await world.pass(60)
    answer = (path) => (path === 'acts' ? { status: 200, body: { number: SIZE - 1, at: 1 } } : undefined)
    const sending = room.act({ act: 'ask_for_the_floor' }, { onInstruction: true })
    expect(room.sent.map((each) => each.state)).toEqual(['sent'])
    await world.pass(100)
    expect(room.sent.map((each) => each.state)).toEqual(['sent'])
    expect(acts()[0]?.body).toEqual({
      key: room.sent[0]?.key,
      seen: SIZE - 2,
      seat: 'KZ',
      on_instruction: true,
      act: { act: 'ask_for_the_floor' },
    })
    feed('KZ', SIZE - 1)
    await world.pass(100)
    expect((await sending).state).toBe('done')
  })

  test('a refusal says why, and nothing changes', async () => {
    const room = await opened('KZ')
    feed('KZ')
    const meeting = room.meeting
    const rule = { key: 'sitting', text: 'T', standing: 'practice', source: 'S' }
    answer = (path) =>
      path === 'acts' ? { status: 409, body: { refused: 'not_now', message: 'M', rule, facts: {} } } : undefined
    const sending = room.act({ act: 'ask_for_the_floor' })
    await world.pass(100)
    expect(await sending).toMatchObject({ state: 'refused', message: 'M', reason: 'not_now', rule })
    expect(room.meeting).toBe(meeting)
  })

  test('nothing is sent while the line is lost, and nothing later', async () => {
    const room = await opened('KZ')
    feed('KZ')
    world.last.breaks()
    const sent = await room.act({ act: 'ask_for_the_floor' })
    expect(sent).toMatchObject({ state: 'failed', reason: 'offline', message: 'The line is lost. Nothing was sent.' })
    await world.pass(1_000)
    greet('head', 'KZ')
    await world.pass(60_000)
    expect(acts()).toEqual([])
  })

  test('an act whose answer was lost is done when the record says so', async () => {
    const room = await opened('KZ')
    feed('KZ', 0, SIZE - 1)
    await world.pass(60)
    answer = (path) => (path === 'acts' ? 'error' : undefined)
    const sending = room.act({ act: 'ask_for_the_floor' })
    await world.pass(5_000)
    expect(await sending).toMatchObject({ state: 'failed', reason: 'unanswered' })
    const key = room.sent[0]?.key as string
    const deed = { by: { person: 'KZ-head', seat: 'KZ' }, act: { act: 'object', window: 'w' }, facts: { at: 1 }, events: [], key }
    world.last.says('held', { window: 'w', deeds: [deed] })
    expect(room.sent[0]).toMatchObject({ state: 'done', message: null })
  })

  test('a note is sent or rejected, never kept for later', async () => {
    const room = await opened('KZ')
    feed('KZ')
    answer = (path) => (path === 'notes' ? { status: 204 } : undefined)
    await expect(room.note('RU', 'text')).resolves.toBeUndefined()
    expect(world.requests.at(-1)?.body).toMatchObject({ seat: 'KZ', to: 'RU', text: 'text' })
    world.last.breaks()
    await expect(room.note('RU', 'text')).rejects.toThrow('No answer')
  })

  test('a text is fetched once for each version of it', async () => {
    const room = await opened('KZ')
    feed('KZ')
    const text = { document: 'declaration', language: 'ru', authentic: true, digest: 'd', paragraphs: [] }
    answer = (path) => (path === 'ru' ? { status: 200, body: text } : undefined)
    expect(await room.document('declaration', 'ru')).toEqual(text)
    await room.document('declaration', 'ru')
    expect(world.requests.filter((each) => each.address.includes('/documents/declaration/ru?seat=KZ'))).toHaveLength(1)
    await expect(room.document('declaration', 'en')).rejects.toThrow('404')
  })
})

describe('what one may do', () => {
  test('the head does it in person, staff on instruction or not at all', async () => {
    const head = await opened('KZ', 'head')
    feed('KZ', 0, before('meeting_opened') + 1)
    await world.pass(60)
    expect([head.may('object'), head.may('sign'), head.may('acknowledge_text'), head.may('put')]).toEqual([
      'head',
      'head',
      'head',
      false,
    ])
    const staff = await opened('KZ', 'staff')
    feed('KZ', 0, before('meeting_opened') + 1)
    await world.pass(60)
    expect([staff.may('object'), staff.may('sign'), staff.may('acknowledge_text'), staff.may('put')]).toEqual([
      'instructed',
      false,
      'staff',
      false,
    ])
  })

  test('the public may do nothing', async () => {
    const room = await opened(null)
    feed('')
    expect(room.may('ask_for_the_floor')).toBe(false)
    expect(await room.act({ act: 'ask_for_the_floor' })).toMatchObject({ state: 'failed' })
  })

  test('a replaced head is told by the record', async () => {
    const room = await opened('KG', 'head')
    feed('KZ')
    expect(room.role).toBe('staff')
  })

  test('what is not in order now is not offered', async () => {
    const room = await opened('KZ')
    feed('KZ', 0, before('meeting_opened'))
    await world.pass(60)
    expect([room.timely('table'), room.timely('object'), room.timely('open_meeting')]).toEqual([true, false, true])
    feed('KZ', before('meeting_opened'), before('point_of_order_raised') + 1)
    await world.pass(60)
    expect([room.timely('object'), room.timely('put'), room.timely('rule')]).toEqual([true, false, true])
  })

  test('the script is for the presiding officer', async () => {
    const steps = [{ id: '1', act: 'open_meeting', with: {}, say: { en: 'I declare open' } }]
    answer = (path) => (path === 'script.json' ? { status: 200, body: steps } : undefined)
    const chair = await opened('presiding')
    await world.pass(10)
    expect(chair.script).toEqual(steps)
    const delegate = await opened('KZ')
    await world.pass(10)
    expect(delegate.script).toEqual([])
  })
})
