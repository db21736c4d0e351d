"""Over 400 lines because the reads and what they are expected to be are one table."""

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erpdesk.domain.codes.own_code import customer_code, notice_code
from erpdesk.domain.codes.reading import Action, Channel, Reading
from erpdesk.domain.codes.scan_reasons import Why
from erpdesk.domain.codes.scan_sentences import sentence
from erpdesk.services.stocktake.reading_codes import as_row, read_code, refusal_row

W, S = Channel.WEDGE, Channel.SERIAL
A, B = "EDC004175D", customer_code(4176)
NOTICE = "EDN2026110214F"
GLN, GTIN, SSCC = "5901234123457", "09506000134352", "106141412345678908"
CHINESE = "华南五金有限公司"


def gb(text: str) -> bytes:
    return text.encode("gb18030")


# raw, action, kind, value or proposal, why
READS: list[tuple[str | bytes, str, str, str | None, str]] = [
    # our own codes
    (A, "accept", "customer", A, "own-code"),
    ("EDL0017000017H", "accept", "count_line", "EDL0017000017H", "own-code"),
    ("EDK00170003C", "accept", "count_sheet", "EDK00170003C", "own-code"),
    (NOTICE, "accept", "notice", NOTICE, "own-code"),
    ("EDR2026110214H", "accept", "reply_slip", "EDR2026110214H", "own-code"),
    ("EDX001P", "accept", "command", "EDX001P", "own-code"),
    ("EDC004175E", "refuse", "customer", None, "wrong-check-letter"),
    ("EDC004157D", "refuse", "customer", None, "wrong-check-letter"),
    ("EDC004175Q", "refuse", "customer", None, "wrong-check-letter"),
    ("EDX002P", "refuse", "command", None, "wrong-check-letter"),
    ("EDC04175D", "refuse", "customer", None, "wrong-check-letter"),
    ("EDN2026130214F", "refuse", "notice", None, "wrong-check-letter"),
    ("EDEKA-1", "accept", "code", "EDEKA-1", "code"),
    ("EDA004175D", "accept", "code", "EDA004175D", "code"),
    ("ED%T2-aZ09_/+:;=@#", "note", "test", "ED%T2-aZ09_/+:;=@#", "test-code"),
    # the same, damaged
    ("edc004175d", "note", "customer", A, "caps-lock-own-code"),
    ("edc004175e", "refuse", "customer", None, "wrong-check-letter"),
    ("EdC004175D", "ask", "customer", A, "caps-lock"),
    ("ＥＤＣ００４１７５Ｄ", "note", "customer", A, "full-width"),
    ("ｅｄｃ００４１７５ｄ", "note", "customer", A, "caps-lock-own-code"),
    ("EDCOO4175D", "ask", "customer", A, "look-alike-characters"),
    ("EDC0O4175E", "refuse", "customer", None, "wrong-check-letter"),
    ("EDC0041750", "ask", "customer", A, "look-alike-characters"),
    ("3DC004175D", "ask", "customer", A, "look-alike-characters"),
    ("E0C004175D", "ask", "customer", A, "look-alike-characters"),
    ("3DC004175E", "accept", "code", "3DC004175E", "code"),
    ("EDC004I75D", "ask", "customer", A, "look-alike-characters"),
    ("EDСOO4175D", "ask", "customer", A, "look-alike-characters"),
    ("EDC004175", "ask", "customer", None, "cut-own-code"),
    ("edc0041", "ask", "customer", None, "cut-own-code"),
    ("DC004175D", "ask", "customer", A, "cut-own-code-head"),
    ("C004175D", "ask", "customer", A, "cut-own-code-head"),
    ("C004175E", "accept", "code", "C004175E", "code"),
    (A + B, "ask", "customer", f"{A} {B}", "glued-codes"),
    (f"{A} {B}", "ask", "customer", f"{A} {B}", "glued-codes"),
    (A + GLN, "ask", "customer", f"{A} {GLN}", "glued-codes"),
    (f"{GTIN},{A}", "ask", "customer", f"{GTIN} {A}", "glued-codes"),
    (f"{A}5901234123450", "ask", "customer", A, "characters-around-code"),
    (A + A, "ask", "customer", A, "doubled-code"),
    ((A + B).lower(), "ask", "customer", f"{A} {B}", "glued-codes"),
    (f"{A}D", "ask", "customer", A, "characters-around-code"),
    (f"X{A}", "ask", "customer", A, "characters-around-code"),
    (f"{A}EDC00", "ask", "customer", A, "characters-around-code"),
    (f"客户：{A}", "ask", "customer", A, "characters-around-code"),
    (f"https://erp.example/c/{A}", "ask", "customer", A, "characters-around-code"),
    ("EDC 004175 D", "ask", "customer", A, "characters-around-code"),
    ("EDC-004175-D", "ask", "customer", A, "characters-around-code"),
    ("EEDDCC000044117755DD", "ask", "customer", A, "every-key-doubled"),
    ("0069006800670048004800520049005500530068", "ask", "customer", A, "alt-key-digits"),
    (f" {A} ", "note", "customer", A, "spaces-around"),
    (f"{A}\u3000", "note", "customer", A, "spaces-around"),
    # the QR code of our papers
    (f"{NOTICE}|299480.00|CNY|2026-11-25", "accept", "notice", NOTICE, "paper-qr"),
    (f"{NOTICE}|-299,480.00|CNY|20261125", "accept", "notice", NOTICE, "paper-qr"),
    (f"{NOTICE}|many|CNY|2026-11-25", "note", "notice", NOTICE, "paper-qr-fields"),
    (f"{NOTICE}|1.00|yuan|2026-11-25", "note", "notice", NOTICE, "paper-qr-fields"),
    ("EDN2026110214G|1.00|CNY|2026-11-25", "refuse", "notice", None, "wrong-check-letter"),
    (f"{NOTICE}|1.00|CNY|2026-11-25".lower(), "note", "notice", NOTICE, "caps-lock-own-code"),
    (f"{NOTICE}|1.00|CNY", "ask", "notice", NOTICE, "characters-around-code"),
    ("X|1|CNY|2026-11-25", "note", "text", "X|1|CNY|2026-11-25", "not-the-form-of-a-code"),
    # GS1 with a symbology identifier
    (f"]C1414{GLN}\x1d10ABC", "accept", "gln", GLN, "gs1"),
    (f"]C1414{GLN}", "accept", "gln", GLN, "gs1"),
    ("]C14145901234123450", "refuse", "gs1", None, "wrong-check-digit"),
    (f"]C100{SSCC}", "accept", "sscc", SSCC, "gs1"),
    (f"]d201{GTIN}1725123110AB", "accept", "gtin", GTIN, "gs1"),
    (f"]d201{GTIN}10AB\x1d21X\x1d", "accept", "gtin", GTIN, "gs1"),
    (f"]Q301{GTIN}414{GLN}", "accept", "gln", GLN, "gs1"),
    (f"]Q3https://id.gs1.org/01/{GTIN}", "accept", "gtin", GTIN, "gs1-digital-link"),
    ("]Q3https://example.com/a", "refuse", "link", None, "link-is-not-gs1"),
    (f"]e001{GTIN}", "accept", "gtin", GTIN, "gs1"),
    (f"]C1(414){GLN}", "note", "gln", GLN, "gs1-in-brackets"),
    ("]C1(abc)", "refuse", "gs1", None, "gs1-unreadable"),
    (f"]C1410{GLN}", "accept", "gln", GLN, "gs1"),
    (f"]C18018{SSCC}", "accept", "gsrn", SSCC, "gs1"),
    ("]C110ABC", "accept", "gs1", "ABC", "gs1"),
    ("]C110ABC\x1d21X", "note", "gs1", "(10)ABC(21)X", "gs1-without-key"),
    ("]C1XYZ", "refuse", "gs1", None, "gs1-unreadable"),
    ("]C14145901234", "refuse", "gs1", None, "gs1-unreadable"),
    ("]C13939990001234", "accept", "gs1", "990001234", "gs1"),
    (f"]C101{GTIN}10ABC<GS>21X", "note", "gtin", GTIN, "written-separator"),
    (f"]C1414{GLN}]C1414{GLN}", "ask", "gln", GLN, "doubled-code"),
    (f"]E0{GLN}]C0{A}", "ask", "gtin", f"{GLN} {A}", "glued-codes"),
    (f"]E0{GLN}]C0EDC004175E", "refuse", "gtin", None, "wrong-number-of-digits"),
    (f"]E0{GLN}", "accept", "gtin", GLN, "check-digit-fits"),
    ("]E05901234123450", "refuse", "gtin", None, "wrong-check-digit"),
    ("]E001227408", "accept", "gtin", "01227408", "check-digit-fits"),
    ("]E001200033", "accept", "gtin", "01200033", "check-digit-fits"),
    ("]E001200043", "accept", "gtin", "01200043", "check-digit-fits"),
    ("]E001234560", "refuse", "gtin", None, "wrong-check-digit"),
    ("]E0ABC", "refuse", "gtin", None, "wrong-number-of-digits"),
    ("]E496385074", "accept", "gtin", "96385074", "check-digit-fits"),
    (f"]E3{GLN}12", "note", "gtin", GLN, "add-on"),
    (f"]I1{GTIN}", "accept", "gtin", GTIN, "check-digit-fits"),
    (f"]C0{A}", "accept", "customer", A, "own-code"),
    ("]A0CUST-001", "accept", "code", "CUST-001", "code"),
    ("]A0*CUST-001*", "ask", "code", "CUST-001", "code-39-stars"),
    (f"]Q1{CHINESE}", "accept", "text", CHINESE, "text"),
    (f"]Q2\\000026{CHINESE}", "note", "text", CHINESE, "encoding-named-in-code"),
    (f"]C1414{GLN}01{GTIN}01{GTIN}", "accept", "gln", GLN, "gs1"),
    (f"]C1414{GLN}4149506000134352", "refuse", "gs1", None, "gs1-key-twice"),
    (f"]C101{GTIN}0110857326005540", "refuse", "gs1", None, "gs1-key-twice"),
    ("]", "refuse", "unknown", None, "identifier-without-code"),
    ("]C1", "refuse", "unknown", None, "identifier-without-code"),
    ("]C1 ", "refuse", "unknown", None, "identifier-without-code"),
    (f"C1414{GLN}", "ask", "gln", GLN, "cut-identifier"),
    (f"E0{GLN}", "ask", "gtin", GLN, "cut-identifier"),
    ("C1-100", "accept", "code", "C1-100", "code"),
    # GS1 without one
    (f"414{GLN}", "accept", "gln", GLN, "gs1"),
    ("4145901234123450", "ask", "gs1", None, "number-with-wrong-check-digit"),
    (f"\x1d01{GTIN}", "accept", "gtin", GTIN, "gs1"),
    (f"01{GTIN}10AB\x1d21X", "accept", "gtin", GTIN, "gs1"),
    (f"01{GTIN}10AB<GS>21X", "note", "gtin", GTIN, "written-separator"),
    (f"01{GTIN}10AB{{GS}}21X", "note", "gtin", GTIN, "written-separator"),
    (f"01{GTIN}10AB^]21X", "note", "gtin", GTIN, "written-separator"),
    (f"01{GTIN}10AB]21X", "ask", "gtin", GTIN, "separator-missing"),
    (f"(414){GLN}(10)ABC", "note", "gln", GLN, "gs1-in-brackets"),
    (f"(01) {GTIN} (21) X", "note", "gtin", GTIN, "gs1-in-brackets"),
    ("(414)5901234123450", "refuse", "gs1", None, "wrong-check-digit"),
    ("(ABC)123", "note", "text", "(ABC)123", "not-the-form-of-a-code"),
    ("(99)", "note", "text", "(99)", "not-the-form-of-a-code"),
    ("a(10)b", "note", "text", "a(10)b", "not-the-form-of-a-code"),
    ("x<GS>y", "note", "text", "x<GS>y", "not-the-form-of-a-code"),
    (
        "01108573260055401722081110A2021121092220084115197",
        "ask", "gtin", "10857326005540", "separator-missing",
    ),
    (
        "01108573260055401721102910A1905221042920115956137",
        "ask", "gtin", "10857326005540", "separator-missing",
    ),
    ("01085732600554017220811", "accept", "code", "01085732600554017220811", "code"),
    (
        "01085732600554017220811 10A20211", "refuse", "gs1", None,
        "separator-missing-and-wrong-check-digit",
    ),
    (f"01{GTIN}10ABC21123", "note", "gtin", GTIN, "separator-missing-perhaps"),
    (f"01{GTIN}10ABC", "accept", "gtin", GTIN, "gs1"),
    (f"10ABC414{GLN}", "accept", "code", f"10ABC414{GLN}", "code"),
    ("A-1\x1dB", "refuse", "unknown", None, "separator-outside-gs1"),
    (f"{A}\x1d", "refuse", "unknown", None, "separator-outside-gs1"),
    ("\x1d", "refuse", "gs1", None, "gs1-unreadable"),
    # numbers
    (GLN, "accept", "gtin_or_gln", GLN, "check-digit-fits"),
    ("5901234123450", "ask", "gtin_or_gln", None, "number-with-wrong-check-digit"),
    ("96385074", "accept", "gtin", "96385074", "check-digit-fits"),
    ("036000291452", "accept", "gtin", "036000291452", "check-digit-fits"),
    (GTIN, "accept", "gtin", GTIN, "check-digit-fits"),
    ("036000291453", "note", "code", "036000291453", "number-like-upc"),
    ("09506000134353", "ask", "gtin", None, "number-with-wrong-check-digit"),
    ("202611250001", "accept", "code", "202611250001", "code"),
    ("2026112500012", "accept", "code", "2026112500012", "code"),
    ("12345678", "accept", "code", "12345678", "code"),
    ("00123", "accept", "code", "00123", "code"),
    ("00000000", "accept", "code", "00000000", "code"),
    ("0000", "accept", "code", "0000", "code"),
    ("59O1234123457", "ask", "gtin_or_gln", GLN, "look-alike-characters"),
    ("5 901234 123457", "ask", "gtin_or_gln", GLN, "number-with-blanks"),
    (GLN * 2, "ask", "gtin_or_gln", GLN, "doubled-code"),
    (f"{GLN}9506000134352", "ask", "gtin_or_gln", f"{GLN} 9506000134352", "glued-codes"),
    # Digital Links and other addresses
    (f"https://id.gs1.org/01/{GTIN}", "accept", "gtin", GTIN, "gs1-digital-link"),
    (f"HTTPS://ID.GS1.ORG/01/{GTIN}/", "accept", "gtin", GTIN, "gs1-digital-link"),
    (f"https://x.cn/p/414/{GLN}?17=251231#a", "accept", "gln", GLN, "gs1-digital-link"),
    (f"https://x.cn/01/{GTIN[1:]}/10/AB?17=251231", "accept", "gtin", GTIN[1:], "gs1-digital-link"),
    (f"https://x.cn/gtin/{GTIN[1:]}/lot/A", "accept", "gtin", GTIN[1:], "gs1-digital-link"),
    (f"https://id.gs1.org/00/{SSCC}", "accept", "sscc", SSCC, "gs1-digital-link"),
    (f"id.gs1.org/414/{GLN}", "note", "gln", GLN, "gs1-digital-link"),
    ("id.gs1.org/hello", "accept", "code", "id.gs1.org/hello", "code"),
    ("https://id.gs1.org/01/09506000134353", "refuse", "link", None, "wrong-check-digit"),
    ("https://x.cn/414/5901234123450", "refuse", "link", None, "wrong-check-digit"),
    (f"https://x.cn/414/{GLN}?414={GLN}", "accept", "gln", GLN, "gs1-digital-link"),
    (f"https://x.cn/414/{GLN}?414=9506000134352", "refuse", "link", None, "gs1-key-twice"),
    ("https://id.gs1.org/8004/ABC", "refuse", "link", None, "wrong-check-digit"),
    ("https://x.cn/blog/01/02", "note", "link", "https://x.cn/blog/01/02", "link-kept-as-text"),
    ("https://x.cn/a?b=1", "note", "link", "https://x.cn/a?b=1", "link-kept-as-text"),
    ("http://[", "note", "link", "http://[", "link-kept-as-text"),
    ("weixin://wxpay/x", "note", "link", "weixin://wxpay/x", "link-kept-as-text"),
    ("javascript:alert(1)", "note", "link", "javascript:alert(1)", "link-kept-as-text"),
    ("www.example.com", "note", "link", "www.example.com", "link-kept-as-text"),
    # the firm's codes
    ("CUST-0012", "accept", "code", "CUST-0012", "code"),
    ("cust-0zy", "accept", "code", "cust-0zy", "code"),
    ("a.b_c/d-1", "accept", "code", "a.b_c/d-1", "code"),
    ("A" * 64, "accept", "code", "A" * 64, "code"),
    ("A" * 65, "note", "text", "A" * 65, "longer-than-a-code"),
    ("A" * 4096, "note", "text", "A" * 4096, "longer-than-a-code"),
    ("A" * 4097, "refuse", "unknown", None, "too-long"),
    ("A" * 7000, "refuse", "unknown", None, "too-long"),
    ("-", "note", "text", "-", "not-the-form-of-a-code"),
    ("CUST-001 ", "note", "code", "CUST-001", "spaces-around"),
    ("CUST-001CUST-001", "ask", "code", "CUST-001", "doubled-code"),
    ("CUST-0001CUST-0002", "ask", "code", "CUST-0001 CUST-0002", "glued-codes"),
    ("CUST-001, CUST-002", "ask", "code", "CUST-001 CUST-002", "glued-codes"),
    ("AB12AB12", "ask", "code", "AB12", "doubled-code"),
    ("QC-157{ENTER}", "ask", "code", "QC-157", "characters-around-code"),
    ("QC-157\\r\\n", "ask", "code", "QC-157", "characters-around-code"),
    ("CUST-0001CUST-002", "accept", "code", "CUST-0001CUST-002", "code"),
    ("aCME-7", "ask", "code", "Acme-7", "caps-lock"),
    ("ＣＵＳＴ－００１", "note", "code", "CUST-001", "full-width"),
    ("００１２３", "note", "code", "00123", "full-width"),
    ("（414）5901234123457", "note", "gln", GLN, "gs1-in-brackets"),
    # foreign layouts
    ("HA&&é", "ask", "code", "HA112", "keyboard-layout-unclear"),
    ("HQ&&é", "ask", "code", "HA112", "keyboard-layout-unclear"),
    ("AC)&(è", "ask", "code", "QC-157", "keyboard-layout"),
    ("custß0yz", "ask", "code", "CUST-0ZY", "keyboard-layout"),
    ("CUSTß0YZ", "ask", "code", "CUST-0ZY", "keyboard-layout"),
    ("QC'157", "ask", "code", "QC-157", "keyboard-layout"),
    ("QC+157", "ask", "code", "QC-157", "keyboard-layout"),
    ("QC?157", "ask", "code", "QC_157", "keyboard-layout"),
    ("QC。157", "ask", "code", "QC.157", "keyboard-layout"),
    ("EDCàà'&è(D", "ask", "customer", A, "keyboard-layout"),
    ("edcàà'&è(d", "ask", "customer", A, "keyboard-layout"),
    ("EDCéé+ščěíD", "refuse", "unknown", None, "foreign-character"),
    ("УВС004175В", "ask", "customer", A, "keyboard-layout"),
    ("(çà&é\"'&é\"'(è", "ask", "gtin_or_gln", GLN, "keyboard-layout"),
    (f"+C1414{GLN}", "ask", "gln", GLN, "keyboard-layout"),
    (f"httpsÖ--id.gs1.org-01-{GTIN}", "ask", "gtin", GTIN, "keyboard-layout"),
    ("EDC))$!&%D", "ask", "customer", A, "keyboard-layout"),
    ("CUST_))!", "ask", "code", "CUST-001", "keyboard-layout"),
    ("ΕΔΨ004175Δ", "ask", "customer", A, "keyboard-layout"),
    (">EJ004175E", "ask", "customer", A, "keyboard-layout"),
    (f"=J1414{GLN}", "ask", "gln", GLN, "keyboard-layout"),
    ("JGOY[0:F", "note", "text", "JGOY[0:F", "not-the-form-of-a-code"),
    ("EDNéàé-&&àé&'Fµ&:ààµCNYµéàé-)&&)é(", "ask", "notice", NOTICE, "keyboard-layout"),
    ("УВТ2026110214А/1ю00/СТН/2026-11-25", "ask", "notice", NOTICE, "keyboard-layout"),
    ("+A+C+M+E-7", "ask", "code", "acme-7", "code-39-pairs"),
    ("+K+H/O001%OA", "ask", "code", "kh/001_A", "code-39-pairs"),
    ("A+B+C", "ask", "code", "Abc", "code-39-pairs"),
    ("+A+1+B", "note", "text", "+A+1+B", "not-the-form-of-a-code"),
    ("+A" * 70, "note", "text", "+A" * 70, "not-the-form-of-a-code"),
    ("+A=+B", "note", "text", "+A=+B", "not-the-form-of-a-code"),
    ("100%", "note", "text", "100%", "not-the-form-of-a-code"),
    ("QC½157", "refuse", "unknown", None, "foreign-character"),
    # look-alikes and hidden characters
    ("QC–157", "ask", "code", "QC-157", "look-alike-characters"),
    ("СUST-001", "ask", "code", "CUST-001", "look-alike-characters"),
    ("๑๒๓", "ask", "code", "123", "look-alike-characters"),
    ("𝟎𝟏𝟐", "ask", "code", "012", "look-alike-characters"),
    ("QC²157", "refuse", "unknown", None, "foreign-character"),
    ("①②③", "refuse", "unknown", None, "foreign-character"),
    (f"{A}\u200b", "ask", "customer", A, "hidden-character"),
    ("CUST\u200b-001", "ask", "code", "CUST-001", "hidden-character"),
    ("QC\u2009157", "ask", "text", "QC 157", "hidden-character"),
    ("CUST\u00ad-001", "ask", "code", "CUST-001", "hidden-character"),
    ("CUST-001\u00a0", "ask", "code", "CUST-001", "hidden-character"),
    ("\u200eCUST-001", "ask", "code", "CUST-001", "hidden-character"),
    ("EDC004175E\u200b", "refuse", "unknown", None, "hidden-character"),
    ("EDCOO4175D\u200b", "ask", "customer", A, "look-alike-characters"),
    ("CUST\u202e100", "refuse", "unknown", None, "text-direction-character"),
    # control characters
    ("a\x1bb", "refuse", "unknown", None, "control-character"),
    (f"\x1b[A{A}", "refuse", "unknown", None, "control-character"),
    (f"{A}\x08", "refuse", "unknown", None, "control-character"),
    (f"{A}\x7f", "refuse", "unknown", None, "control-character"),
    (f"{A}\x85", "refuse", "unknown", None, "control-character"),
    ("\x11\x13", "refuse", "unknown", None, "control-character"),
    # text, encodings
    (CHINESE, "accept", "text", CHINESE, "text"),
    ("名称：华南（五金），税号", "accept", "text", "名称：华南（五金），税号", "text"),
    (gb(CHINESE), "note", "text", CHINESE, "gb18030"),
    (gb("名称：华南￥100"), "note", "text", "名称：华南￥100", "gb18030"),
    (gb("镕"), "ask", "text", "镕", "encoding-unclear"),
    (b"M\xfcller", "ask", "text", "Müller", "encoding-unclear"),
    (gb("小小"), "ask", "text", "小小", "encoding-unclear"),
    (CHINESE.encode()[:-1], "refuse", "unknown", None, "cut-character"),
    (b"\xef\xbb\xbf" + A.encode(), "note", "customer", A, "byte-order-mark"),
    (("\ufeff" + A).encode("utf-16-le"), "note", "customer", A, "utf-16"),
    (("\ufeff" + CHINESE).encode("utf-16-be"), "note", "text", CHINESE, "utf-16"),
    (A.encode("utf-16-le"), "ask", "customer", A, "utf-16"),
    (A.encode("utf-16-be"), "ask", "customer", A, "utf-16"),
    ("Müller".encode("utf-16-le"), "ask", "text", "Müller", "utf-16"),
    ("KH-华南-01".encode("utf-16-be"), "ask", "text", "KH-华南-01", "utf-16"),
    (f"{A}\r\n{B}\r\n".encode("utf-16-le"), "ask", "customer", f"{A} {B}", "utf-16"),
    (b"A-1\0B-2\0", "accept", "code", "A-1 B-2", "several-codes"),
    (gb("Łódź"), "note", "text", "Łódź", "not-the-form-of-a-code"),
    (gb("Müller GmbH"), "ask", "text", "Müller GmbH", "encoding-unclear"),
    (b"A\x96B", "ask", "text", "A–B", "encoding-unclear"),
    (b"HA&&\xe9", "ask", "code", "HA112", "keyboard-layout-unclear"),
    (b"QC\xbd157", "refuse", "unknown", None, "encoding-unknown"),
    (b"\xff\xfe\xfd", "refuse", "unknown", None, "encoding-unknown"),
    (gb(CHINESE).decode("latin-1"), "ask", "text", CHINESE, "read-with-wrong-table"),
    (CHINESE.encode()[:12].decode("gb18030"), "ask", "text", "华南五金", "read-with-wrong-table"),
    ("ｻｪﾄﾏ", "ask", "text", "华南", "read-with-wrong-table"),
    ("ｱｲｳ-1", "refuse", "unknown", None, "foreign-character"),
    ("Müller", "note", "text", "Müller", "not-the-form-of-a-code"),
    ("Müller&Söhne", "note", "text", "Müller&Söhne", "not-the-form-of-a-code"),
    ("??? ", "refuse", "unknown", None, "lost-characters"),
    ("CUST-??1", "refuse", "unknown", None, "lost-characters"),
    ("GR��E", "refuse", "unknown", None, "lost-characters"),
    ("Hello World", "note", "text", "Hello World", "not-the-form-of-a-code"),
    ("한국어", "note", "text", "한국어", "not-the-form-of-a-code"),
    ("💡", "note", "text", "💡", "not-the-form-of-a-code"),
    ("MECARD:N:张三;", "note", "text", "MECARD:N:张三;", "not-the-form-of-a-code"),
    ("R&D", "note", "text", "R&D", "not-the-form-of-a-code"),
    (
        "01,32,,24327000000012345678,113.00,20261125,,A1B2", "note", "invoice",
        "01,32,,24327000000012345678,113.00,20261125,,A1B2", "tax-invoice-qr",
    ),
    # hostile
    ("=1+1", "note", "text", "=1+1", "not-the-form-of-a-code"),
    ("+1+1", "note", "text", "+1+1", "not-the-form-of-a-code"),
    ("@SUM(A1:A9)", "note", "text", "@SUM(A1:A9)", "not-the-form-of-a-code"),
    ("<img src=x>", "note", "text", "<img src=x>", "not-the-form-of-a-code"),
    ("<b>1</b>", "note", "text", "<b>1</b>", "not-the-form-of-a-code"),
    ("'; DROP TABLE x;--", "note", "text", "'; DROP TABLE x;--", "not-the-form-of-a-code"),
    ("1'OR'1'='1", "note", "text", "1'OR'1'='1", "not-the-form-of-a-code"),
    ("../../etc/passwd", "note", "code", "../../etc/passwd", "looks-like-a-path"),
    ("/etc/passwd", "note", "code", "/etc/passwd", "looks-like-a-path"),
    ("C:\\Windows", "note", "text", "C:\\Windows", "not-the-form-of-a-code"),
    ("%s%n{0}${x}", "note", "text", "%s%n{0}${x}", "not-the-form-of-a-code"),
    ('{"a":1}', "note", "text", '{"a":1}', "not-the-form-of-a-code"),
    # frames and nothing
    (f"{A}\r\n", "accept", "customer", A, "own-code"),
    (f"{A}\r", "accept", "customer", A, "own-code"),
    (f"{A}\t", "accept", "customer", A, "own-code"),
    (f"{A}\0", "accept", "customer", A, "own-code"),
    (f"\r\n{A}\r\n\r\n", "accept", "customer", A, "own-code"),
    (f"\x02{A}\x03", "accept", "customer", A, "own-code"),
    (f"\x02{A}\r\n\x03", "accept", "customer", A, "own-code"),
    (f"{A}\x03", "accept", "customer", A, "own-code"),
    (f"{A[:5]}\0{A[5:]}", "ask", "customer", A, "split-code"),
    (f"\x02{A[:5]}", "refuse", "unknown", None, "end-of-frame-missing"),
    ("BEGIN:VCARD\nFN:x\nEND:VCARD\n", "ask", "text", None, "several-lines-in-one-code"),
    ("]Q1first\r\nsecond", "ask", "text", None, "several-lines-in-one-code"),
    ('{\n"a": 1\n}', "ask", "text", None, "several-lines-in-one-code"),
    ("", "ignore", "none", None, "empty"),
    ("\r\n", "ignore", "none", None, "empty"),
    ("\0\0\t", "ignore", "none", None, "empty"),
    ("   ", "ignore", "none", None, "empty"),
]  # fmt: skip


