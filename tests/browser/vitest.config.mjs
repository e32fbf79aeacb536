// The pages in a real browser, against a real service; tests/browser/run starts both.
import { fileURLToPath } from 'node:url'

const modules = fileURLToPath(new URL('../../services/web/node_modules/', import.meta.url))
const limit_ms = 60_000

export default {
  resolve: {
    alias: {
      'playwright-core': `${modules}playwright-core/index.mjs`,
      'axe-source': `${modules}axe-core/axe.min.js`,
    },
  },
  test: {
    globals: true,
    globalSetup: './people.ts',
    include: ['*.test.ts'],
    fileParallelism: false, // one service, one set of books
    testTimeout: limit_ms,
    hookTimeout: limit_ms,
  },
}
