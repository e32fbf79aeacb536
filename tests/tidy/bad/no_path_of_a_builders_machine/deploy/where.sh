cd /ho¦me/somebody/daifu
