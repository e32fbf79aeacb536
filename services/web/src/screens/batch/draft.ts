// The batch as it is kept in this browser, each officer's own: a closed tab loses nothing, and since
// the batch keeps its id and each row its number, what is sent again is booked once.
import { type DBSchema, openDB } from 'idb'
import { newKey } from '@/api/client'
import type { Cells, Row } from './rows'

export interface Batch {
  id: string
  /** The number that the next row gets. */
  next: number
  rows: Row[]
  /** The total of the paper, as it was typed. */
  paper: string
}
interface Kept extends DBSchema {
  batches: { key: string; value: Batch }
}
const opened = () =>
  openDB<Kept>('daifu.batch', 1, { upgrade: (base) => void base.createObjectStore('batches') })

const rows_at_first = 6
const no_cells: Cells = { loan: '', name: '', amount: '', date: '', note: '' }

export function newRow(batch: Batch, cells: Cells = no_cells): Row {
  return { ...cells, number: batch.next++ }
}
export function emptyBatch(): Batch {
  const batch: Batch = { id: newKey().slice(0, 20), next: 1, rows: [], paper: '' }
  while (batch.rows.length < rows_at_first) batch.rows.push(newRow(batch))
  return batch
}
export const keyOf = (batch: Batch, row: Row) => `batch-${batch.id}-${row.number}`

export async function keptBatch(user: string): Promise<Batch | undefined> {
  const base = await opened()
  const batch = await base.get('batches', user)
  base.close()
  return batch
}
/** Resolves once it is on the disk: only then may a row be sent. */
export async function keep(user: string, batch: Batch): Promise<void> {
  const base = await opened()
  const writing = base.transaction('batches', 'readwrite', { durability: 'strict' })
  await writing.store.put(JSON.parse(JSON.stringify(batch)) as Batch, user)
  await writing.done
  base.close()
}
