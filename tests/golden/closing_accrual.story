# 日终计提：只在有变化时记账，重复一次什么也不变；日终以后那天不再记账。
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 100000.00 4.75% interest_only 8 quarter settle 20
2016-01-15 loan L approves 100000.00
2016-01-15 loan L disburses 100000.00
2016-01-31 loan L accrues
2016-01-31 loan L accrues
2016-01-31 day closes
2016-01-31 day closes
2016-01-31 loan L repays 100.00
2016-03-20 loan L accrues
2016-03-21 loan L accrues
----
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 100000.00 4.75% interest_only 8 quarter settle 20
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
2016-01-31 loan L accrues
    4 计提利息
        借 1132.01  L           211.11
        贷 6011.01              211.11
2016-01-31 loan L accrues
2016-01-31 day closes
2016-01-31 day closes
    拒绝 day_already_closed：这一天已经日终
2016-01-31 loan L repays 100.00
    拒绝 day_closed：营业日 2016-01-31 已经日终，不能再记账
2016-03-20 loan L accrues
    5 计提利息
        借 1132.01  L           646.53
        贷 6011.01              646.53
2016-03-21 loan L accrues
    6 计提利息
        借 1132.01  L            13.19
        贷 6011.01               13.19

余额
    借 1002              400000.00
    借 1132.01  L           870.83
    借 1303.01  L        100000.00
    贷 2314.01  F        400000.00
    贷 2314.03  F        100000.00
    贷 6011.01              870.83
