# 分户与并户：五口之家分出两口另立一户，户数加一、人口不变；一年后并回，户数减一、人口不变。带动的一户始终是整户。
rules cap 200000 term 36 margin 50 order interest_first
leading warn
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2015-01-10 household N1 registers poor 5 李某
2015-01-15 loan L1 proposes 50000.00 4.75% at_maturity 24 month
2015-02-01 household N1 claims L1 on_trust
2015-02-10 household N1 verifies 2
2015-06-01 household N1 counts 3
2015-06-01 household N2 registers poor 2 李小某
2016-06-01 household N2 dissolves
2016-06-01 household N1 counts 5
----
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2015-01-10 household N1 registers poor 5 李某
    2 登记农户
        借 9101.02  530921206201        1.0000 户
        借 9101.02  530921206201        5.0000 人
        贷 9199                 1.0000 户
        贷 9199                 5.0000 人
2015-01-15 loan L1 proposes 50000.00 4.75% at_maturity 24 month
2015-02-01 household N1 claims L1 on_trust
    3 申报带动
        借 9102.02  B           1.0000 户
        借 9102.02  B           5.0000 人
        贷 9101.02  530921206201        1.0000 户
        贷 9101.02  530921206201        5.0000 人
2015-02-10 household N1 verifies 2
    4 核实带动
        借 9103.02  B           1.0000 户
        借 9103.02  B           5.0000 人
        贷 9102.02  B           1.0000 户
        贷 9102.02  B           5.0000 人
2015-06-01 household N1 counts 3
    5 人口变动
        借 9199                 2.0000 人
        贷 9103.02  B           2.0000 人
2015-06-01 household N2 registers poor 2 李小某
    6 登记农户
        借 9101.02  530921206201        1.0000 户
        借 9101.02  530921206201        2.0000 人
        贷 9199                 1.0000 户
        贷 9199                 2.0000 人
2016-06-01 household N2 dissolves
    7 农户销户
        借 9199                 1.0000 户
        借 9199                 2.0000 人
        贷 9101.02  530921206201        1.0000 户
        贷 9101.02  530921206201        2.0000 人
2016-06-01 household N1 counts 5
    8 人口变动
        借 9103.02  B           2.0000 人
        贷 9199                 2.0000 人

余额
    借 1002              500000.00
    贷 2314.01  F        500000.00
    借 9103.02  B           1.0000 户
    借 9103.02  B           5.0000 人
    贷 9199                 1.0000 户
    贷 9199                 5.0000 人
