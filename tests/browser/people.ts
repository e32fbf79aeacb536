// Once before all tests: the demonstration's people choose their passwords and set up their
// telephones, by the API; two stay new, for the tests of the door. Leaves them in DAIFU_STATE.
import { createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'

export type Role = 'officer' | 'checker' | 'auditor' | 'administrator'
export interface Person {
  cookie: string
}
export const chosenPassword = 'walnut rain lantern 77'
const withTelephone = new Set<Role>(['checker', 'auditor', 'administrator'])

/** The code of a telephone now (RFC 6238: SHA-1, thirty seconds, six digits). */
export function codeOf(base32: string, at = Date.now()): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...base32].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const code = (digest.readUInt32BE(digest[19]! & 15) & 0x7fffffff) % 1_000_000
  return code.toString().padStart(6, '0')
}

const address = process.env.DAIFU!

async function sent(path: string, cookie: string, body: unknown): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', Cookie: cookie }
  const answer = await fetch(address + path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  return answer
}

async function madeReady(role: Role, initial: string): Promise<Person> {
  const entered = await sent('/v1/sessions', '', { user: role, password: initial })
  const cookie = entered.headers.get('Set-Cookie')!.split(';')[0]!
  await sent('/v1/session/password', cookie, { current: initial, password: chosenPassword })
  if (withTelephone.has(role)) {
    const answer = await sent('/v1/session/second-factor', cookie, {})
    const { secret } = (await answer.json()) as { secret: string }
    await sent('/v1/session/second-factor/confirmation', cookie, { code: codeOf(secret) })
  }
  return { cookie }
}

export async function setup() {
  const initial = JSON.parse(process.env.DAIFU_PEOPLE!) as Record<Role, string>
  const people: Partial<Record<Role, Person>> = {}
  for (const role of ['officer', ...withTelephone] as Role[])
    people[role] = await madeReady(role, initial[role])
  writeFileSync(process.env.DAIFU_STATE!, JSON.stringify(people))
}