def read(raw: str | bytes, channel: Channel = W) -> Reading:
    return read_code(raw.encode() if isinstance(raw, str) else raw, channel=channel)


@pytest.mark.parametrize(("raw", "action", "kind", "text", "why"), READS)
def test_that_a_read_is_what_it_is_expected_to_be(
    raw: str | bytes, action: str, kind: str, text: str | None, why: str
) -> None:
    reading = read(raw)

    taken = reading.value if action in {"accept", "note"} else reading.propose
    assert (reading.action.value, reading.kind.value, taken, reading.why.value) == (
        action,
        kind,
        text,
        why,
    )


def test_that_a_serial_line_has_no_keyboard_layout() -> None:
    assert read("custß0yz", S).action is Action.REFUSE
    assert read("HA&&é", S).propose is None
    assert read("aCME-7", S).value == "aCME-7"


def test_that_each_terminated_code_is_a_scan_of_its_own() -> None:
    reading = read(f"{A}\r\nA-1\r\n{CHINESE}\r\n")

    assert (reading.action, reading.scans) == (Action.ACCEPT, 3)
    assert [one.value for one in reading.codes] == [A, "A-1", CHINESE]
    assert reading.value == f"{A} A-1 {CHINESE}"


def test_that_each_scan_has_its_own_encoding() -> None:
    reading = read(CHINESE.encode() + b"\r\n" + gb("银海") + b"\r\n")

    assert [(one.value, one.encoding) for one in reading.codes] == [
        (CHINESE, "utf-8"),
        ("银海", "gb18030"),
    ]
    assert reading.action is Action.NOTE


