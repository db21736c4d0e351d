"""Help for the pages on which customers are counted and found."""

from typing import Final

from erpdesk.words.help_texts import POSTED, UNBILLED, HelpText, help_text

BOOK: Final = (
    "账面",
    "book balance",
    "冻结名单那一刻，这户的已开票加暂估减未核销。",
    "What the ledger said of the customer when the list was frozen.",
)
STATED: Final = (
    "自述余额",
    "stated balance",
    "客户自己说欠多少。空着不等于零；对方没有这笔账要另选。",
    'What the customer says they owe. Empty is not zero; "has no such account" is a choice.',
)
BLIND: Final = (
    "盲盘",
    "blind count",
    "盘点的人看不到账面，先记对方的数，复核后才显示。",
    "Whoever counts does not see the book balance until it is reviewed.",
)

COUNTING: Final[dict[str, HelpText]] = {
    "home": help_text(
        ("今天先看这里：等你处理的、你交出去等别人的、进行中的盘点、账套对不对。",
         "Begin here: what waits for you, what of yours is with others, the campaigns, the books."),
        ("回车打开那件事所在的页。校验不成立时，这里写明哪里、从什么时候起。",
         "Enter opens the page of a thing. When a check fails, it says here where and since when."),
        words=(
            ("等我处理", "waiting for me", "按你的角色能决定的单据。",
             "Documents that your roles may decide on."),
            UNBILLED,
            ("未核销", "unapplied", "收到了钱，还没对到哪张单。", "Money received, matched to nothing yet."),
        ),
    ),
    "counting": help_text(
        ("一户一扫：核对资料，记下对方的余额，接着扫下一户。扫到的先存，再判断，最后才问。",
         "One scan a customer: check their facts, note their balance, scan the next. A scan is stored first, judged second, asked about last."),
        ("账外、重复、冲突不打断你，留在右边的表里，关盘点以前处理。",
         "Unexpected, repeated and conflicting scans wait in the list at the right."),
        ("服务器或磁盘不通时照样扫：扫到的留在本机，通了自己存上，关机重开也在。",
         "Scan on while a server or disk fails: scans are kept here and stored when it answers, after a restart too."),
        words=(
            BOOK, STATED, BLIND,
            ("账外", "unexpected", "扫到的码不在这次名单里。", "A code that is not in this list."),
            ("复盘", "recount", "另一个人再盘一次，看不到第一次的结果。",
             "Somebody else counts again without seeing the first result."),
        ),
    ),
    "campaigns": help_text(
        ("定盘哪些客户、谁来盘、盘到哪天，冻结名单，然后看进度。",
         "Say which customers are counted, by whom and until when; freeze the list, then watch it."),
        ("冻结以后名单和账面不再变，后来的单据不影响这次盘点。",
         "Once frozen, list and book balances stay; later documents do not touch this count."),
        words=(
            ("冻结", "freeze", "把名单和账面定在这一刻。", "Fix list and balances at this moment."),
            BOOK, BLIND,
            ("容差", "tolerance", "差多少以内算相符。", "The difference that still counts as equal."),
            ("顺延", "carried forward", "这次没盘到，记到下一次。", "Not counted now; the next campaign has it."),
        ),
    ),
    "differences": help_text(
        ("每一笔差异都要有解释，再送审批。合计只看绝对值，不互相抵消。",
         "Every difference needs an explanation before it is handed in. Sums are absolute, never net."),
        words=(
            BOOK, STATED,
            ("差异", "difference", "自述减账面。", "Stated less book balance."),
            ("已解释", "explained", "差异里找到原因、有依据的部分。", "The part with a cause and grounds."),
            ("未答复", "no answer", "对方没有回话，不是零。", "The customer did not answer; it is not zero."),
        ),
    ),
    "customers": help_text(
        ("找到一户，看清来往到哪一步。改资料是提议，别人批了才算。",
         "Find a customer and see where you stand. A change is a proposal until somebody approves."),
        ("客户页的表里按 Enter，打开这一行的单据：分录、经过、证据。",
         "Enter on a row of a customer's lists opens its document: entry, steps, evidence."),
        words=(
            ("条码", "code alias", "一户可以有几个码，旧码停用后仍认得。",
             "A customer may have several codes; a retired one is still known."),
            UNBILLED,
            ("未清项", "open item", "还没收清的一笔。", "One claim that is not fully paid."),
            ("完整度", "completeness", "开票和联系要用的资料齐不齐。",
             "Whether the facts for invoices and contact are there."),
        ),
    ),
    "follow_up": help_text(
        ("下一个该联系谁，对方答应过什么。每次联系都记下来。",
         "Whom to call next, and what was promised. Every contact is noted."),
        words=(
            ("承诺", "promise", "对方答应在某天付多少。", "What the customer will pay by a day."),
            ("诉讼时效", "limitation", "过了这天，起诉可能不受支持。", "After this day a claim may be lost."),
            UNBILLED,
        ),
    ),
    "doctor": help_text(
        ("看清一把扫码枪到底送出什么，定下它的设置。这里扫的都不记账。",
         "See what a scanner really sends, and settle how it is read. Nothing here is booked."),
        words=(
            ("键盘口", "keyboard mode", "扫码枪像键盘一样打字。", "The scanner types like a keyboard."),
            ("串口", "serial mode", "扫码枪走自己的线，不受焦点影响。", "The scanner has a line of its own, whatever has the focus."),
            ("前缀、后缀", "prefix, terminator", "码前后多送的字符，用来认出一次扫码。",
             "What is sent before and after a code, by which a scan is known."),
        ),
    ),
    "audit": help_text(
        ("谁在什么时候做了什么，一步接一步，谁也改不了。",
         "Who did what and when, step by step; nobody can change it."),
        words=(
            ("操作链", "chain", "每一步带着上一步的哈希，断了看得出。",
             "Every step carries the hash of the one before; a break shows."),
            POSTED,
        ),
    ),
}  # fmt: skip
