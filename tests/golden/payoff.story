# 提前结清：结清金额事先就知道，照数还就两清。
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 50000.00 4.75% interest_only 12 month settle 20
2016-01-15 loan L approves 50000.00
2016-01-15 loan L disburses 50000.00
2016-01-20 loan L repays 32.99
2016-02-10 loan L shows
2016-02-10 loan L repays 50138.54
2016-02-10 loan L shows
2016-12-31 loan L accrues
----
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 50000.00 4.75% interest_only 12 month settle 20
2016-01-15 loan L approves 50000.00
    2 审批通过
        借 2314.01  F         50000.00
        贷 2314.02  F         50000.00
2016-01-15 loan L disburses 50000.00
    3 发放贷款
        借 1303.01  L         50000.00
        借 2314.02  F         50000.00
        贷 1002               50000.00
        贷 2314.03  F         50000.00
2016-01-20 loan L repays 32.99
    罚息 0.00，利息 32.99，本金 0.00，多还 0.00
    4 归还贷款
        借 1002                  32.99
        贷 6011.01               32.99
2016-02-10 loan L shows
    active，结清金额 50138.54，逾期天数 0，下期 2016-02-20
2016-02-10 loan L repays 50138.54
    罚息 0.00，利息 138.54，本金 50000.00，多还 0.00
    5 归还贷款
        借 1002               50138.54
        借 2314.03  F         50000.00
        贷 1303.01  L         50000.00
        贷 2314.01  F         50000.00
        贷 6011.01              138.54
2016-02-10 loan L shows
    settled，结清金额 0.00，逾期天数 0
2016-12-31 loan L accrues

余额
    借 1002              500171.53
    贷 2314.01  F        500000.00
    贷 6011.01              171.53
