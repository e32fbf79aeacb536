# 迟录的计提：三月末的计提先录，二月末的后录。准备已由三月末的一笔调到应有的数，迟录的一笔没有差额，
# 不另记账；说明写明它与哪一笔合并记账。迟录的还款改变其后计提的金额，差额记在还款的凭证里。
class 2007-01-01 0 special_mention
class 2007-01-01 90 substandard
class 2007-01-01 180 doubtful
provision 2002-04-02 normal 1%
provision 2002-04-02 special_mention 2%
provision 2002-04-02 substandard 25%
provision 2002-04-02 doubtful 50%
provision 2002-04-02 loss 100%
rules cap 200000 term 36 margin 50 order interest_first
2015-01-05 fund F open
2015-01-05 fund F receives 500000.00
2015-01-05 borrower B registers
2016-01-15 loan L proposes 100000.00 4.75% at_maturity 12 month
2016-01-15 loan L approves 100000.00
2016-01-15 loan L disburses 100000.00
2016-03-31 loan L provides
2016-04-05 loan L provides @ 2016-02-29
2016-04-06 loan L repays 40000.00 @ 2016-02-10
2016-04-06 loan L explains
2016-04-07 loan L reverses 3 重复计提
2016-04-07 loan L explains
----
