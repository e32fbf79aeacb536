// A township's line: 256 kbit/s, 400 ms. And paper: a voucher is one A5 page with its figures.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { at, books } from './kit'

const cold_limit_ms = 5_000
const warm_limit_ms = 1_000

describe('on a slow line', () => {
  it('the counter can be used within five seconds, the second time within one', async () => {
    const page = await at('/c', 'officer')
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    const bytes_a_second = 256_000 / 8
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 400,
      downloadThroughput: bytes_a_second,
      uploadThroughput: bytes_a_second,
    })
    const seen = async () => {
      const began = Date.now()
      await page.goto(`${process.env.DAIFU}/c`, { waitUntil: 'commit' })
      await page.getByRole('combobox').waitFor()
      return Date.now() - began
    }
    // The line is what is judged, not what else the machine does: the best of three.
    const colds: number[] = []
    const warms: number[] = []
    for (let i = 0; i < 3; ++i) {
      await session.send('Network.clearBrowserCache')
      colds.push(await seen())
      warms.push(await seen())
    }
    const [cold, warm] = [Math.min(...colds), Math.min(...warms)]
    console.log(`counter: cold ${cold} ms, warm ${warm} ms`)
    expect(cold).toBeLessThanOrEqual(cold_limit_ms)
    expect(warm).toBeLessThanOrEqual(warm_limit_ms)
  })
})

describe('on paper', () => {
  it('a voucher is one A5 page across, with its number, its amount in both ways and its entry', async () => {
    const { entries } = await books<{ entries: { entry_number: number; bank: string; cause: string }[] }>(
      '/v1/entries?subject=FQ-2015-0002&limit=500',
    )
    const paid = entries.find((one) => one.cause === 'repayment')!
    const page = await at(`/c/voucher/${paid.entry_number}`, 'officer')
    await page.locator('tfoot').waitFor()
    const file = join(tmpdir(), `voucher-${process.pid}.pdf`)
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true }))
    const facts = execFileSync('pdfinfo', [file], { encoding: 'utf8' })
    expect(facts).toMatch(/Pages: +1\n/)
    expect(facts).toMatch(/Page size: +59\d(\.\d+)? x (419|420)/)
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    expect(text).toContain(`凭证号 ${paid.entry_number}`)
    expect(text).toContain(paid.bank.replace(/\B(?=(\d{3})+\.)/g, ','))
    expect(text).toContain('人民币')
    expect(text).not.toContain('退出') // the frame stays on the screen

    const payout = entries.find((one) => one.cause === 'disbursement')!
    await page.goto(`${process.env.DAIFU}/c/voucher/${payout.entry_number}`)
    await page.locator('tfoot').waitFor()
    expect(payout.bank).toBe('-54000.00')
    expect(await page.locator('.big').innerText()).toContain('人民币伍万肆仟元整')
  })
})
