import { beforeEach, describe, expect, test } from 'vitest'
import { Feed, type Heard } from '../src/feed/feed'
import type { EntrySent } from '../src/protocol/live'
import { World } from './world'

const hello = (size: number) => ({ at: 5, origin: 'o', size, seat: null, person: null, role: null, language: 'en', own_screen: null })
const entry = (number: number): EntrySent => ({ number, seal: '', commitment: '' })

let world: World
let heard: string[]
let feed: Feed

beforeEach(() => {
  world = new World()
  heard = []
  const note = (name: string) => (event: unknown) => {
    const number = (event as { number?: number }).number
    heard.push(number === undefined ? name : `${name} ${number}`)
  }
  const listener: Heard = {
    hello: note('hello'),
    entry: note('entry'),
    again: note('again'),
    held: note('held'),
    presence: note('presence'),
    chain: note('chain'),
    note: note('note'),
    displaced: note('displaced'),
    time: () => {},
    line: (line) => heard.push(line),
    alive: () => {},
  }
  feed = new Feed('/feed?seat=RU', listener, world)
  feed.open()
})

const greet = (size: number, ...numbers: number[]): void => {
  world.last.says('hello', hello(size))
  for (const number of numbers) world.last.says('entry', entry(number))
}

test('it begins with entry 0 and says when the line is live', () => {
  expect(world.last.address).toBe('/feed?seat=RU')
  greet(2, 0, 1)
  expect(heard).toEqual(['hello', 'live', 'entry 0', 'entry 1'])
})

test('after an error it asks for what comes after the last number seen', async () => {
  greet(2, 0, 1)
  world.last.breaks()
  expect(heard.at(-1)).toBe('lost')
  expect(world.last.closed).toBe(true)
  await world.pass(500)
  expect(world.streams).toHaveLength(2)
  expect(world.last.address).toBe('/feed?seat=RU&after=1')
  greet(4, 2, 3)
  expect(heard.slice(-4)).toEqual(['hello', 'live', 'entry 2', 'entry 3'])
})

test('a gap is never shown: it asks again', async () => {
  greet(4, 0, 3)
  expect(heard).toEqual(['hello', 'live', 'entry 0', 'lost'])
  await world.pass(500)
  expect(world.last.address).toBe('/feed?seat=RU&after=0')
  greet(4, 1, 2, 3)
  expect(heard.slice(-3)).toEqual(['entry 1', 'entry 2', 'entry 3'])
})

test('an entry that is sent twice is shown once', () => {
  greet(2, 0, 1, 0, 1)
  expect(heard).toEqual(['hello', 'live', 'entry 0', 'entry 1', 'again 0', 'again 1'])
})

test('forty seconds of silence are a lost line', async () => {
  greet(1, 0)
  await world.pass(39_000)
  world.last.says('time', { at: 1 })
  await world.pass(39_000)
  expect(heard.at(-1)).toBe('entry 0')
  await world.pass(1_000)
  expect(heard.at(-1)).toBe('lost')
  await world.pass(500)
  expect(world.streams).toHaveLength(2)
})

test('a closed stream is not listened to any more', async () => {
  greet(1, 0)
  const first = world.last
  first.breaks()
  await world.pass(500)
  first.says('entry', entry(1))
  first.breaks()
  expect(heard).not.toContain('entry 1')
  expect(world.streams).toHaveLength(2)
})

describe('while the server is not there', () => {
  const opened = async (milliseconds: number): Promise<number> => {
    const before = world.streams.length
    for (let passed = 0; passed < milliseconds; passed += 100) {
      world.last.breaks()
      await world.pass(100)
    }
    return world.streams.length - before
  }

  test('it asks less and less often, at least every 15 s, and not with all others at once', async () => {
    const pauses: number[] = []
    for (let tries = 0; tries < 9; tries++) {
      world.chance = tries % 2 // the shortest and the longest pause
      world.last.breaks()
      const from = world.time
      const before = world.streams.length
      while (world.streams.length === before) await world.pass(10)
      pauses.push(world.time - from)
    }
    expect(pauses).toEqual([250, 1000, 1000, 4000, 4000, 15_000, 7_500, 15_000, 7_500])
  })

  test('a greeting alone does not make it hurry', async () => {
    for (let tries = 0; tries < 5; tries++) {
      greet(1)
      world.last.breaks()
      await world.pass(20_000)
    }
    greet(1)
    expect(await opened(2_000)).toBe(0)
  })

  test('it tries at once when the machine says that the line is back', async () => {
    greet(1, 0)
    world.machineSays(false)
    expect(heard.at(-1)).toBe('lost')
    for (let tries = 0; tries < 6; tries++) {
      world.last.breaks()
      await world.pass(16_000)
    }
    world.last.breaks()
    const before = world.streams.length
    world.machineSays(true)
    expect(world.streams).toHaveLength(before + 1)
  })
})

test('closed, it is silent', async () => {
  greet(1, 0)
  feed.close()
  await world.pass(100_000)
  world.machineSays(false)
  world.machineSays(true)
  expect(world.streams).toHaveLength(1)
  expect(heard.at(-1)).toBe('entry 0')
})
