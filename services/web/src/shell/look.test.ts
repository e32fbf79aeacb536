// The colours' contrast is counted, from the file that the pages use (WCAG 2.2, 1.4.3 and 1.4.11).
import { describe, expect, it } from 'vitest'
import css from './look.css?raw'

const tokens = Object.fromEntries(
  [...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]),
)
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}

describe('the colours', () => {
  it.each([
    ['ink', 'page', 4.5], ['ink', 'card', 4.5], ['ink-2', 'page', 4.5], ['ink-2', 'card', 4.5],
    ['tea', 'card', 4.5], ['tea-dark', 'tea-wash', 4.5], ['ink', 'tea-wash', 4.5],
    ['red', 'card', 4.5], ['red', 'red-wash', 4.5], ['ink-2', 'red-wash', 4.5],
    ['amber', 'card', 4.5], ['amber', 'amber-wash', 4.5],
    ['blue', 'card', 4.5], ['blue', 'page', 4.5], ['blue', 'tea-wash', 4.5], ['blue', 'red-wash', 4.5],
    ['field', 'card', 3], ['ink', 'halo', 3],
  ] as const)('%s on %s: at least %d : 1', (one, other, least) => {
    expect(contrast(tokens[one]!, tokens[other]!)).toBeGreaterThanOrEqual(least)
  })

  it('have white letters on the main button that can be read', () => {
    expect(contrast('#ffffff', tokens.tea!)).toBeGreaterThanOrEqual(4.5)
  })
})
