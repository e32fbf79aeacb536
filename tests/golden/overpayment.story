# 多还的钱记在借款人名下（2241），不拒收；结清以后再还也一样。
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 10000.00 6% at_maturity 1 month
2016-01-15 loan L approves 10000.00
2016-01-15 loan L disburses 10000.00
2016-02-15 loan L repays 10100.00
2016-02-15 loan L shows
2016-02-20 loan L repays 0.01
2016-02-20 loan L shows
----
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 10000.00 6% at_maturity 1 month
2016-01-15 loan L approves 10000.00
    2 审批通过
        借 2314.01  F         10000.00
        贷 2314.02  F         10000.00
2016-01-15 loan L disburses 10000.00
    3 发放贷款
        借 1303.01  L         10000.00
        借 2314.02  F         10000.00
        贷 1002               10000.00
        贷 2314.03  F         10000.00
2016-02-15 loan L repays 10100.00
    罚息 0.00，利息 51.67，本金 10000.00，多还 48.33
    4 归还贷款
        借 1002               10100.00
        借 2314.03  F         10000.00
        贷 1303.01  L         10000.00
        贷 2241.01  L            48.33
        贷 2314.01  F         10000.00
        贷 6011.01               51.67
2016-02-15 loan L shows
    settled，结清金额 0.00，逾期天数 0
2016-02-20 loan L repays 0.01
    罚息 0.00，利息 0.00，本金 0.00，多还 0.01
    5 归还贷款
        借 1002                   0.01
        贷 2241.01  L             0.01
2016-02-20 loan L shows
    settled，结清金额 0.00，逾期天数 0

余额
    借 1002              500100.01
    贷 2241.01  L            48.34
    贷 2314.01  F        500000.00
    贷 6011.01               51.67
