"""The pages whose pictures are taken: the file's name, who looks, and where, see `working_day.Day.addresses`."""

from typing import NamedTuple


class Shown(NamedTuple):
    """One picture."""

    name: str
    who: str
    address: str


MISSING = "nothing-here"
PAGES = (
    Shown("home-agent", "amal", ""),
    Shown("callers", "amal", "calls"),
    Shown("call-log", "amal", "calls/log"),
    Shown("call-new", "amal", "calls/new"),
    Shown("call", "amal", "calls/{call}"),
    Shown("conversations", "amal", "conversations"),
    Shown("conversation", "amal", "conversations/{mine}"),
    Shown("conversation-waiting", "amal", "conversations/{waiting}"),
    Shown("people", "amal", "citizens?q=39123456"),
    Shown("person", "amal", "citizens/{person}"),
    Shown("home-officer", "omar", ""),
    Shown("cases", "omar", "cases"),
    Shown("cases-found", "omar", "cases?q=الشارع"),
    Shown("cases-none", "omar", "cases?q=xyz"),
    Shown("case", "omar", "cases/{case}"),
    Shown("case-waiting", "omar", "cases/{asked}"),
    Shown("case-closed", "omar", "cases/{rated}"),
    Shown("compliments", "omar", "compliments"),
    Shown("messages", "omar", "messages"),
    Shown("escalations", "sami", "escalations"),
    Shown("routing", "noor", "routing"),
    Shown("configuration", "adel", "configuration"),
    Shown("agencies", "adel", "configuration/kinds/agency"),
    Shown("agency", "adel", "configuration/kinds/agency/entries/works"),
    Shown("category", "adel", "configuration/kinds/category/entries/road.pothole"),
    Shown("canned-replies", "adel", "configuration/kinds/canned_reply"),
    Shown("template", "adel", "configuration/kinds/template/new"),
    Shown("office-hours", "adel", "configuration/kinds/hours/entries/offices"),
    Shown("calendar", "adel", "configuration/calendar"),
    Shown("history", "adel", "configuration/history"),
    Shown("catalogue", "adel", "configuration/catalogue"),
    Shown("unclear", "adel", "unclear"),
    Shown("unclear-message", "adel", "unclear/{unclear}"),
    Shown("staff", "adel", "staff"),
    Shown("account-new", "adel", "staff/new"),
    Shown("account", "adel", "staff/accounts/omar"),
    Shown("keys", "adel", "keys"),
    Shown("audit", "adel", "audit"),
    Shown("own-account", "adel", "account"),
    Shown("two-factor", "adel", "account/two-factor"),
    Shown("error", "adel", MISSING),
)
