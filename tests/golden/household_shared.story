# 一户由两人带动：份额合计不超过一户；添了人口，户还是一户；带动结束、申报冲正以后，份额退回。
rules cap 200000 term 36 margin 50 order interest_first
leading warn
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2015-01-05 borrower C registers
2015-01-10 household N registers poor 4 李某
2015-01-15 loan L1 proposes 50000.00 4.75% at_maturity 24 month
2015-01-15 loan L2 proposes 50000.00 4.75% at_maturity 24 month borrower C
2015-02-01 household N claims L1 on_trust share 0.6
2015-02-02 household N claims L2 guidance share 0.5
2015-02-02 household N claims L2 guidance
2015-02-10 household N verifies 2
2015-03-01 household N counts 5
2015-03-05 household N shares 2 0.3333 3 0.6667
2015-03-06 household N shares 2 0.5
2015-04-01 household N ends 2
2015-04-02 household N verifies 3 @ 2015-03-20
2015-04-03 household N shows
2015-04-10 household N reverses 3 不是这一户
2015-04-10 household N reverses 8 没有核实
2015-04-10 household N reverses 6 不是这一户
2015-04-10 household N reverses 3 不是这一户
2015-04-11 household N dissolves
----
