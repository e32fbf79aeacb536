# 全额贴息付给银行：借款人不付利息，应贴 1,213.89 按季申报、到位；未到期的不能申报；逾期后不再贴息。
scheme S
step S 2015-01-01 share 100%
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2015-11-10 loan L proposes 100000.00 4.75% interest_only 2 quarter scheme S
2015-11-10 loan L approves 100000.00
2015-11-10 loan L disburses 100000.00
2015-12-31 loan L closes
2016-01-05 loan L claims 1213.89
2016-02-10 loan L closes
2016-02-20 loan L claims 1213.90
2016-02-20 loan L claims 1213.89
2016-02-20 loan L shows
2016-03-10 loan L subsidised 1213.90
2016-03-10 loan L subsidised 1213.89
2016-05-10 loan L closes
2016-06-09 loan L shows
2016-06-09 loan L repays 100593.75
2016-06-10 loan L claims 1187.50
2016-06-20 loan L subsidised 1187.50
2016-06-20 loan L shows
----
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2015-11-10 loan L proposes 100000.00 4.75% interest_only 2 quarter scheme S
2015-11-10 loan L approves 100000.00
    2 审批通过
        借 2314.01  F        100000.00
        贷 2314.02  F        100000.00
2015-11-10 loan L disburses 100000.00
    3 发放贷款
        借 1303.01  L        100000.00
        借 2314.02  F        100000.00
        贷 1002              100000.00
        贷 2314.03  F        100000.00
2015-12-31 loan L closes
    4 计提利息
        借 1221.01  L           672.92
        贷 6051                 672.92
2016-01-05 loan L claims 1213.89
    拒绝 subsidy_above_due：申报金额不能超过已到期未申报的贴息 0.00 元
2016-02-10 loan L closes
    5 计提利息
        借 1221.01  L           540.97
        贷 6051                 540.97
2016-02-20 loan L claims 1213.90
    拒绝 subsidy_above_due：申报金额不能超过已到期未申报的贴息 1213.89 元
2016-02-20 loan L claims 1213.89
    6 申报贴息
        借 1221.03  L          1213.89
        贷 1221.01  L          1081.95
        贷 6051                 131.94
2016-02-20 loan L shows
    active，结清金额 100000.00，逾期天数 0，下期 2016-05-10
    贴息 1345.83
2016-03-10 loan L subsidised 1213.90
    拒绝 subsidy_above_claimed：到位金额不能超过已申报未到位的 1213.89 元
2016-03-10 loan L subsidised 1213.89
    7 贴息到位
        借 1002                1213.89
        借 1221.01  L           250.70
        贷 1221.03  L          1213.89
        贷 6051                 250.70
2016-05-10 loan L closes
    8 计提利息
        借 1221.01  L           804.86
        贷 6051                 804.86
2016-06-09 loan L shows
    active，结清金额 100593.75，逾期天数 30，下期 2016-05-10
    贴息 2401.39，欠罚息 593.75
2016-06-09 loan L repays 100593.75
    罚息 593.75，利息 0.00，本金 100000.00，多还 0.00
    9 归还贷款
        借 1002              100593.75
        借 2314.03  F        100000.00
        贷 1303.01  L        100000.00
        贷 2314.01  F        100000.00
        贷 6011.02              593.75
2016-06-10 loan L claims 1187.50
    10 申报贴息
        借 1221.03  L          1187.50
        贷 1221.01  L          1187.50
2016-06-20 loan L subsidised 1187.50
    11 贴息到位
        借 1002                1187.50
        贷 1221.03  L          1187.50
2016-06-20 loan L shows
    settled，结清金额 0.00，逾期天数 0
    贴息 2401.39

余额
    借 1002              502995.14
    贷 2314.01  F        500000.00
    贷 6011.02              593.75
    贷 6051                2401.39
