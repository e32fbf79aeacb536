# 多还的 50.00 挂账后退还；退得多于挂账的被拒绝；冲正退款后钱又回到挂账。
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 100000.00 4.75% at_maturity 3 month
2016-01-15 loan L approves 100000.00
2016-01-15 loan L disburses 100000.00
2016-04-15 loan L repays 101250.69
2016-04-20 loan L refunds 50.01
2016-04-20 loan L refunds 50.00
2016-04-21 loan L reverses 4 退款未到账
2016-04-21 loan L shows
2016-04-22 loan L refunds 50.00
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
2016-04-15 loan L repays 101250.69
    罚息 0.00，利息 1200.69，本金 100000.00，多还 50.00
    4 归还贷款
        借 1002              101250.69
        借 2314.03  F        100000.00
        贷 1303.01  L        100000.00
        贷 2241.01  L            50.00
        贷 2314.01  F        100000.00
        贷 6011.01             1200.69
2016-04-20 loan L refunds 50.01
    拒绝 refund_above_overpayment：退款不能超过借款人多付的 50.00 元
2016-04-20 loan L refunds 50.00
    5 退还多收还款
        借 2241.01  L            50.00
        贷 1002                  50.00
2016-04-21 loan L reverses 4 退款未到账
    6 冲正第 4 笔：退款未到账（起息日 2016-04-20）
        借 1002                  50.00
        贷 2241.01  L            50.00
2016-04-21 loan L shows
    settled，结清金额 0.00，逾期天数 0
2016-04-22 loan L refunds 50.00
    7 退还多收还款
        借 2241.01  L            50.00
        贷 1002                  50.00

余额
    借 1002              501200.69
    贷 2314.01  F        500000.00
    贷 6011.01             1200.69
