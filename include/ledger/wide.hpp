// A 128-bit integer for products of amounts with weights, rates and days, which pass 64 bits long
// before they are divided again. It never leaves a computation: what is kept is Money or Exact.
#pragma once

namespace ledger {

__extension__ typedef __int128 Wide;

} // namespace ledger
