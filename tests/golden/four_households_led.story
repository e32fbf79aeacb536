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
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2015-01-10 household N1 registers poor 4 李某
    2 登记农户
        借 9101.02  530921206201        1.0000 户
        借 9101.02  530921206201        4.0000 人
        贷 9199                 1.0000 户
        贷 9199                 4.0000 人
2015-01-10 household N2 registers poor 3 张某
    3 登记农户
        借 9101.02  530921206201        1.0000 户
        借 9101.02  530921206201        3.0000 人
        贷 9199                 1.0000 户
        贷 9199                 3.0000 人
2015-01-10 household N3 registers ordinary 5 王某
    4 登记农户
        借 9101.01  530921206201        1.0000 户
        借 9101.01  530921206201        5.0000 人
        贷 9199                 1.0000 户
        贷 9199                 5.0000 人
2015-01-10 household N4 registers ordinary 2 赵某
    5 登记农户
        借 9101.01  530921206201        1.0000 户
        借 9101.01  530921206201        2.0000 人
        贷 9199                 1.0000 户
        贷 9199                 2.0000 人
2015-01-15 loan L1 proposes 100000.00 4.75% at_maturity 24 month
2015-01-15 loan L1 approves 100000.00
    6 审批通过
        借 2314.01  F        100000.00
        贷 2314.02  F        100000.00
2015-01-15 loan L1 disburses 100000.00
    7 发放贷款
        借 1303.01  L1       100000.00
        借 2314.02  F        100000.00
        贷 1002              100000.00
        贷 2314.03  F        100000.00
2015-02-01 household N1 claims L1 on_trust
    8 申报带动
        借 9102.02  B           1.0000 户
        借 9102.02  B           4.0000 人
        贷 9101.02  530921206201        1.0000 户
        贷 9101.02  530921206201        4.0000 人
2015-02-01 household N2 claims L1 employment
    9 申报带动
        借 9102.02  B           1.0000 户
        借 9102.02  B           3.0000 人
        贷 9101.02  530921206201        1.0000 户
        贷 9101.02  530921206201        3.0000 人
2015-02-01 household N3 claims L1 guidance
    10 申报带动
        借 9102.01  B           1.0000 户
        借 9102.01  B           5.0000 人
        贷 9101.01  530921206201        1.0000 户
        贷 9101.01  530921206201        5.0000 人
2015-02-01 household N4 claims L1 guaranteed_purchase
    11 申报带动
        借 9102.01  B           1.0000 户
        借 9102.01  B           2.0000 人
        贷 9101.01  530921206201        1.0000 户
        贷 9101.01  530921206201        2.0000 人
2015-02-01 led
    带动 0 户 0 人；建档立卡 0 户 0 人；脱贫 0 户 0 人；稳定 0 户 0 人；返贫 0 户 0 人
2015-02-20 household N1 verifies 2
    12 核实带动
        借 9103.02  B           1.0000 户
        借 9103.02  B           4.0000 人
        贷 9102.02  B           1.0000 户
        贷 9102.02  B           4.0000 人
2015-02-20 household N2 verifies 2
    提醒 evidence_shows_others：这份佐证已经用于别的农户：N1
    13 核实带动
        借 9103.02  B           1.0000 户
        借 9103.02  B           3.0000 人
        贷 9102.02  B           1.0000 户
        贷 9102.02  B           3.0000 人
2015-02-20 household N3 verifies 2
    提醒 evidence_shows_others：这份佐证已经用于别的农户：N1, N2
    14 核实带动
        借 9103.01  B           1.0000 户
        借 9103.01  B           5.0000 人
        贷 9102.01  B           1.0000 户
        贷 9102.01  B           5.0000 人
2015-02-20 household N4 verifies 2
    提醒 evidence_shows_others：这份佐证已经用于别的农户：N1, N2, N3
    15 核实带动
        借 9103.01  B           1.0000 户
        借 9103.01  B           2.0000 人
        贷 9102.01  B           1.0000 户
        贷 9102.01  B           2.0000 人
2015-02-20 led
    带动 4 户 14 人；建档立卡 2 户 7 人；脱贫 0 户 0 人；稳定 0 户 0 人；返贫 0 户 0 人
2015-12-20 household N1 benefits 2 3000.00
2015-12-25 household N1 earns 2015 11419.96
2015-12-25 household N1 surveyed
2016-01-04 household N1 steps proposed 村委会丁
2016-01-05 household N1 steps reviewed 评议组戊
2016-01-06 household N1 steps signed_off 李某
2016-01-07 household N1 steps noticed 村委会丁 until 2016-01-12
    拒绝 notice_too_short：公示至少 7 天
2016-01-07 household N1 steps noticed 村委会丁 until 2016-01-13
2016-01-14 household N1 steps checked 村委会丁 year 2015
    拒绝 same_person_twice：这一步要由另一个人办：与办理村级提出的是同一个人
2016-01-14 household N1 steps checked 镇里己 year 2015
    拒绝 income_below_line：人均收入低于当年标准 2855.00 元
2016-01-14 household N1 earns 2015 11420.00
2016-01-14 household N1 steps checked 镇里己 year 2015
2016-01-20 household N1 steps approved 县里庚
    16 脱贫退出
        借 9103.03  B           1.0000 户
        借 9103.03  B           4.0000 人
        贷 9103.02  B           1.0000 户
        贷 9103.02  B           4.0000 人
2016-01-20 led
    带动 4 户 14 人；建档立卡 2 户 7 人；脱贫 1 户 4 人；稳定 0 户 0 人；返贫 0 户 0 人
2016-06-30 household N2 ends 2
    17 带动结束
        借 9101.02  530921206201        1.0000 户
        借 9101.02  530921206201        3.0000 人
        贷 9103.02  B           1.0000 户
        贷 9103.02  B           3.0000 人
2016-06-30 led
    带动 3 户 11 人；建档立卡 2 户 7 人；脱贫 1 户 4 人；稳定 0 户 0 人；返贫 0 户 0 人
2017-01-19 led
    带动 3 户 11 人；建档立卡 2 户 7 人；脱贫 1 户 4 人；稳定 0 户 0 人；返贫 0 户 0 人
2017-01-20 led
    带动 3 户 11 人；建档立卡 2 户 7 人；脱贫 1 户 4 人；稳定 1 户 4 人；返贫 0 户 0 人
2017-03-01 household N1 relapses
    18 返贫
        借 9103.07  B           1.0000 户
        借 9103.07  B           4.0000 人
        贷 9103.03  B           1.0000 户
        贷 9103.03  B           4.0000 人
2017-03-01 led
    带动 3 户 11 人；建档立卡 2 户 7 人；脱贫 0 户 0 人；稳定 0 户 0 人；返贫 1 户 4 人
2017-03-01 household N1 shows
    返贫户 4 人，未带动 0.0000
    申报 2 B 代养托管 1.0000，核实于 2015-02-20，脱贫于 2016-01-20，返贫于 2017-03-01，增收 3000.00

余额
    借 1002              400000.00
    借 1303.01  L1       100000.00
    贷 2314.01  F        400000.00
    贷 2314.03  F        100000.00
    借 9101.02  530921206201        1.0000 户
    借 9101.02  530921206201        3.0000 人
    借 9103.01  B           2.0000 户
    借 9103.01  B           7.0000 人
    借 9103.07  B           1.0000 户
    借 9103.07  B           4.0000 人
    贷 9199                 4.0000 户
    贷 9199                14.0000 人
