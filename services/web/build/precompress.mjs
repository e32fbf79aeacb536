// Puts NAME.br beside each built file that it makes smaller, so that the service only sends.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

const root = fileURLToPath(new URL('../../../build/web/', import.meta.url))
for (const directory of [root, join(root, 'assets')]) {
  for (const name of readdirSync(directory)) {
    const file = join(directory, name)
    if (!/\.(html|js|css|json|svg)$/.test(name) || !statSync(file).isFile()) continue
    const plain = readFileSync(file)
    const packed = brotliCompressSync(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
    })
    rmSync(`${file}.br`, { force: true })
    if (packed.length < plain.length) writeFileSync(`${file}.br`, packed)
  }
}
