"""What the scanner doctor finds, each with its cause, and what mends it, as it is said."""

from typing import Final

from erpdesk.domain.codes.scanner_check import Finding, Remedy
from erpdesk.words import Sentence
from ui.look import Tone

S = Sentence
FOUND: Final[dict[Finding, tuple[Tone, Sentence, Sentence]]] = {
    Finding.FITS: (
        "ok",
        S("通过", "Passed"),
        S("收到的和印的一样", "What came is what is printed"),
    ),
    Finding.MARKED: (
        "ok",
        S("通过，枪带 AIM 前缀 {mark}", "Passed; the scanner sends the AIM prefix {mark}"),
        S("前缀让程序认得码制，保留即可", "It tells the symbology: leave it on"),
    ),
    Finding.CONVERTED: (
        "ok",
        S("由程序换算后通过", "Passed once converted"),
        S("只在这台电脑上有效；换电脑要再体检", "Holds on this computer alone"),
    ),
    Finding.ACCEPTED: (
        "ok",
        S("按现状使用", "Left as it is"),
        S("这一项没有改，其余照测", "This was not mended; the rest goes on"),
    ),
    Finding.OTHER_TEST: (
        "attention",
        S("扫到的是另一张测试卡", "Another card was scanned"),
        S("用手遮住旁边的码", "Cover the codes beside it"),
    ),
    Finding.CAPS: (
        "attention",
        S("大小写反了", "Upper and lower case are turned"),
        S("Caps Lock 亮着，或枪设了大小写转换", "Caps Lock is on, or the scanner turns the case"),
    ),
    Finding.SHIFT_LOST: (
        "attention",
        S("Shift 丢了", "Shift was lost"),
        S(
            "枪发得太快或没发 Shift：大写和符号会变样",
            "Too fast, or no Shift is sent: capitals and signs change",
        ),
    ),
    Finding.COMPUTER_LAYOUT: (
        "attention",
        S(
            "电脑是 {layout} 键盘，枪按美式发码",
            "The computer has {layout}, the scanner types American",
        ),
        S(
            "符号和部分字母会变样，带它们的客户编码会成「账外」",
            "Signs and some letters change; codes with them belong to nobody",
        ),
    ),
    Finding.SCANNER_LAYOUT: (
        "attention",
        S(
            "枪按 {layout} 键盘发码，电脑是美式键盘",
            "The scanner types for {layout}, the computer is American",
        ),
        S(
            "符号和部分字母会变样，带它们的客户编码会成「账外」",
            "Signs and some letters change; codes with them belong to nobody",
        ),
    ),
    Finding.WIDE: (
        "attention",
        S("变成了全角字符", "Full-width characters came"),
        S("输入法在全角状态", "The input method writes full width"),
    ),
    Finding.GS_LOST: (
        "attention",
        S("分隔符 GS 没有发过来", "The separator GS did not come"),
        S(
            "GS1 码的各段会连在一起；只用自己的码可以不管",
            "Parts of GS1 codes run together; own codes do not need it",
        ),
    ),
    Finding.DOUBLED: (
        "attention",
        S("每个字符来了两次", "Every character came twice"),
        S("按键重复，或两个驱动都在收", "Keys repeat, or two drivers listen"),
    ),
    Finding.HEAD_CUT: (
        "attention",
        S("开头丢了字符", "The beginning was lost"),
        S(
            "电脑跟不上第一个键；枪要在开头等一下",
            "The first keys came too early; let the scanner wait",
        ),
    ),
    Finding.TAIL_CUT: (
        "attention",
        S("结尾丢了字符", "The end was lost"),
        S("发得太快，或程序太忙", "Too fast, or the computer was busy"),
    ),
    Finding.AROUND: (
        "attention",
        S("前后多了字符", "There is more around the code"),
        S("枪设了前缀或后缀", "The scanner adds a prefix or suffix"),
    ),
    Finding.NO_TEST: (
        "attention",
        S("这不是测试码", "This is no test code"),
        S("什么都没存；请扫屏幕或测试卡上的码", "Nothing was stored; scan a code of the card"),
    ),
    Finding.OTHER: (
        "attention",
        S("收到的和印的不一样", "What came is not what is printed"),
        S(
            "没有一种布局能解释：可能丢键或读错",
            "No layout explains it: keys were lost, or it was misread",
        ),
    ),
    Finding.NO_ENDING: (
        "attention",
        S("码后面没有结束符", "Nothing ends the code"),
        S(
            "程序要等停顿才知道扫完了，连扫会粘在一起",
            "Only a pause ends it; quick scans stick together",
        ),
    ),
    Finding.SLOW: (
        "attention",
        S("发得和人打字一样慢", "It types as slowly as fingers"),
        S(
            "最慢 {longest} ms，分不清是扫码还是打字",
            "Slowest {longest} ms: scans and typing look alike",
        ),
    ),
    Finding.COMPOSED: (
        "attention",
        S("输入法吃掉了扫码", "An input method took the scan"),
        S(
            "中文状态下扫码会变成字；串口不受影响",
            "In Chinese mode a scan becomes words; a serial line does not",
        ),
    ),
}
VERBS: Final[dict[Remedy, Sentence]] = {
    Remedy.SET_GUN: S("让枪改设置（扫设置码）", "Set the scanner"),
    Remedy.CONVERT: S("由程序换算", "Convert here"),
    Remedy.SERIAL: S("改用串口", "Use serial"),
    Remedy.CAPS_OFF: S("关掉 Caps Lock 再扫", "Caps Lock off"),
    Remedy.ENGLISH: S("切到英文再扫", "Switch to English"),
    Remedy.AGAIN: S("再扫一次", "Scan again"),
    Remedy.GO_ON: S("就这样用", "Leave it so"),
}
WHY_FIRST: Final[dict[Remedy, Sentence]] = {
    Remedy.SET_GUN: S("推荐第一种：枪到别的电脑也对", "The first holds on every computer"),
    Remedy.CAPS_OFF: S("推荐第一种：马上就好", "The first helps at once"),
    Remedy.ENGLISH: S("推荐第一种：马上就好", "The first helps at once"),
    Remedy.AGAIN: S("", ""),
}
HOW: Final[dict[Remedy, Sentence]] = {
    Remedy.SET_GUN: S(
        "翻枪的说明书，扫它的设置码：键盘国家 = 美国、大小写 = 不转换、后缀 = 回车、"
        "字符间延时 = 0；然后再扫上面的码。",
        "In the scanner's manual scan: keyboard country = USA, case = as is, suffix = Enter, "
        "delay between characters = 0. Then scan the code above again.",
    ),
    Remedy.SERIAL: S(
        "在说明书里扫USB 串口（CDC），再在左下选串口；串口没有键盘布局，也不怕输入法。",
        "Scan USB serial (CDC) in the manual, then choose the port at the lower left; "
        "a serial line has no layout.",
    ),
    Remedy.CAPS_OFF: S(
        "按一下键盘上的 Caps Lock，灯灭了再扫。",
        "Press Caps Lock until its light is off, then scan.",
    ),
    Remedy.ENGLISH: S("切到英文半角，再扫上面的码。", "Switch to English, half width, then scan."),
    Remedy.AGAIN: S("对准屏幕上的码，再扫一次。", "Aim at the code on the screen and scan again."),
}
