declare module 'virtual:words' {
  import type { Catalogue } from './words.svelte'
  export const loaders: Record<string, (() => Promise<Catalogue>) | undefined>
}
