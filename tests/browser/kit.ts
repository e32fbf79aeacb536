// What the tests of the pages share: pages of people who are signed in, and what the books say
// meanwhile. Nothing here is a stand-in: the service, its books and the browser are real.
import { mkdirSync, readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Person, Role } from './people'

export const address = process.env.DAIFU!
const pictures = process.env.DAIFU_PICTURES!
const axe = readFileSync(process.env.DAIFU_AXE!, 'utf8')
mkdirSync(pictures, { recursive: true })

/** As people.ts left them. */
const people = JSON.parse(readFileSync(process.env.DAIFU_STATE!, 'utf8')) as Record<Role, Person>

let browser: Browser | undefined
export async function launched(): Promise<Browser> {
  browser ??= await chromium.launch({
    executablePath: process.env.DAIFU_CHROMIUM ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  return browser
}
const opened: BrowserContext[] = []
afterEach(async () => {
  for (const context of opened.splice(0)) await context.close()
})
afterAll(async () => {
  await browser?.close()
  browser = undefined
})

export interface Wanted {
  viewport?: { width: number; height: number }
  language?: 'zh-CN' | 'en'
}
const desk = { width: 1366, height: 768 }
const patience_ms = 20_000 // for one thing to appear

type Cookies = Awaited<ReturnType<BrowserContext['storageState']>>

async function opening(wanted: Wanted, storageState?: Cookies): Promise<Page> {
  const context = await (await launched()).newContext({
    viewport: wanted.viewport ?? desk,
    locale: 'zh-CN',
    ...(storageState ? { storageState } : {}),
  })
  opened.push(context)
  context.setDefaultTimeout(patience_ms)
  if (wanted.language)
    await context.addInitScript((it) => localStorage.setItem('daifu.language', it), wanted.language)
  return context.newPage()
}
export const anybody = (wanted: Wanted = {}) => opening(wanted)

/** A browser keeps a session's cookie so. */
function cookiesOf(role: Role): Cookies {
  const [name, value] = people[role].cookie.split('=') as [string, string]
  const domain = new URL(address).hostname
  const rest = { path: '/', expires: -1, httpOnly: true, secure: true, sameSite: 'Strict' as const }
  return { cookies: [{ name, value, domain, ...rest }], origins: [] }
}

/** A page of somebody who is signed in, at an address. */
export async function at(path: string, role: Role, wanted: Wanted = {}): Promise<Page> {
  const page = await opening(wanted, cookiesOf(role))
  await page.goto(address + path)
  await page.locator('main h1').first().waitFor()
  return page
}

/** What the API answers somebody: for looking into the books beside the pages. */
export async function seenBy<T>(role: Role, path: string): Promise<T> {
  const answer = await fetch(address + path, { headers: { Cookie: people[role].cookie } })
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  return (await answer.json()) as T
}
export const books = <T = Record<string, unknown>>(path: string) => seenBy<T>('officer', path)
/** Books something as the officer, beside the pages. */
export async function booked(path: string, body: unknown): Promise<void> {
  const key = `beside-${Date.now()}-${Math.random().toString(36).slice(2)}`
  const headers = { 'Content-Type': 'application/json', Cookie: people.officer.cookie, 'Idempotency-Key': key }
  const answer = await fetch(address + path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
}
export const entries = async () => (await books<{ entries: number }>('/v1/county')).entries

/** What WCAG 2.2 A and AA complain of, in words; nothing is the goal. */
export async function complaints(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    // @ts-expect-error axe is what was put into the page
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } })
    return violations.map((one: { id: string; nodes: { html: string }[] }) => `${one.id}: ${one.nodes[0]?.html.slice(0, 160)}`)
  })
}

export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${pictures}/${name}.png` })
}
