// The counter's flow as a table: where it is, what may happen, where that leads. Nothing here asks
// or draws; the screen does what the stage says. One Enter never posts: an amount leads to its
// preview, and only what was shown there is sent, under the key made when the loan was picked.
import type { Schemas } from '@/api/client'
import type { Fen } from '@/money/money'

export type LoanLine = Schemas['LoanLine']
export type Preview = Schemas['Preview']
export type Receipt = Schemas['Receipt']

export type Stage =
  | { at: 'find' }
  | { at: 'amount'; loan: LoanLine; key: string }
  | { at: 'asking'; loan: LoanLine; key: string; amount: Fen }
  | { at: 'confirm'; loan: LoanLine; key: string; amount: Fen; preview: Preview }
  | { at: 'posting'; loan: LoanLine; key: string; amount: Fen; preview: Preview }

export type Happened =
  | { is: 'picked'; loan: LoanLine; key: string }
  | { is: 'amount'; amount: Fen }
  | { is: 'previewed'; preview: Preview }
  | { is: 'refused' }
  | { is: 'confirmed' }
  | { is: 'posted' }
  | { is: 'back' }

/** The next stage; the same one where nothing follows from what happened. */
export function next(stage: Stage, event: Happened): Stage {
  switch (event.is) {
    case 'picked':
      return stage.at === 'posting' ? stage : { at: 'amount', loan: event.loan, key: event.key }
    case 'amount':
      return stage.at === 'amount' ? { ...stage, at: 'asking', amount: event.amount } : stage
    case 'previewed':
      return stage.at === 'asking' ? { ...stage, at: 'confirm', preview: event.preview } : stage
    case 'confirmed':
      return stage.at === 'confirm' ? { ...stage, at: 'posting' } : stage
    case 'posted':
      return stage.at === 'posting' ? { at: 'find' } : stage
    case 'refused':
      return stage.at === 'asking' || stage.at === 'posting'
        ? { at: 'amount', loan: stage.loan, key: stage.key }
        : stage
    case 'back':
      if (stage.at === 'amount') return { at: 'find' }
      return stage.at === 'asking' || stage.at === 'confirm'
        ? { at: 'amount', loan: stage.loan, key: stage.key }
        : stage
  }
}
