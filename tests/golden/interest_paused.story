# 停息三十天：91 天中只计 61 天，804.86；停息期间不计罚息。
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 100000.00 4.75% at_maturity 3 month
2016-01-15 loan L approves 100000.00
2016-01-15 loan L disburses 100000.00
2016-01-31 loan L accrues
2016-02-01 loan L pauses 2016-03-02
2016-02-29 loan L accrues
2016-04-15 loan L accrues
2016-04-15 loan L explains
2016-04-15 loan L repays 100804.86
2016-04-15 loan L shows
----
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 100000.00 4.75% at_maturity 3 month
2016-01-15 loan L approves 100000.00
    审批通过
        借 2314.01  F        100000.00
        贷 2314.02  F        100000.00
2016-01-15 loan L disburses 100000.00
    发放贷款
        借 1303.01  L        100000.00
        借 2314.02  F        100000.00
        贷 1002              100000.00
        贷 2314.03  F        100000.00
2016-01-31 loan L accrues
    计提利息
        借 1132.01  L           211.11
        贷 6011.01              211.11
2016-02-01 loan L pauses 2016-03-02
    停息
        借 1132.01  L            13.20
        贷 6011.01               13.20
2016-02-29 loan L accrues
2016-04-15 loan L accrues
    计提利息
        借 1132.01  L           580.55
        贷 6011.01              580.55
2016-04-15 loan L explains
    2016-01-15 disbursement 100000.00 = 放款 100000.00
    2016-02-01 interest_paused 0.00 = 第 3 笔，文号 文件1号，见文件
    2016-04-15 interest 804.86 = 100000.00 × 4.75% ÷ 360 × 17 天 + 100000.00 × 4.75% ÷ 360 × 44 天
    2016-04-15 principal_due 100000.00 = 第 1 期计划本金 100000.00
2016-04-15 loan L repays 100804.86
    罚息 0.00，利息 804.86，本金 100000.00，多还 0.00
    归还贷款
        借 1002              100804.86
        借 2314.03  F        100000.00
        贷 1132.01  L           804.86
        贷 1303.01  L        100000.00
        贷 2314.01  F        100000.00
2016-04-15 loan L shows
    settled，结清金额 0.00，逾期天数 0

余额
    借 1002              500804.86
    贷 2314.01  F        500000.00
    贷 6011.01              804.86
