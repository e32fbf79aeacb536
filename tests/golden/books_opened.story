# 账簿启用以前，历史记在它自己的日子；启用以后只能用起息日补记。
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F open
2015-01-05 borrower B registers
2015-01-05 borrower B registers
2015-01-05 fund F receives 100000.00
2016-08-31 books open
2016-08-31 books open
2016-08-30 fund F receives 1.00
2016-08-31 fund F receives 1.00
----
2015-01-05 fund F open
2015-01-05 fund F open
    拒绝 fund_already_open：这个资金来源已经开立
2015-01-05 borrower B registers
2015-01-05 borrower B registers
    拒绝 borrower_already_registered：这个借款人编号或身份证号已经登记，借款人 B
2015-01-05 fund F receives 100000.00
    1 资金到账 进账单1号
        借 1002              100000.00
        贷 2314.01  F        100000.00
2016-08-31 books open
2016-08-31 books open
    拒绝 books_already_open：账簿已经启用，历史只能以起息日补记
2016-08-30 fund F receives 1.00
    拒绝 books_already_open：账簿已经启用，历史只能以起息日补记
2016-08-31 fund F receives 1.00
    2 资金到账 进账单1号
        借 1002                   1.00
        贷 2314.01  F             1.00

余额
    借 1002              100001.00
    贷 2314.01  F        100001.00