def test_that_two_codes_of_json_are_two_scans() -> None:
    assert read('{"a":1}\r\n{"a":2}\r\n').scans == 2


def test_that_the_whole_text_is_kept_beside_what_was_read_in_it() -> None:
    reading = read(f"414{GLN}\r")

    assert (reading.value, reading.text) == (GLN, f"414{GLN}")


def test_that_a_burst_longer_than_one_scan_may_be_is_read() -> None:
    reading = read("".join(f"{customer_code(n)}\r\n" for n in range(1, 1001)))

    assert (reading.action, reading.scans) == (Action.ACCEPT, 1000)


def test_that_one_bad_code_of_several_does_not_take_the_others() -> None:
    reading = read(f"{A}\rEDC004175E\r")

    assert (reading.action, reading.why) == (Action.NOTE, Why.SEVERAL_MIXED)
    assert [one.action for one in reading.codes] == [Action.ACCEPT, Action.REFUSE]


def test_that_several_codes_of_which_none_is_taken_are_not_taken() -> None:
    asked, refused = read(f"{A + B}\rEDC004175E\r"), read("EDC004175E\rEDX002P\r")

    assert (asked.action, asked.propose) == (Action.ASK, f"{A} {B}")
    assert (refused.action, refused.value, refused.propose) == (Action.REFUSE, None, None)


