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
