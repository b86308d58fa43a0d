import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { po } from './po.ts'

const beside = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  base: '/static/room/',
  plugins: [po(beside('../src/plenary/web/locale')), svelte()],
  build: {
    target: 'es2022',
    outDir: beside('../src/plenary/web/static/room'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    // Content-Security-Policy: default-src 'self' takes neither inline scripts nor data: addresses
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: beside('src/main.ts'), checks: { pluginTimings: false } },
  },
  worker: { format: 'es' },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
})