def test_that_the_same_code_twice_is_two_scans_and_a_remark() -> None:
    reading = read(f"{A}\r{A}\r")

    assert (reading.action, reading.value, reading.scans) == (Action.NOTE, A, 2)
    assert reading.why is Why.SEVERAL_SAME


def test_that_glued_codes_name_each() -> None:
    row = as_row(read(A + B))

    assert (row["scans"], row["choices"]) == (2, [A, B])


def test_that_the_elements_of_a_message_and_of_a_paper_are_given() -> None:
    message, paper = (
        as_row(read(f"]C1414{GLN}\x1d10ABC")),
        as_row(read(f"{NOTICE}|1.00|CNY|20261125")),
    )

    assert message["elements"] == [["414", GLN], ["10", "ABC"]]
    assert message["symbology"] == "]C1"
    assert paper["elements"] == [
        ["code", NOTICE], ["amount", "1.00"], ["currency", "CNY"], ["date", "20261125"],
    ]  # fmt: skip


@pytest.mark.parametrize("why", Why)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_every_reason_is_a_sentence_in_both_languages(why: Why, language: str) -> None:
    said = sentence(why, (), language=language)

    assert said
    assert said.isascii() or language == "zh" or "�" in said


@pytest.mark.parametrize("why", Why)
def test_that_a_stored_scan_is_never_said_to_be_lost(why: Why) -> None:
    zh, en = (sentence(why, (), language=one, is_kept=True) for one in ("zh", "en"))

    assert "没有记入" not in zh
    assert "nothing was taken" not in en.casefold()


