# 非应计恢复：还清全部拖欠后转回应计，未到期本金重新正常计息。收到的钱按非应计顺序先还本金。
class 2007-01-01 0 special_mention
class 2007-01-01 90 substandard
class 2007-01-01 180 doubtful
class 2023-07-01 0 special_mention
class 2023-07-01 90 substandard
class 2023-07-01 270 doubtful
class 2023-07-01 360 loss
rules cap 200000 term 36 margin 50 order interest_first non_accrual_order principal_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 120000.00 6% equal_principal 24 month by_period
2016-01-15 loan L approves 120000.00
2016-01-15 loan L disburses 120000.00
2016-05-15 loan L closes
2016-05-20 loan L repays 1000.00
2016-05-20 loan L shows
2016-05-20 loan L repays 21501.25
2016-05-20 loan L shows
2016-05-31 loan L closes
----
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 120000.00 6% equal_principal 24 month by_period
2016-01-15 loan L approves 120000.00
    2 审批通过
        借 2314.01  F        120000.00
        贷 2314.02  F        120000.00
2016-01-15 loan L disburses 120000.00
    3 发放贷款
        借 1303.01  L        120000.00
        借 2314.02  F        120000.00
        贷 1002              120000.00
        贷 2314.03  F        120000.00
2016-05-15 loan L closes
    4 计提利息
        借 1303.03  L        120000.00
        借 9001     L          2476.25
        贷 1303.01  L        120000.00
        贷 9099                2476.25
2016-05-20 loan L repays 1000.00
    罚息 0.00，利息 0.00，本金 1000.00，多还 0.00
    5 归还贷款
        借 1002                1000.00
        借 2314.03  F          1000.00
        借 9001     L           105.65
        贷 1303.03  L          1000.00
        贷 2314.01  F          1000.00
        贷 9099                 105.65
2016-05-20 loan L shows
    active，结清金额 121581.90，逾期天数 95，下期 2016-02-15
    分类 substandard，非应计自 2016-05-15，欠罚息 251.25
2016-05-20 loan L repays 21501.25
    罚息 251.25，利息 2250.00，本金 19000.00，多还 0.00
    6 归还贷款
        借 1002               21501.25
        借 1132.01  L            80.65
        借 1303.01  L        100000.00
        借 2314.03  F         19000.00
        借 9099                2581.90
        贷 1303.03  L        119000.00
        贷 2314.01  F         19000.00
        贷 6011.01             2330.65
        贷 6011.02              251.25
        贷 9001     L          2581.90
2016-05-20 loan L shows
    active，结清金额 100080.65，逾期天数 0，下期 2016-06-15
2016-05-31 loan L closes
    7 计提利息
        借 1132.01  L           177.41
        贷 6011.01              177.41

余额
    借 1002              402501.25
    借 1132.01  L           258.06
    借 1303.01  L        100000.00
    贷 2314.01  F        400000.00
    贷 2314.03  F        100000.00
    贷 6011.01             2508.06
    贷 6011.02              251.25
