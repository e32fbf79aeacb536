import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': here('./src') } },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: here('../../build/web'),
    emptyOutDir: true,
    manifest: true, // what build/sizes.mjs adds up
    target: 'chrome87', // what counters with Windows 7 end at is 109
    modulePreload: { polyfill: false },
    rollupOptions: { input: { console: here('./console.html') } },
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:8080' } }, // npx vite, beside a running daifud
  test: { css: true, environment: 'jsdom', include: ['src/**/*.test.ts'] },
})
