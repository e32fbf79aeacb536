# 两笔贷款一个资金来源：批准就占用额度，占满了就批不了；收回的本金回到同一资金，又能再批。
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 150000.00
2015-01-05 borrower B registers
2016-01-15 loan L1 proposes 100000.00 6% at_maturity 1 month
2016-01-15 loan L2 proposes 100000.00 6% at_maturity 1 month
2016-01-15 loan L1 approves 100000.00
2016-01-15 loan L2 approves 100000.00
2016-01-15 loan L1 disburses 100000.00
2016-02-15 loan L1 repays 100516.67
2016-02-15 loan L2 approves 100000.00
2016-02-16 loan L1 reverses 3 支票退回
----
2015-01-05 fund F open
2015-01-05 fund F receives 150000.00
    1 资金到账 进账单1号
        借 1002              150000.00
        贷 2314.01  F        150000.00
2015-01-05 borrower B registers
2016-01-15 loan L1 proposes 100000.00 6% at_maturity 1 month
2016-01-15 loan L2 proposes 100000.00 6% at_maturity 1 month
2016-01-15 loan L1 approves 100000.00
    2 审批通过
        借 2314.01  F        100000.00
        贷 2314.02  F        100000.00
2016-01-15 loan L2 approves 100000.00
    拒绝 fund_overdrawn：资金来源可用余额只有 50000.00 元
2016-01-15 loan L1 disburses 100000.00
    3 发放贷款
        借 1303.01  L1       100000.00
        借 2314.02  F        100000.00
        贷 1002              100000.00
        贷 2314.03  F        100000.00
2016-02-15 loan L1 repays 100516.67
    罚息 0.00，利息 516.67，本金 100000.00，多还 0.00
    4 归还贷款
        借 1002              100516.67
        借 2314.03  F        100000.00
        贷 1303.01  L1       100000.00
        贷 2314.01  F        100000.00
        贷 6011.01              516.67
2016-02-15 loan L2 approves 100000.00
    5 审批通过
        借 2314.01  F        100000.00
        贷 2314.02  F        100000.00
2016-02-16 loan L1 reverses 3 支票退回
    拒绝 fund_overdrawn：资金来源可用余额只有 50000.00 元

余额
    借 1002              150516.67
    贷 2314.01  F         50000.00
    贷 2314.02  F        100000.00
    贷 6011.01              516.67
