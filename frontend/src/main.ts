import { mount } from 'svelte'
import App from './ui/App.svelte'
import { Room } from './room/room.svelte'
import { learn, speak } from './words'

async function open(target: HTMLElement): Promise<void> {
  const { origin = '', seat, language = 'en', telephone, kind = 'public' } = target.dataset
  await speak(language)
  const room = await Room.open({ origin, seat: seat || null, telephone: telephone || null, kind })
  mount(App, { target, props: { room } })
  await learn()
}

const target = document.getElementById('app')
if (target !== null) void open(target)
