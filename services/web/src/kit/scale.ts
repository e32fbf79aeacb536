// Where on the screen an amount is drawn. Only here does an amount become a floating number, and
// only a place or a length of a picture: what is read beside it is written from the exact one.
const parts = 10_000n // finer than any screen's pixels

/** How long a part of a whole is, in pixels. */
export function lengthOf(part: bigint, whole: bigint, pixels: number): number {
  if (whole <= 0n || part <= 0n) return 0
  return (Number((part * parts) / whole) / Number(parts)) * pixels
}

/** The end of an axis and its marks: 1, 2 or 5 with noughts, four to eight of them. */
export function marksOf(largest: bigint): bigint[] {
  let step = 1n
  const factors = [2n, 5n, 10n]
  for (let decade = 1n; step * 8n < largest; decade *= 10n)
    for (const factor of factors) if (step * 8n < largest) step = decade * factor
  const marks: bigint[] = []
  for (let mark = 0n; mark < largest + step; mark += step) marks.push(mark)
  return marks
}
