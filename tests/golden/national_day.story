# 到期日遇国庆节顺延：2015-10-03 在假期内，顺延到 10-08，利息算到还款日，35 天 461.81；假期内还款不算逾期。
holiday 2015-09-27
holiday 2015-10-01 2015-10-07
workday 2015-10-10
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2015-09-03 loan L proposes 100000.00 4.75% interest_only 2 month next_working_day
2015-09-03 loan L approves 100000.00
2015-09-03 loan L disburses 100000.00
2015-10-07 loan L shows
2015-10-08 loan L repays 461.81
2015-10-09 loan L shows
2015-11-03 loan L repays 100343.06
2015-11-03 loan L shows
----
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2015-09-03 loan L proposes 100000.00 4.75% interest_only 2 month next_working_day
2015-09-03 loan L approves 100000.00
    2 审批通过
        借 2314.01  F        100000.00
        贷 2314.02  F        100000.00
2015-09-03 loan L disburses 100000.00
    3 发放贷款
        借 1303.01  L        100000.00
        借 2314.02  F        100000.00
        贷 1002              100000.00
        贷 2314.03  F        100000.00
2015-10-07 loan L shows
    active，结清金额 100448.61，逾期天数 0，下期 2015-10-08
2015-10-08 loan L repays 461.81
    罚息 0.00，利息 461.81，本金 0.00，多还 0.00
    4 归还贷款
        借 1002                 461.81
        贷 6011.01              461.81
2015-10-09 loan L shows
    active，结清金额 100013.19，逾期天数 0，下期 2015-11-03
2015-11-03 loan L repays 100343.06
    罚息 0.00，利息 343.06，本金 100000.00，多还 0.00
    5 归还贷款
        借 1002              100343.06
        借 2314.03  F        100000.00
        贷 1303.01  L        100000.00
        贷 2314.01  F        100000.00
        贷 6011.01              343.06
2015-11-03 loan L shows
    settled，结清金额 0.00，逾期天数 0

余额
    借 1002              500804.87
    贷 2314.01  F        500000.00
    贷 6011.01              804.87
