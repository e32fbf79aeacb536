# 人工分类：变差一人即可，变好需要第二人复核；逾期更重时以逾期为准；取消人工分类后按逾期天数。
class 2007-01-01 0 special_mention
class 2007-01-01 90 substandard
class 2007-01-01 180 doubtful
class 2023-07-01 0 special_mention
class 2023-07-01 90 substandard
class 2023-07-01 270 doubtful
class 2023-07-01 360 loss
provision 2002-04-02 normal 1%
provision 2002-04-02 special_mention 2%
provision 2002-04-02 substandard 25%
provision 2002-04-02 doubtful 50%
provision 2002-04-02 loss 100%
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 100000.00 4.75% at_maturity 3 month
2016-01-15 loan L approves 100000.00
2016-01-15 loan L disburses 100000.00
2016-03-01 loan L classed substandard
2016-03-01 loan L shows
2016-03-31 loan L provides
2016-05-01 loan L classed normal
2016-05-01 loan L classed normal with_second_person
2016-05-01 loan L shows
2016-07-15 loan L shows
2016-07-15 loan L classed by_days
2016-07-31 loan L provides
2016-08-01 loan L reverses 4 手续不全
2016-08-01 loan L reverses 7 分类更正
2016-08-01 loan L shows
----
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 100000.00 4.75% at_maturity 3 month
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
2016-03-01 loan L classed substandard
    4 五级分类
        借 1132.01  L           606.94
        贷 6011.01              606.94
2016-03-01 loan L shows
    active，结清金额 100606.94，逾期天数 0，下期 2016-04-15
    分类 substandard
2016-03-31 loan L provides
    5 计提贷款损失准备
        借 1132.01  L           395.84
        借 6701               25000.00
        贷 1304     L         25000.00
        贷 6011.01              395.84
2016-05-01 loan L classed normal
    拒绝 class_better_alone：按逾期天数至少为关注：调得更好需要第二人复核
2016-05-01 loan L classed normal with_second_person
    6 五级分类
        借 1132.01  L           197.91
        借 1132.02  L           316.67
        借 1303.02  L        100000.00
        贷 1303.01  L        100000.00
        贷 6011.01              197.91
        贷 6011.02              316.67
2016-05-01 loan L shows
    active，结清金额 101517.36，逾期天数 16，下期 2016-04-15
    欠罚息 316.67
2016-07-15 loan L shows
    active，结清金额 103001.73，逾期天数 91，下期 2016-04-15
    分类 substandard，非应计自 2016-07-14，欠罚息 1801.04
2016-07-15 loan L classed by_days
    7 五级分类
        借 1303.03  L        100000.00
        借 6011.01             1200.69
        借 6011.02              316.67
        借 9001     L          3001.73
        贷 1132.01  L          1200.69
        贷 1132.02  L           316.67
        贷 1303.02  L        100000.00
        贷 9099                3001.73
2016-07-31 loan L provides
    8 计提贷款损失准备
        借 9001     L           316.67
        贷 9099                 316.67
2016-08-01 loan L reverses 4 手续不全
2016-08-01 loan L reverses 7 分类更正
    9 冲正第 7 笔：分类更正（起息日 2016-07-31）
        借 1304     L         25000.00
        贷 6701               25000.00
2016-08-01 loan L shows
    active，结清金额 103338.19，逾期天数 108，下期 2016-04-15
    分类 substandard，非应计自 2016-07-14，欠罚息 2137.50

余额
    借 1002              400000.00
    借 1303.03  L        100000.00
    贷 2314.01  F        400000.00
    贷 2314.03  F        100000.00
    借 9001     L          3318.40
    贷 9099                3318.40
