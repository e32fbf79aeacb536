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
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2015-01-05 borrower C registers
2015-01-10 household N registers poor 4 李某
    2 登记农户
        借 9101.02  530921206201        1.0000 户
        借 9101.02  530921206201        4.0000 人
        贷 9199                 1.0000 户
        贷 9199                 4.0000 人
2015-01-15 loan L1 proposes 50000.00 4.75% at_maturity 24 month
2015-01-15 loan L2 proposes 50000.00 4.75% at_maturity 24 month borrower C
2015-02-01 household N claims L1 on_trust share 0.6
    3 申报带动
        借 9102.02  B           0.6000 户
        借 9102.02  B           2.4000 人
        贷 9101.02  530921206201        0.6000 户
        贷 9101.02  530921206201        2.4000 人
2015-02-02 household N claims L2 guidance share 0.5
    拒绝 shares_above_one：各借款人的份额合计不能超过一户，还剩 0.4000
2015-02-02 household N claims L2 guidance
    提醒 household_led_by_another：这一户已由借款人 B 带动
    4 申报带动
        借 9102.02  C           0.4000 户
        借 9102.02  C           1.6000 人
        贷 9101.02  530921206201        0.4000 户
        贷 9101.02  530921206201        1.6000 人
2015-02-10 household N verifies 2
    5 核实带动
        借 9103.02  B           0.6000 户
        借 9103.02  B           2.4000 人
        贷 9102.02  B           0.6000 户
        贷 9102.02  B           2.4000 人
2015-03-01 household N counts 5
    6 人口变动
        借 9102.02  C           0.4000 人
        借 9103.02  B           0.6000 人
        贷 9199                 1.0000 人
2015-03-05 household N shares 2 0.3333 3 0.6667
    7 商定带动份额
        借 9102.02  C           0.2667 户
        借 9102.02  C           1.3335 人
        贷 9103.02  B           0.2667 户
        贷 9103.02  B           1.3335 人
2015-03-06 household N shares 2 0.5
    拒绝 shares_incomplete：要把在办的申报 2, 3 各写一次份额
2015-04-01 household N ends 2
    8 带动结束
        借 9101.02  530921206201        0.3333 户
        借 9101.02  530921206201        1.6665 人
        贷 9103.02  B           0.3333 户
        贷 9103.02  B           1.6665 人
2015-04-02 household N verifies 3 @ 2015-03-20
    9 核实带动（起息日 2015-03-20）
        借 9103.02  C           0.6667 户
        借 9103.02  C           3.3335 人
        贷 9102.02  C           0.6667 户
        贷 9102.02  C           3.3335 人
2015-04-03 household N shows
    建档立卡贫困户 5 人，未带动 0.3333
    申报 2 B 代养托管 0.3333，核实于 2015-02-10，结束于 2015-04-01
    申报 3 C 技术指导 0.6667，核实于 2015-03-20
2015-04-10 household N reverses 3 不是这一户
    拒绝 later_events_depend_on_it：后面的业务依赖这一笔，请先冲正序号 6, 8
2015-04-10 household N reverses 8 没有核实
    10 冲正第 8 笔：没有核实（起息日 2015-03-20）
        借 9102.02  C           0.6667 户
        借 9102.02  C           3.3335 人
        贷 9103.02  C           0.6667 户
        贷 9103.02  C           3.3335 人
2015-04-10 household N reverses 6 不是这一户
    11 冲正第 6 笔：不是这一户（起息日 2015-03-05）
        借 9101.02  530921206201        0.2667 户
        借 9101.02  530921206201        1.3335 人
        贷 9102.02  C           0.2667 户
        贷 9102.02  C           1.3335 人
2015-04-10 household N reverses 3 不是这一户
    12 冲正第 3 笔：不是这一户（起息日 2015-02-02）
        借 9101.02  530921206201        0.4000 户
        借 9101.02  530921206201        2.0000 人
        贷 9102.02  C           0.4000 户
        贷 9102.02  C           2.0000 人
2015-04-11 household N dissolves
    13 农户销户
        借 9199                 1.0000 户
        借 9199                 5.0000 人
        贷 9101.02  530921206201        1.0000 户
        贷 9101.02  530921206201        5.0000 人

余额
    借 1002              500000.00
    贷 2314.01  F        500000.00
