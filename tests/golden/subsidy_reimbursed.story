# 先付后补：借款人付全部利息 1,200.69，贴息表外登记，年底到位后退给借款人。
scheme S paid_to_borrower
step S 2015-01-01 share 100%
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 100000.00 4.75% at_maturity 3 month scheme S
2016-01-15 loan L approves 100000.00
2016-01-15 loan L disburses 100000.00
2016-04-15 loan L repays 101200.69
2016-12-20 loan L claims 1200.69
2016-12-30 loan L subsidised 1200.69
2016-12-31 loan L refunds 1200.69
2016-12-31 loan L shows
----
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 100000.00 4.75% at_maturity 3 month scheme S
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
2016-04-15 loan L repays 101200.69
    罚息 0.00，利息 1200.69，本金 100000.00，多还 0.00
    4 归还贷款
        借 1002              101200.69
        借 2314.03  F        100000.00
        借 9003     L          1200.69
        贷 1303.01  L        100000.00
        贷 2314.01  F        100000.00
        贷 6011.01             1200.69
        贷 9099                1200.69
2016-12-20 loan L claims 1200.69
2016-12-30 loan L subsidised 1200.69
    5 贴息到位
        借 1002                1200.69
        借 9099                1200.69
        贷 2241.01  L          1200.69
        贷 9003     L          1200.69
2016-12-31 loan L refunds 1200.69
    6 退还多收还款
        借 2241.01  L          1200.69
        贷 1002                1200.69
2016-12-31 loan L shows
    settled，结清金额 0.00，逾期天数 0
    贴息 1200.69

余额
    借 1002              501200.69
    贷 2314.01  F        500000.00
    贷 6011.01             1200.69
