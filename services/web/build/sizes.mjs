// What a slow network can bear, in bytes as they are sent (brotli): all that the counter loads
// before it can be used, and the largest piece that comes later. Exit status 1 beyond a limit.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../build/web/', import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, '.vite/manifest.json'), 'utf8'))

function sent(file) {
  const packed = statSync(join(root, `${file}.br`), { throwIfNoEntry: false })
  return (packed ?? statSync(join(root, file))).size
}
/** A piece with everything that it imports at once. */
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const inner of manifest[name].imports ?? []) closure(inner, seen)
  return seen
}
const filesOf = (names) =>
  new Set([...names].flatMap((name) => [manifest[name].file, ...(manifest[name].css ?? [])]))
const sumOf = (files) => [...files].reduce((sum, file) => sum + sent(file), 0)

const first = filesOf([
  ...closure('console.html'),
])
const later = Object.values(manifest).map((piece) => piece.file).filter((file) => !first.has(file))

const limits = [
  ['counter, before it can be used', sumOf(first) + sent('console.html'), 105_000],
  ['largest piece that comes later', Math.max(0, ...later.map(sent)), 200_000],
]
for (const [what, bytes, limit] of limits) {
  console.log(`${bytes <= limit ? 'ok     ' : 'FAILED '} ${what}: ${bytes} of ${limit} bytes`)
  if (bytes > limit) process.exitCode = 1
}
