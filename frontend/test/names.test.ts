import { expect, test } from 'vitest'
import type { Room } from '../src/room/room.svelte'
import { quotedTitle } from '../src/ui/names'

test.each([
  ['zh-hans', '关于批准《行动计划》的决议', '关于批准〈行动计划〉的决议'],
  ['ru', 'Решение об утверждении «Плана действий»', 'Решение об утверждении „Плана действий“'],
  ['en', 'Decision approving the “Action Plan”', 'Decision approving the ‘Action Plan’'],
])('a title between quotation marks has the inner ones within: %s', (language, title, quoted) => {
  const room = { language, meeting: { documents: { d: { titles: { [language]: title } } } } } as unknown as Room
  expect(quotedTitle(room, 'd')).toBe(quoted)
})
