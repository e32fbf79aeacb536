# 减免罚息：逾期三十天罚息 593.75，减免 500.00，余 93.75 与本息一起还清；减免超过未还的被拒绝。
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 100000.00 4.75% at_maturity 3 month
2016-01-15 loan L approves 100000.00
2016-01-15 loan L disburses 100000.00
2016-04-30 loan L accrues
2016-05-15 loan L waives penalty 593.76
2016-05-15 loan L waives penalty 500.00
2016-05-15 loan L waives principal 1.00
2016-05-15 loan L repays 101294.44
2016-05-15 loan L shows
----
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 100000.00 4.75% at_maturity 3 month
2016-01-15 loan L approves 100000.00
    2 审批通过
        借 2314.01  F        100000.00
        贷 2314.02  F        100000.00
2016-01-15 loan L disburses 100000.00
    3 发放贷款
        借 1303.01  L        100000.00
        借 2314.02  F        100000.00
        贷 1002              100000.00
        贷 2314.03  F        100000.00
2016-04-30 loan L accrues
    4 计提利息
        借 1132.01  L          1200.69
        借 1132.02  L           296.88
        借 1303.02  L        100000.00
        贷 1303.01  L        100000.00
        贷 6011.01             1200.69
        贷 6011.02              296.88
2016-05-15 loan L waives penalty 593.76
    拒绝 waiver_above_unpaid：减免不能超过未还的 593.75 元
2016-05-15 loan L waives penalty 500.00
    5 减免息费
        借 6011.02              203.13
        贷 1132.02  L           203.13
2016-05-15 loan L waives principal 1.00
    拒绝 component_not_waivable：只能减免罚息、复利或利息
2016-05-15 loan L repays 101294.44
    罚息 93.75，利息 1200.69，本金 100000.00，多还 0.00
    6 归还贷款
        借 1002              101294.44
        借 2314.03  F        100000.00
        贷 1132.01  L          1200.69
        贷 1132.02  L            93.75
        贷 1303.02  L        100000.00
        贷 2314.01  F        100000.00
2016-05-15 loan L shows
    settled，结清金额 0.00，逾期天数 0

余额
    借 1002              501294.44
    贷 2314.01  F        500000.00
    贷 6011.01             1200.69
    贷 6011.02               93.75
