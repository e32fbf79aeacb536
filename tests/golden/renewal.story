# 续贷：还清后续贷一次；别人的贷款不能续，次数满了不能再续。
rules cap 200000 term 36 margin 50 order interest_first renewals 1
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2015-01-05 borrower C registers
2015-01-15 loan L1 proposes 50000.00 4.75% at_maturity 3 month
2015-01-15 loan L1 approves 50000.00
2015-01-15 loan L1 disburses 50000.00
2015-04-15 loan L1 repays 50593.75
2015-04-16 loan L2 proposes 50000.00 4.75% at_maturity 3 month renews L1 borrower C
2015-04-16 loan L2 proposes 50000.00 4.75% at_maturity 3 month renews L0
2015-04-16 loan L2 proposes 50000.00 4.75% at_maturity 3 month renews L1
2015-04-16 loan L2 approves 50000.00
2015-04-16 loan L2 disburses 50000.00
2015-07-16 loan L2 repays 50600.35
2015-07-17 loan L3 proposes 50000.00 4.75% at_maturity 3 month renews L2
2015-07-17 loan L3 proposes 50000.00 4.75% at_maturity 3 month
----
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2015-01-05 borrower C registers
2015-01-15 loan L1 proposes 50000.00 4.75% at_maturity 3 month
2015-01-15 loan L1 approves 50000.00
    2 审批通过
        借 2314.01  F         50000.00
        贷 2314.02  F         50000.00
2015-01-15 loan L1 disburses 50000.00
    3 发放贷款
        借 1303.01  L1        50000.00
        借 2314.02  F         50000.00
        贷 1002               50000.00
        贷 2314.03  F         50000.00
2015-04-15 loan L1 repays 50593.75
    罚息 0.00，利息 593.75，本金 50000.00，多还 0.00
    4 归还贷款
        借 1002               50593.75
        借 2314.03  F         50000.00
        贷 1303.01  L1        50000.00
        贷 2314.01  F         50000.00
        贷 6011.01              593.75
2015-04-16 loan L2 proposes 50000.00 4.75% at_maturity 3 month renews L1 borrower C
    拒绝 renewal_of_another_borrower：原贷款的借款人是 B，不是同一人
2015-04-16 loan L2 proposes 50000.00 4.75% at_maturity 3 month renews L0
    拒绝 loan_not_found：没有这笔贷款
2015-04-16 loan L2 proposes 50000.00 4.75% at_maturity 3 month renews L1
2015-04-16 loan L2 approves 50000.00
    5 审批通过
        借 2314.01  F         50000.00
        贷 2314.02  F         50000.00
2015-04-16 loan L2 disburses 50000.00
    6 发放贷款
        借 1303.01  L2        50000.00
        借 2314.02  F         50000.00
        贷 1002               50000.00
        贷 2314.03  F         50000.00
2015-07-16 loan L2 repays 50600.35
    罚息 0.00，利息 600.35，本金 50000.00，多还 0.00
    7 归还贷款
        借 1002               50600.35
        借 2314.03  F         50000.00
        贷 1303.01  L2        50000.00
        贷 2314.01  F         50000.00
        贷 6011.01              600.35
2015-07-17 loan L3 proposes 50000.00 4.75% at_maturity 3 month renews L2
    拒绝 renewal_above_limit：续贷次数已满，最多 1 次
2015-07-17 loan L3 proposes 50000.00 4.75% at_maturity 3 month

余额
    借 1002              501194.10
    贷 2314.01  F        500000.00
    贷 6011.01             1194.10
