// TO¦DO: refuse negative amounts
