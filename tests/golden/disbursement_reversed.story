# 冲正放款和审批：有还款时不能冲放款，有放款时不能冲审批；按顺序倒着来就回到原样。
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 30000.00 6% at_maturity 3 month
2016-01-15 loan L approves 30000.00
2016-01-15 loan L disburses 30000.00
2016-01-31 loan L accrues
2016-02-01 loan L repays 500.00
2016-02-02 loan L reverses 1 批错了
2016-02-02 loan L reverses 2 放错了
2016-02-02 loan L reverses 3 还错了
2016-02-02 loan L reverses 2 放错了
2016-02-02 loan L shows
2016-02-02 loan L reverses 1 批错了
2016-02-02 loan L shows
2016-02-02 loan L approves 30000.00
----
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
    1 资金到账 进账单1号
        借 1002              500000.00
        贷 2314.01  F        500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 30000.00 6% at_maturity 3 month
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
2016-01-31 loan L accrues
    4 计提利息
        借 1132.01  L            80.00
        贷 6011.01               80.00
2016-02-01 loan L repays 500.00
    罚息 0.00，利息 85.00，本金 415.00，多还 0.00
    5 归还贷款
        借 1002                 500.00
        借 2314.03  F           415.00
        贷 1132.01  L            80.00
        贷 1303.01  L           415.00
        贷 2314.01  F           415.00
        贷 6011.01                5.00
2016-02-02 loan L reverses 1 批错了
    拒绝 later_events_depend_on_it：后面的业务依赖这一笔，请先冲正序号 2, 3
2016-02-02 loan L reverses 2 放错了
    拒绝 later_events_depend_on_it：后面的业务依赖这一笔，请先冲正序号 3
2016-02-02 loan L reverses 3 还错了
    6 冲正第 3 笔：还错了（起息日 2016-02-01）
        借 1132.01  L            85.00
        借 1303.01  L           415.00
        借 2314.01  F           415.00
        贷 1002                 500.00
        贷 2314.03  F           415.00
2016-02-02 loan L reverses 2 放错了
    7 冲正第 2 笔：放错了（起息日 2016-01-15）
        借 1002               30000.00
        借 2314.03  F         30000.00
        借 6011.01               85.00
        贷 1132.01  L            85.00
        贷 1303.01  L         30000.00
        贷 2314.02  F         30000.00
2016-02-02 loan L shows
    approved，结清金额 0.00，逾期天数 0
2016-02-02 loan L reverses 1 批错了
    8 冲正第 1 笔：批错了（起息日 2016-01-15）
        借 2314.02  F         30000.00
        贷 2314.01  F         30000.00
2016-02-02 loan L shows
    withdrawn，结清金额 0.00，逾期天数 0
2016-02-02 loan L approves 30000.00
    拒绝 loan_not_awaiting_approval：这笔贷款不在待审批状态，现为已撤销

余额
    借 1002              500000.00
    贷 2314.01  F        500000.00
