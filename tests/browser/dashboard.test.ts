// 总览看板: its figures are the API's, each square leads to a list that comes to the same, what is
// booked is there by itself, and it prints on A4.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { at, books, booked, picture } from './kit'

interface Line {
  key: string
  name: string
  lent: string
  outstanding: string
  par30: string
  households: number
}
const fen = (text: string) => BigInt(text.replace(/[,.]/g, ''))
/** As the screen writes ten thousands of yuan. */
function wan(text: string): string {
  const hundredths = ((fen(text) + 5000n) / 10_000n).toString().padStart(3, '0')
  return `${hundredths.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${hundredths.slice(-2)}`
}
const portfolio = () => books<{ county: Line; lines: Line[] }>('/v1/statistics/portfolio?by=township')
const figure = (page: Page, name: string) => page.locator(`[data-figure=${name}] dd`).first()
async function opened() {
  const page = await at('/d', 'officer')
  await page.locator('.tile').first().waitFor()
  return page
}

describe('the overview', () => {
  it('shows what the API says, and that books and loans agree', async () => {
    const page = await opened()
    const { county, lines } = await portfolio()
    expect(await figure(page, 'lent').innerText()).toBe(wan(county.lent))
    expect(await figure(page, 'lent').innerText()).toBe('4,210.00') // what the county told the public
    expect(await figure(page, 'outstanding').innerText()).toBe(wan(county.outstanding))
    expect(await figure(page, 'par30').innerText()).toBe(wan(county.par30))
    const led = await books<{ county: { households_led: number } }>('/v1/statistics/leading?by=county')
    await expect.poll(() => figure(page, 'led').innerText()).toBe(`${led.county.households_led}`)
    await expect.poll(() => figure(page, 'even').innerText(), { timeout: 20_000 }).toBe('平')
    expect(await page.locator('.tile').count()).toBe(lines.length)
    for (const line of lines) {
      const cells = await page.locator('#ranking tbody tr', { hasText: line.name }).locator('td').allInnerTexts()
      expect(cells.slice(1)).toEqual([wan(line.par30), wan(line.outstanding), wan(line.lent), `${line.households}`])
    }
  })

  it('draws each year by month, and its table comes to what was lent', async () => {
    const page = await opened()
    await page.getByLabel('年份').selectOption('2015')
    await page.waitForURL('**year=2015')
    await page.getByText('2015 年发放与收回').first().waitFor()
    await page.getByText('看表格').click()
    const foot = page.locator('details tfoot td')
    await foot.first().waitFor()
    const { lines } = await books<{ lines: Line[] }>('/v1/statistics/portfolio?by=year')
    await expect.poll(() => foot.first().innerText()).toBe(wan(lines.find((one) => one.key === '2015')!.lent))
    expect(await page.locator('svg rect.lent').count()).toBe(12)
    await page.getByLabel('年份').selectOption('2016')
    await page.waitForURL('**year=2016')
    await expect.poll(() => foot.first().innerText()).toBe(wan(lines.find((one) => one.key === '2016')!.lent))
  })

  it('leads from each square to a list that comes to the same', async () => {
    const { lines } = await portfolio()
    for (const line of lines.filter((one) => fen(one.outstanding) > 0n).slice(0, 3)) {
      const page = await opened()
      await page.getByRole('button', { name: '余额' }).click()
      await page.getByRole('heading', { name: '各乡镇未还余额' }).waitFor()
      const tile = page.locator('.tile', { hasText: line.name })
      expect(await tile.locator('strong').innerText()).toBe(wan(line.outstanding))
      await tile.click()
      await page.waitForURL(`**/c/loans?township=${line.key}`)
      const foot = page.locator('tfoot td')
      await foot.first().waitFor()
      const sums = await foot.allInnerTexts()
      expect([fen(sums[0]!), fen(sums[1]!)]).toEqual([fen(line.lent), fen(line.outstanding)])
    }
  })

  it('has what was booked by itself', async () => {
    const page = await opened()
    await page.getByText('● 实时').waitFor()
    const before = await figure(page, 'outstanding').innerText()
    const { payoff } = await books<{ payoff: string }>('/v1/loans/FQ-2015-0069/payoff')
    await booked('/v1/loans/FQ-2015-0069/repayments', { amount: payoff })
    const { county } = await portfolio()
    await expect.poll(() => figure(page, 'outstanding').innerText(), { timeout: 10_000 }).toBe(wan(county.outstanding))
    expect(wan(county.outstanding)).not.toBe(before)
    await expect.poll(() => figure(page, 'even').innerText(), { timeout: 20_000 }).toBe('平')
  })

  it('switches what the map shows, and Back switches it again', async () => {
    const page = await opened()
    await page.getByRole('button', { name: '户数' }).click()
    await page.getByRole('heading', { name: '各乡镇贷款户数' }).waitFor()
    const { lines } = await portfolio()
    expect(await page.locator('.tile', { hasText: lines[0]!.name }).locator('strong').innerText()).toBe(`${lines[0]!.households}`)
    expect(page.url()).toContain('measure=households')
    await page.locator('svg rect.lent').first().waitFor()
    await picture(page, 'board-households')
    await page.goBack()
    await page.getByRole('heading', { name: '各乡镇逾期率' }).waitFor()
  })

  it('prints on A4, with the source under it', async () => {
    const page = await opened()
    await expect.poll(() => page.getByRole('button', { name: '打印' }).isEnabled(), { timeout: 20_000 }).toBe(true) // whole
    await expect.poll(() => figure(page, 'even').innerText(), { timeout: 20_000 }).toBe('平')
    const file = `${process.env.DAIFU_PICTURES!}/board.pdf`
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }))
    const info = execFileSync('pdfinfo', [file]).toString()
    expect(info).toMatch(/Page size: +59[45](\.\d+)? x 84[12]/)
    expect(parseInt(/Pages: +(\d+)/.exec(info)![1]!, 10)).toBeLessThanOrEqual(3)
    const text = execFileSync('pdftotext', ['-layout', file, '-']).toString()
    expect(text).toContain('4,210.00')
    expect(text).toContain('来自总账，不是填报')
    expect(text).toContain('务工就业')
    expect(text).not.toContain('柜台收款') // the menu stays on the screen
  })
})
