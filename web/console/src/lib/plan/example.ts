/** A small whole plan to begin with: go-live on `day` (YYYY-MM-DD), owned by `email`. */
export const EXAMPLE = (day: string, email: string): string => `[window]
key = "new-price"
name = "New price"
zone = "Europe/Berlin"
planned = "14 d"

[change]
kind = "policy_price_process"
summary = "The plan is billed per seat instead of a fixed amount."
go_live = "${day}T09:00"
owners = ["${email}"]
rollback = "Old price rules stay switchable for 14 days."

[scope]
in = ["amounts on invoices", "number of seats"]
out = ["password resets"]
words = ["per seat", "new price"]

[coverage]
hours = "always"
reason = "Invoices go out at night in three time zones."

[intake]
primary = "chat"
pointer = "For questions about the new price, the chat answers fastest."

[assistant]
wrong_rate = 0.02
acknowledgement = "Thank you. Your question about the new price has arrived and a person answers."

[[objectives]]
key = "first-response"
name = "First response is back to normal within three days"
signal = "first_response"
rule = "return_by"
within = "72 h"

[[objectives]]
key = "repeats"
name = "Repeat questions decline after day two"
signal = "repeat_share"
rule = "drop_after"
days = 2

[[scenarios]]
key = "price-higher"
name = "I am charged more than before"
before = "One fixed amount a month."
now = "The amount follows the number of seats."
doubt = "The invoice is higher and nobody asked me."
examples = [
  "why is my invoice higher this month",
  "you charged me more than last time",
  "my bill went up, is that a mistake?",
  "the amount is wrong, I always paid 49",
  "did the price change?",
]
category = "billing"
severity = "high"
answer = "price-higher"
playbook = "Reassure with the answer; escalate when seats are counted wrongly."
owner = "${email}"
escalation = "billing"
may_confirm = ["shift-owner"]
may_approve = ["${email}"]
may_roll_back = ["${email}"]

[[answers]]
key = "price-higher"
title = "Why is my invoice higher?"
expected = "Yes, this is expected: your plan is now billed per seat."
do_now = "Compare the seats on the invoice with your team page. If they match, there is nothing to do."
next_update = "Your next invoice shows the difference line by line."
examples = ["invoice higher than usual"]

[[escalations]]
key = "billing"
name = "Billing team"
to = ["${email}"]
acknowledge = "15 min"

[sla.hypercare]
calendar = "always"
acknowledge = "10 min"
first_response = { critical = "15 min", high = "1 h", normal = "4 h" }
resolution = { critical = "4 h", high = "24 h", normal = "3 d" }

[[shifts]]
owner = "${email}"
from = "${day}T09:00"
to = "${day}T21:00"

[[signals]]
key = "contacts"

[[signals]]
key = "first_response"

[[signals]]
key = "repeat_share"

[exit]
stable_days = 5
`;