def test_that_what_a_scan_holds_is_never_a_pattern_of_the_sentence() -> None:
    assert "{0}" in as_row(read("]E0{0}{value}"))["reason"].__str__()


def test_that_an_input_that_is_no_bytes_is_refused() -> None:
    assert refusal_row(Why.BAD_BASE64)["action"] == "refuse"


WORDS = (
    f"{A} ED ]C1 ]E0 ]Q3 01 {GTIN} 414 {GLN} 10 ABC {CHINESE} ? = | * é Ａ // [ <GS> (414) %2F "
    "https://id.gs1.org/ /01/ \\000026"
)
SIGNS = "\x1d\r\n\t\0\2\3\x1b\u200b\u202e\u00a0 "
PIECES = st.sampled_from([*map(str.encode, [*WORDS.split(), *SIGNS]), gb("小小"), b"\xe9"])
RAW = st.one_of(
    st.binary(max_size=80),
    st.text(max_size=40).map(str.encode),
    st.lists(PIECES, max_size=8).map(b"".join),
)
ENDS = frozenset("\r\n\t\0\2\3")


@settings(max_examples=300, deadline=None)
@given(RAW, st.sampled_from(Channel))
def test_that_any_bytes_are_read_without_an_error(raw: bytes, channel: Channel) -> None:
    reading = read_code(raw, channel=channel)
    row = as_row(reading)

    assert json.loads(json.dumps(row)) == row
    assert (reading.value is None) != reading.is_taken
    assert reading.propose is None or reading.action is Action.ASK


