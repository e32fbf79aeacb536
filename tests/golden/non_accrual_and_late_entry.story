# 逾期 90 天转非应计；三周后补记到期日的还款，当作从未逾期：收入恢复，罚息冲回。
class 2007-01-01 0 special_mention
class 2007-01-01 90 substandard
class 2007-01-01 180 doubtful
class 2023-07-01 0 special_mention
class 2023-07-01 90 substandard
class 2023-07-01 270 doubtful
class 2023-07-01 360 loss
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 100000.00 4.75% at_maturity 3 month
2016-01-15 loan L approves 100000.00
2016-01-15 loan L disburses 100000.00
2016-04-15 loan L closes
2016-04-30 loan L closes
2016-07-13 loan L closes
2016-07-14 loan L closes
2016-07-15 loan L shows
2016-07-31 loan L closes
2016-08-04 loan L previews repays 101200.69 @ 2016-04-15
2016-08-04 loan L repays 101200.69 @ 2016-04-15
2016-08-04 loan L shows
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
2016-04-15 loan L closes
    计提利息
        借 1132.01  L          1200.69
        贷 6011.01             1200.69
2016-04-30 loan L closes
    计提利息
        借 1132.02  L           296.88
        借 1303.02  L        100000.00
        贷 1303.01  L        100000.00
        贷 6011.02              296.88
2016-07-13 loan L closes
2016-07-14 loan L closes
    计提利息
        借 1303.03  L        100000.00
        借 6011.01             1200.69
        借 6011.02              296.88
        借 9001     L          2981.94
        贷 1132.01  L          1200.69
        贷 1132.02  L           296.88
        贷 1303.02  L        100000.00
        贷 9099                2981.94
2016-07-15 loan L shows
    active，结清金额 103001.73，逾期天数 91，下期 2016-04-15
    分类 substandard，非应计自 2016-07-14，欠罚息 1801.04
2016-07-31 loan L closes
    计提利息
        借 9001     L           336.46
        贷 9099                 336.46
2016-08-04 loan L previews repays 101200.69 @ 2016-04-15
    预览 前 结清金额 103318.40，逾期天数 107，分类 substandard
    预览 后 结清金额 0.00，逾期天数 0，分类 normal
    第 3 笔
    罚息 0.00，利息 1200.69，本金 100000.00，多还 0.00
2016-08-04 loan L repays 101200.69 @ 2016-04-15
    罚息 0.00，利息 1200.69，本金 100000.00，多还 0.00
    归还贷款（起息日 2016-04-15）
        借 1002              101200.69
        借 2314.03  F        100000.00
        借 9099                3318.40
        贷 1303.03  L        100000.00
        贷 2314.01  F        100000.00
        贷 6011.01             1200.69
        贷 9001     L          3318.40
2016-08-04 loan L shows
    settled，结清金额 0.00，逾期天数 0

余额
    借 1002              501200.69
    贷 2314.01  F        500000.00
    贷 6011.01             1200.69
