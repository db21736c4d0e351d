"""The reason of a reading as a sentence for people, in Chinese and in English."""

from typing import Final

from erpdesk.domain.codes.scan_reasons import Why

_SENTENCES: Final[dict[Why, tuple[str, str]]] = {
    Why.EMPTY: (
        "没有内容，不算一次扫码。",
        "Nothing in it: no scan.",
    ),
    Why.OWN: (
        "本软件的编码，校验字母相符。",
        "A code of this program; its check letter fits.",
    ),
    Why.OWN_CASE: (
        "字母大小写反了（Caps Lock 或扫码枪转成小写）；校验字母相符，按 {value} 记。",
        (
            "Letter case is turned (Caps Lock, or the scanner writes"
            " small letters); the check letter fits, taken as {value}."
        ),
    ),
    Why.OWN_CHECK: (
        "像本软件的编码，但校验字母不符：读错或印坏。没有查找，请重扫或手工找。",
        (
            "It has the form of our code, but the check letter does not fit: misread"
            " or damaged. It was looked up nowhere; scan again or search by hand."
        ),
    ),
    Why.OWN_DIGITS: (
        "像本软件的编码，但这类编码没有这样的数字（位数或月份不对）。没有查找。",
        (
            "It has the form of our code, but no code of this kind has such"
            " digits (number of digits, or month). It was looked up nowhere."
        ),
    ),
    Why.OWN_CUT: (
        "像本软件的编码，但不完整：末尾的校验字母没有收到（被截断）。请重扫。",
        "It looks like our code cut short: the check letter at the end is missing. Scan again.",
    ),
    Why.OWN_HEAD: (
        "像本软件的编码，但开头缺了 {rest}；补上后校验字母相符：{value}。",
        (
            "It looks like our code with {rest} lost at its"
            " head; with it the check letter fits: {value}."
        ),
    ),
    Why.OWN_ALT: (
        "收到的是 Alt 加数字键的编号（扫码枪的 ALT 模式）；还原为 {value}。",
        "It came as numbers of Alt keys (the scanner's ALT mode); they write {value}.",
    ),
    Why.TEST: (
        "扫码枪体检用的测试码，不记入盘点，也不查客户。",
        "A test code of the scanner check: it counts nothing and finds no customer.",
    ),
    Why.PAPER: (
        "本软件单据上的二维码：取第一段的单据编码，金额、币种、日期只供核对。",
        (
            "The QR code of our own paper: its first field is the document's"
            " code; amount, currency and date are only for checking."
        ),
    ),
    Why.PAPER_FIELDS: (
        "本软件单据上的二维码，但金额、币种或日期的写法不对；只取单据编码，请与账上核对。",
        (
            "The QR code of our own paper, but amount, currency or date is not written as"
            " we write it; only the document's code is taken. Check it against the books."
        ),
    ),
    Why.GLUED: (
        "几个编码粘在一起，中间没有结束符：{value}。请逐个重扫。",
        ("Codes glued together without a terminator between them: {value}. Scan them one by one."),
    ),
    Why.DOUBLED: (
        "同一编码连着出现两次，中间没有结束符：{value}。",
        "The same code twice without a terminator between: {value}.",
    ),
    Why.AROUND: (
        "编码 {value} 前后还有别的字符（{rest}）。",
        "Other characters stand around the code {value} ({rest}).",
    ),
    Why.SPLIT: (
        "编码 {value} 中间夹着结束符，断成了几截。",
        "The code {value} came in pieces, with a terminator inside.",
    ),
    Why.BOUNCED: (
        "每个字符都来了两次（按键重复）；去重后是 {value}。",
        "Every character came twice (key repeat); once each it is {value}.",
    ),
    Why.GS1: (
        "GS1 编码：{value}。",
        "GS1 element strings: {value}.",
    ),
    Why.GS1_NO_KEY: (
        "GS1 编码，但其中没有 GLN、GTIN 或 SSCC，按原文查找：{value}。",
        "GS1 without a GLN, GTIN or SSCC in it; looked up as it stands: {value}.",
    ),
    Why.GS1_UNREADABLE: (
        "扫码枪说这是 GS1 编码，但内容读不出（不完整，或没有应用标识符）。{fate}。",
        (
            "The symbology identifier says GS1, but it cannot be read: cut, or no application"
            " identifier. {Fate}."
        ),
    ),
    Why.GS1_TWICE: (
        "同一个 GS1 标识在一个条码里有两个不同的号：{value}。{fate}，请找人核对标签。",
        (
            "One code names the same GS1 key twice with different numbers: {value}."
            " {Fate}; have the label checked."
        ),
    ),
    Why.GS_WRITTEN: (
        "分隔符（GS）是以文字形式收到的，已按分隔符读：{value}。",
        "The separator (GS) came written out as text; read as a separator: {value}.",
    ),
    Why.GS_BRACKETS: (
        "带括号的 GS1 文字（条码下方的印刷形式），按 {value} 读。",
        "GS1 written with brackets, as printed under the bars; read as {value}.",
    ),
    Why.GS_ALONE: (
        "不是 GS1 编码，却含分隔符 GS（0x1D，Ctrl+]）。{fate}。",
        "A separator GS (0x1D, Ctrl+]) in what is not GS1. {Fate}.",
    ),
    Why.SEPARATOR: (
        "缺少分隔符（GS，separator）：能确定的只有 {value}，从「{rest}」起无法拆开。",
        (
            "Separator missing (GS was lost): sure is only"
            ' {value}; from "{rest}" on it cannot be told apart.'
        ),
    ),
    Why.SEPARATOR_DOUBT: (
        "没有收到分隔符（GS，separator），可能丢了：{value} 确定，「{rest}」里可能还有别的字段。",
        (
            "No separator (GS) came, it may be missing:"
            ' {value} is sure, "{rest}" may hold further fields.'
        ),
    ),
    Why.SEPARATOR_AND_CHECK: (
        "像 GS1 编码，但缺少分隔符（GS，separator），而且校验码不符：{value}；没有能确定的内容。",
        (
            "It looks like GS1, but a separator is missing (GS was lost)"
            " and the check digit of {value} is wrong; nothing in it is sure."
        ),
    ),
    Why.CHECK_DIGIT: (
        "校验码不符：{value}。读错或印坏，{fate}，请重扫。",
        "Wrong check digit: {value}. Misread or damaged; {fate}, scan again.",
    ),
    Why.NUMBER: (
        "校验码相符。",
        "The check digit fits; the look-up says what it belongs to.",
    ),
    Why.NUMBER_CHECK: (
        "{value} 的长度像 GTIN/GLN，但校验码不符：读错，或是自编号码。",
        (
            "{value} has the length of a GTIN or GLN, but the check"
            " digit is wrong: misread, or a number of your own."
        ),
    ),
    Why.NUMBER_LIKE: (
        "按原文查找；如果是商品条码，校验码不符。",
        "Looked up as it stands; were it a UPC, its check digit would be wrong.",
    ),
    Why.NUMBER_SPACED: (
        "数字中间有空格；去掉后 {value} 的校验码相符。",
        "Blanks between digits; without them the check digit of {value} fits.",
    ),
    Why.NUMBER_LENGTH: (
        "扫码枪说这是商品条码，但位数不对或含有非数字：{value}。{fate}。",
        (
            "The symbology identifier says EAN, UPC or ITF-14, but it"
            " has not that many digits: {value}. {Fate}."
        ),
    ),
    Why.ADD_ON: (
        "条码带附加码 {rest}，只取主码 {value}。",
        "The bars have an add-on {rest}; only the main number {value} is taken.",
    ),
    Why.LINK: (
        "网址，只作文字保存，不会打开。",
        "An address of the web: kept as text, never opened.",
    ),
    Why.LINK_GS1: (
        "GS1 Digital Link，取其中的 {value}；网址不会打开。",
        "A GS1 Digital Link; {value} is taken from it, the address is never opened.",
    ),
    Why.LINK_NOT_GS1: (
        "扫码枪说这是 GS1 编码，但网址里没有 GS1 标识。{fate}。",
        "The symbology identifier says GS1, but the address holds no GS1 key. {Fate}.",
    ),
    Why.CODE: (
        "编码，按原文查找。",
        "A code; looked up exactly as it stands.",
    ),
    Why.PATH: (
        "写法像文件路径；只当作文字查找，不会打开。",
        "Written like a path of a file; looked up as text only, never opened.",
    ),
    Why.CAPS: (
        "大小写像是反的（Caps Lock 开着？）：可能是 {value}。",
        "Letter case looks turned (Caps Lock on?): perhaps {value}.",
    ),
    Why.WIDE: (
        "收到的是全角字符（输入法开着？），已按半角 {value} 记。",
        "It came in full-width characters (input method on?); taken as {value}.",
    ),
    Why.SPACES: (
        "前后的空格已去掉。",
        "Spaces around it were taken off.",
    ),
    Why.STARS: (
        "前后的 * 是 39 码的起止符：可能是 {value}。",
        "The stars around it are start and stop of Code 39: perhaps {value}.",
    ),
    Why.FULL_ASCII: (
        "像 Code 39 的成对写法（扫码枪没有开 Full ASCII）：还原为 {value}。",
        "It looks like Code 39 in pairs (the scanner's Full ASCII is off); they write {value}.",
    ),
    Why.LAYOUT: (
        "键盘布局不符（{rest}）：可能是 {value}。请到扫码枪体检设置。",
        "Keyboard layout? Under {rest} this is {value}. Set the scanner up in the scanner check.",
    ),
    Why.LAYOUT_OPEN: (
        "键盘布局不符？可能是 {value}，不能确定是哪一个。",
        "Keyboard layout? It may be any of {value}.",
    ),
    Why.ALIKE: (
        "含形近字符（如字母 O 与数字 0、长短横、其他文字的字母）：可能是 {value}。",
        (
            "It has characters that look like others (O and 0,"
            " dashes, letters of another script): perhaps {value}."
        ),
    ),
    Why.FOREIGN: (
        "含不该出现在编码里的字符「{value}」：键盘布局或解码出错？没有可靠的还原，{fate}。",
        (
            'The character "{value}" does not belong in a code (keyboard'
            " layout, or decoding?). No repair is sure; {fate}."
        ),
    ),
    Why.LOST: (
        "有字符在途中丢失（变成了 ? 或 �），无法还原。{fate}。",
        ("Characters were lost on the way (they became ? or �) and cannot be restored. {Fate}."),
    ),
    Why.CONTROL: (
        "含控制字符 {value}（不是结束符）：不当作按键执行；{fate}。",
        ("A control character {value} that ends no code: it presses no key; {fate}."),
    ),
    Why.HIDDEN: (
        "含看不见的字符 {value}；去掉后是「{rest}」。",
        'A hidden character {value}; without it: "{rest}".',
    ),
    Why.TURNED: (
        "含改变文字方向的字符 {value}：看到的与实际的不同。{fate}。",
        ("A character that turns the text around ({value}): it is not what it looks like. {Fate}."),
    ),
    Why.TEXT: (
        "二维码文字（{rest}），按原文保留。",
        "Text of a QR code ({rest}), kept as it is.",
    ),
    Why.TEXT_SIGNS: (
        "不是编码的写法，当作普通文字原样保留和查找；不会计算、执行或打开。",
        (
            "Not the form of a code: kept and looked up"
            " literally as text, never calculated, run or opened."
        ),
    ),
    Why.TEXT_LONG: (
        "超过 64 个字符，不是编码；当作文字原样保留。",
        "Longer than the 64 characters of a code: kept literally as text.",
    ),
    Why.INVOICE: (
        "税务发票上的二维码；只作文字保留，发票请在开票处登记。",
        "The QR code of a tax invoice: kept as text; register the invoice where invoices are.",
    ),
    Why.LINES: (
        "一个二维码里有多行文字（名片、付款码、JSON 等）；只作文字保留，不打开。请决定怎么用。",
        (
            "One QR code of several lines (a contact card, a payment"
            " code, JSON); kept as text, not opened. Decide what it is for."
        ),
    ),
    Why.ENCODING: (
        "按 GB18030 编码读出。",
        "Read as GB18030, because it is not UTF-8.",
    ),
    Why.ENCODING_OTHER: (
        "编码不明：可能是「{value}」，也可能是「{rest}」。",
        'Encoding unclear: "{value}" or "{rest}".',
    ),
    Why.ENCODING_UNKNOWN: (
        "既不是 UTF-8 也不是 GB18030，读不出文字。{fate}。",
        "Neither UTF-8 nor GB18030: it cannot be read as text. {Fate}.",
    ),
    Why.ENCODING_MARK: (
        "开头有字节顺序标记（BOM），已去掉。",
        "A byte order mark (BOM) at the start was taken off.",
    ),
    Why.ENCODING_WIDE: (
        "按 UTF-16 编码读出。",
        "Read as UTF-16.",
    ),
    Why.ENCODING_NAMED: (
        "二维码里注明了编码（ECI {value}），注明部分已去掉。",
        "The code names its encoding (ECI {value}); that mark was taken off.",
    ),
    Why.REREAD: (
        "像是用错误的编码表读出的乱码：可能是「{value}」。",
        'It looks read with the wrong table of characters: perhaps "{value}".',
    ),
    Why.MARK_CUT: (
        "条码类型标识像是缺了开头的「]」；补上后读出 {value}。",
        'The symbology identifier seems to have lost its "]"; with it this is {value}.',
    ),
    Why.MARK_ALONE: (
        "只有条码类型标识「{value}」，没有内容。{fate}，请重扫。",
        'Only the symbology identifier "{value}", no code after it. {Fate}; scan again.',
    ),
    Why.CUT_TEXT: (
        "文字在一个字的中间断了（UTF-8 不完整）：{fate}，请重扫。",
        ("The text ends in the middle of a character (incomplete UTF-8): {fate}; scan again."),
    ),
    Why.CUT_FRAME: (
        "只收到半截（有 STX 没有 ETX）：不完整，{fate}，请重扫。",
        "Only a part came (STX without ETX): incomplete, {fate}; scan again.",
    ),
    Why.TOO_LONG: (
        "有 {value} 字节，超过 4 KB 的上限；{fate}，只保留前 4 KB。",
        "{value} bytes, more than the 4 KB that are kept; {fate}.",
    ),
    Why.SEVERAL: (
        "一次收到 {value} 个编码，逐个记。",
        "{value} codes in one input, each its own.",
    ),
    Why.SEVERAL_SAME: (
        "同一个编码收到 {value} 次；每次都保留。",
        "The same code came {value} times; each is kept.",
    ),
    Why.SEVERAL_MIXED: (
        "一次收到 {value} 个编码，其中 {rest} 个没有采用，见各码。",
        "{value} codes in one input; {rest} of them were not taken, see each.",
    ),
    Why.BAD_LINE: (
        "这一行不是要求的 JSON（raw、channel）：{value}",
        "This line is not the JSON asked for (raw, channel): {value}",
    ),
    Why.BAD_CHANNEL: (
        "channel 只能是 wedge 或 serial。",
        "channel must be wedge or serial.",
    ),
    Why.BAD_BASE64: (
        "raw 不是正确的 base64。",
        "raw is not valid base64.",
    ),
}
_FATES: Final = {
    False: ("没有记入", "nothing was taken"),
    True: ("扫码已留存，没找到是谁", "the scan is kept, nobody was found"),
}
_ASKING: Final = ("确认后才算。", " Nothing counts until you decide.")


def sentence(
    why: Why,
    facts: tuple[tuple[str, str], ...],
    *,
    language: str,
    asks: bool = False,
    is_kept: bool = False,
) -> str:
    """Return the reason as a sentence, with what follows from a question; zh or en.

    ``is_kept`` says that the scan was stored, as counting stores every one before it is judged.
    """
    at = 1 if language.startswith("en") else 0
    fate = _FATES[is_kept][at]
    named = {"value": "", "rest": "", "fate": fate, "Fate": fate.capitalize()} | dict(facts)
    said = _SENTENCES[why][at].format_map(named)
    return said + _ASKING[at] if asks else said
