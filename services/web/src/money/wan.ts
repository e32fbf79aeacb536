// 万元 with two decimals, rounded to the nearest, half away from nothing: 100 yuan are 0.01 万元.
import { type Fen, fenOf, shown } from './money'

const fen_of_hundredth = 10_000n // of a 万元

export function wan(fen: Fen): string {
  const half = fen_of_hundredth / 2n
  return shown((fen + (fen < 0n ? -half : half)) / fen_of_hundredth)
}
export const wanText = (text: string): string => wan(fenOf(text))
