# 审批有效 90 天，批准当天不算。资金按已放加已批控制：两笔批准合计超过资金时第二笔被拒；第一笔到最后一天仍未放款，当天日终退回资金，次日第二笔即可批准。只放了一部分的，余下部分失效；最后一天放的款补记时仍然有效。
rules cap 200000 term 36 margin 50 order interest_first approval_days 90
2016-01-05 fund F open
2016-01-05 fund F receives 150000.00
2016-01-05 borrower B registers
2016-01-15 loan L1 proposes 100000.00 6% at_maturity 3 month
2016-01-15 loan L1 approves 100000.00
2016-01-18 loan L2 proposes 80000.00 6% at_maturity 6 month
2016-01-18 loan L2 approves 80000.00
2016-04-13 loan L1 closes
2016-04-13 loan L1 lapses
2016-04-13 loan L1 shows
2016-04-14 loan L1 closes
2016-04-14 loan L1 closes
2016-04-14 loan L1 shows
2016-04-15 loan L2 approves 80000.00
2016-04-15 loan L1 lapses
2016-04-15 loan L1 disburses 100000.00
2016-04-15 loan L1 approves 100000.00
2016-04-15 loan L1 reverses 2 再给一次机会
2016-04-15 loan L1 reverses 1 批错了
2016-07-01 loan L2 disburses 50000.00
2016-07-14 loan L2 closes
2016-07-14 loan L2 shows
2016-07-15 loan L2 disburses 30000.00
2016-07-15 loan L2 disburses 30000.00 @ 2016-07-14
2016-07-15 loan L2 shows
2016-07-15 loan L2 explains
----
2016-01-05 fund F open
2016-01-05 fund F receives 150000.00
    1 资金到账 进账单1号
        借 1002              150000.00
        贷 2314.01  F        150000.00
2016-01-05 borrower B registers
2016-01-15 loan L1 proposes 100000.00 6% at_maturity 3 month
2016-01-15 loan L1 approves 100000.00
    2 审批通过
        借 2314.01  F        100000.00
        贷 2314.02  F        100000.00
2016-01-18 loan L2 proposes 80000.00 6% at_maturity 6 month
2016-01-18 loan L2 approves 80000.00
    拒绝 fund_overdrawn：资金来源可用余额只有 50000.00 元
2016-04-13 loan L1 closes
2016-04-13 loan L1 lapses
    拒绝 date_too_early：日期不能早于 2016-04-14
2016-04-13 loan L1 shows
    approved，结清金额 0.00，逾期天数 0
    可放款至 2016-04-14
2016-04-14 loan L1 closes
    3 审批失效
        借 2314.02  F        100000.00
        贷 2314.01  F        100000.00
2016-04-14 loan L1 closes
2016-04-14 loan L1 shows
    expired，结清金额 0.00，逾期天数 0
2016-04-15 loan L2 approves 80000.00
    4 审批通过
        借 2314.01  F         80000.00
        贷 2314.02  F         80000.00
2016-04-15 loan L1 lapses
    拒绝 approval_expired：审批已失效：只能在批准日至最后有效日 2016-01-15 - 2016-04-14 之间放款，请另行申请
2016-04-15 loan L1 disburses 100000.00
    拒绝 approval_expired：审批已失效：只能在批准日至最后有效日 2016-01-15 - 2016-04-14 之间放款，请另行申请
2016-04-15 loan L1 approves 100000.00
    拒绝 loan_not_awaiting_approval：这笔贷款不在待审批状态，现为审批已失效
2016-04-15 loan L1 reverses 2 再给一次机会
    拒绝 event_cannot_be_reversed：这类业务不能冲正
2016-04-15 loan L1 reverses 1 批错了
    拒绝 later_events_depend_on_it：后面的业务依赖这一笔，请先冲正序号 2
2016-07-01 loan L2 disburses 50000.00
    5 发放贷款
        借 1303.01  L2        50000.00
        借 2314.02  F         50000.00
        贷 1002               50000.00
        贷 2314.03  F         50000.00
2016-07-14 loan L2 closes
    6 审批失效
        借 1132.01  L2          108.33
        借 2314.02  F         30000.00
        贷 2314.01  F         30000.00
        贷 6011.01              108.33
2016-07-14 loan L2 shows
    active，结清金额 50108.33，逾期天数 0，下期 2017-01-01
2016-07-15 loan L2 disburses 30000.00
    拒绝 approval_expired：审批已失效：只能在批准日至最后有效日 2016-04-15 - 2016-07-14 之间放款，请另行申请
2016-07-15 loan L2 disburses 30000.00 @ 2016-07-14
    7 发放贷款（起息日 2016-07-14）
        借 1303.01  L2        30000.00
        借 2314.01  F         30000.00
        贷 1002               30000.00
        贷 2314.03  F         30000.00
2016-07-15 loan L2 shows
    active，结清金额 80121.67，逾期天数 0，下期 2017-01-01
2016-07-15 loan L2 explains
    2016-04-15 approved 80000.00 = 第 1 笔，文号 文件1号，见文件，凭证 4
    2016-07-01 disbursement 50000.00 = 放款 50000.00，凭证 5
    2016-07-14 approval_expired 30000.00 = 批准于 2016-04-15，有效 90 天，未放款部分退回资金，凭证 6
    2016-07-14 disbursement 30000.00 = 放款 30000.00，凭证 7
    2016-07-15 interest_accrued 121.67 = 50000.00 × 6.00% ÷ 360 × 13 天 + 80000.00 × 6.00% ÷ 360 × 1 天，凭证 6
    2016-07-15 principal_owed 80000.00 = 放款 80000.00 - 已还本金 0.00
    2016-07-15 payoff 80121.67 = 利息 121.67 + 本金 80000.00

余额
    借 1002               70000.00
    借 1132.01  L2          108.33
    借 1303.01  L2        80000.00
    贷 2314.01  F         70000.00
    贷 2314.03  F         80000.00
    贷 6011.01              108.33
