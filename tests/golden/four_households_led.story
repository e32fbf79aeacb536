# 罗先国的例子：贷款养牛，带动四户，两户建档立卡；一户脱贫，后来返贫。每一步之后看数字，三项各自统计，不相加。
rules cap 200000 term 36 margin 50 order interest_first
leading warn
poverty 2015 2855.00
poverty 2016 2952.00
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2015-01-10 household N1 registers poor 4 李某
2015-01-10 household N2 registers poor 3 张某
2015-01-10 household N3 registers ordinary 5 王某
2015-01-10 household N4 registers ordinary 2 赵某
2015-01-15 loan L1 proposes 100000.00 4.75% at_maturity 24 month
2015-01-15 loan L1 approves 100000.00
2015-01-15 loan L1 disburses 100000.00
2015-02-01 household N1 claims L1 on_trust
2015-02-01 household N2 claims L1 employment
2015-02-01 household N3 claims L1 guidance
2015-02-01 household N4 claims L1 guaranteed_purchase
2015-02-01 led
2015-02-20 household N1 verifies 2
2015-02-20 household N2 verifies 2
2015-02-20 household N3 verifies 2
2015-02-20 household N4 verifies 2
2015-02-20 led
2015-12-20 household N1 benefits 2 3000.00
2015-12-25 household N1 earns 2015 11419.96
2015-12-25 household N1 surveyed
2016-01-04 household N1 steps proposed 村委会丁
2016-01-05 household N1 steps reviewed 评议组戊
2016-01-06 household N1 steps signed_off 李某
2016-01-07 household N1 steps noticed 村委会丁 until 2016-01-12
2016-01-07 household N1 steps noticed 村委会丁 until 2016-01-13
2016-01-14 household N1 steps checked 村委会丁 year 2015
2016-01-14 household N1 steps checked 镇里己 year 2015
2016-01-14 household N1 earns 2015 11420.00
2016-01-14 household N1 steps checked 镇里己 year 2015
2016-01-20 household N1 steps approved 县里庚
2016-01-20 led
2016-06-30 household N2 ends 2
2016-06-30 led
2017-01-19 led
2017-01-20 led
2017-03-01 household N1 relapses
2017-03-01 led
2017-03-01 household N1 shows
----
