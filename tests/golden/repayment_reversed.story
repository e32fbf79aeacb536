# 冲正一笔还款：就像没有还过，两笔都看得见。
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 30000.00 6% equal_principal 3 month by_period
2016-01-15 loan L approves 30000.00
2016-01-15 loan L disburses 30000.00
2016-02-15 loan L repays 10150.00
2016-02-18 loan L reverses 3 户名录错
2016-02-18 loan L reverses 3 再冲一次
2016-02-18 loan L reverses 4 冲正不能再冲正
2016-02-18 loan L shows
----
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 30000.00 6% equal_principal 3 month by_period
2016-01-15 loan L approves 30000.00
    2 审批通过
        借 2314.01  F         30000.00
        贷 2314.02  F         30000.00
2016-01-15 loan L disburses 30000.00
    3 发放贷款
        借 1303.01  L         30000.00
        借 2314.02  F         30000.00
        贷 1002               30000.00
        贷 2314.03  F         30000.00
2016-02-15 loan L repays 10150.00
    罚息 0.00，利息 150.00，本金 10000.00，多还 0.00
    4 归还贷款
        借 1002               10150.00
        借 2314.03  F         10000.00
        贷 1303.01  L         10000.00
        贷 2314.01  F         10000.00
        贷 6011.01              150.00
2016-02-18 loan L reverses 3 户名录错
    5 冲正第 3 笔：户名录错（起息日 2016-02-15）
        借 1132.01  L           150.00
        借 1303.01  L         10000.00
        借 2314.01  F         10000.00
        贷 1002               10150.00
        贷 2314.03  F         10000.00
2016-02-18 loan L reverses 3 再冲一次
    拒绝 event_already_reversed：这笔业务已经冲正过
2016-02-18 loan L reverses 4 冲正不能再冲正
    拒绝 event_cannot_be_reversed：这类业务不能冲正
2016-02-18 loan L shows
    active，结清金额 30167.84，逾期天数 3，下期 2016-02-15
    欠罚息 7.50

余额
    借 1002              470000.00
    借 1132.01  L           150.00
    借 1303.01  L         30000.00
    贷 2314.01  F        470000.00
    贷 2314.03  F         30000.00
    贷 6011.01              150.00