@settings(max_examples=300, deadline=None)
@given(RAW, st.sampled_from(Channel))
def test_that_what_is_accepted_stands_in_the_raw_text(raw: bytes, channel: Channel) -> None:
    reading = read_code(raw, channel=channel)

    for one in reading.codes or (reading,):
        if one.action is Action.ACCEPT:
            assert one.value is not None
            assert one.value in raw.decode("utf-8", "replace") or one.encoding == "gb18030"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=20), st.characters(categories=["Cc", "Cf", "Co"]), st.text(max_size=20))
def test_that_nothing_with_a_control_or_hidden_character_is_accepted(
    before: str, sign: str, after: str
) -> None:
    reading = read(f"{before}{sign}{after}")

    assert reading.action is not Action.ACCEPT or sign in ENDS | {"\x1d"}
    assert all(unicodedata.category(c) not in {"Cc", "Cf"} for c in reading.value or "")


@pytest.mark.slow
@pytest.mark.timeout(300)
@settings(max_examples=3_000, deadline=None)
@given(RAW, st.sampled_from(Channel))
def test_that_thousands_of_inputs_raise_nothing(raw: bytes, channel: Channel) -> None:
    assert read_code(raw, channel=channel).action in Action


@pytest.mark.nightly
@pytest.mark.timeout(1200)
@settings(max_examples=20_000, deadline=None)
@given(RAW, st.sampled_from(Channel))
def test_that_twenty_thousand_inputs_raise_nothing(raw: bytes, channel: Channel) -> None:
    assert read_code(raw, channel=channel).action in Action


def test_that_no_zero_is_lost() -> None:
    for text in ("0", "000", "00123", "0012-00", "00950600013435"):
        assert read(text).value == text or read(text).action is Action.ASK


def test_that_our_notices_are_read_by_their_own_code() -> None:
    assert read(f"{notice_code('202611', 214)}|1.00|CNY|2026-11-25").value == NOTICE
