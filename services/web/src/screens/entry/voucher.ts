/** The voucher in a page of its own, so that what is printed is what its address shows. */
export function printVoucher(entry: number): void {
  window.open(`/c/voucher/${entry}?print`, '_blank', 'noopener')
}
