"""What the scanner doctor says: its steps, panels and checks."""

from typing import Final

from erpdesk.words import Sentence

S = Sentence
TITLE = S("扫码枪体检", "Scanner doctor")
HEAD = S("全程不记账、不入盘点；测出的结果存为这把枪的档案", "Nothing is booked and nothing counts")
OTHER_GUN, LEAVE = S("换一把枪", "Another scanner"), S("退出体检", "Leave")
KEYBOARD, LINE, UNKNOWN_GUN = (
    S("键盘口", "Keyboard scanner"),
    S("串口", "Serial scanner"),
    S("等第一个码", "Waiting"),
)
STEPS: Final = (
    S("认出设备", "Device"),
    S("速度", "Speed"),
    S("字符与布局", "Characters and layout"),
    S("结束符", "Ending"),
    S("前缀与码制", "Prefix, symbology"),
    S("输入法", "Input method"),
    S("声音与大字", "Sound, large letters"),
)
ABOUT: Final = (
    S("键盘口还是串口", "Keyboard or serial"),
    S("两键之间多久", "Time between two keys"),
    S("大小写和符号", "Case and signs"),
    S("回车、Tab、换行或无", "Enter, Tab or none"),
    S("AIM 前缀、GS 是否保留", "AIM prefix, GS kept"),
    S("中文状态下再扫一次", "Scan in Chinese mode"),
    S("站远 2 米能否看清、听清", "Seen and heard from 2 m"),
)
DONE = S("通过", "Passed")
IS_WRONG = S("{n} 个字符不同", "{n} characters differ")
PACE = S("平均 {median} ms，最慢 {longest} ms", "median {median} ms, slowest {longest} ms")
MARK_ON = S("有前缀 {mark}，保留", "prefix {mark}, kept")
MARK_OFF = S("没有前缀，GS 保留", "no prefix, GS kept")
ENDS: Final = {
    "enter": S("回车", "Enter"),
    "tab": S("Tab", "Tab"),
    "none": S("无，靠停顿", "none: a pause"),
}
AIM = S("对准下面的码扫一次", "Scan this code once")
OF_ALL = S("第 {n} 张，共 {all} 张", "Card {n} of {all}")
IN_CHINESE = S("切到中文输入法，再扫这个码", "Switch to a Chinese input method, then scan")
NO_SCREEN = S("没有屏幕可扫？", "No screen to scan?")
CARD_WHAT = S("打印测试卡，A4 一页七码", "Print the card: one page, seven codes")
CARD = S("打印测试卡", "Print the card")
CARD_AT = S("测试卡在 {path}", "The card is at {path}")
SERIAL_LINE, NO_PORT = S("串口", "Serial port"), S("不用", "None")
SPEED_BAUD = S("速率", "Speed")
RAW, COPY = S("原始按键", "Raw keys"), S("复制", "Copy")
COPIED = S("原始按键已复制", "The raw keys were copied")
AT, SIGN, GAP, CODE = S("时刻", "At"), S("字符", "Sign"), S("间隔", "Gap"), S("键位", "Key")
GAPS = S("字符间隔（{n} 个）", "Gaps between keys ({n})")
GAPS_NAME = S("字符间隔", "Gaps between keys")
GAPS_SAY = S("中位 {median} ms·最大 {longest} ms", "median {median} ms·longest {longest} ms")
LINE_AT = S("判定线 {ms} ms（自动）", "line {ms} ms (automatic)")
FINGERS = S("人手打字", "fingers type")
PROFILE = S("将写入的设备档案", "Profile that will be kept")
PROFILE_LINE, PROFILE_LENGTH = S("判定线", "Line"), S("最短码长", "Shortest code")
PROFILE_LAYOUT, PROFILE_ENDING = S("键盘布局", "Layout"), S("结束符", "Ending")
TO_TEST, TO_DECIDE, AS_SENT = S("待测", "to test"), S("待定", "to decide"), S("不换算", "as sent")
KEEP = S("存为档案并使用", "Keep and use")
KEPT = S("已存为档案，从现在起按它认扫码", "Kept: scans are judged by it from now on")
NOT_KEYED = S("还没有键盘口的扫码，没有可存的", "No keyboard scan came yet: nothing to keep")
MIXED = S("两把枪都在发码，请拔下一把再测", "Two scanners are sending: unplug one")
NOTHING = S("什么都没收到？", "Nothing arrives?")
CHECK_FOCUS, CHECK_IME = S("窗口在最前面", "This window is in front"), S("输入法", "Input method")
CHECK_CABLE, CHECK_RIGHTS = S("枪和线", "Scanner and cable"), S("串口权限", "Right to the port")
FOCUS_YES, FOCUS_NO = S("在", "yes"), S("不在：点一下这个窗口", "no: click into this window")
IME_CHINESE = S("正用中文：切到英文再扫", "Chinese is on: switch to English")
IME_PLAIN = S("没有挡住按键", "does not take the keys")
CABLE_KEYS = S("收到过按键，线是通的", "keys came: the cable is good")
CABLE_PORTS = S("看得到串口 {ports}", "serial ports seen: {ports}")
CABLE_NONE = S("枪灯亮吗？换个 USB 口", "Is it lit? Try another USB port")
RIGHTS_YES, RIGHTS_NO = (
    S("可以打开", "may be opened"),
    S("打不开 {ports}：请管理员给权限", "{ports} may not be opened: ask the admin"),
)
RIGHTS_NONE = S("没有串口，用不着", "no serial port: not needed")
WAITING = S("还没有扫码", "No scan yet")
WAITING_WHAT = S(
    "用要体检的枪扫上面的码；扫对了自动到下一张",
    "Scan the code above; when it fits, the next one follows",
)
PRINTED, CAME = S("应为", "Printed"), S("收到", "Came")
DIFFERENT = S("{n} / {all} 字符不同", "{n} of {all} differ")
SAME_ALL = S("{all} 个字符都相同", "all {all} the same")
ALL_DONE = S("七步都通过了", "All seven passed")
ALL_DONE_WHAT = S("按 Ctrl+S 存为档案，换一把枪再测", "Ctrl+S keeps the profile")
FIRST, SECOND = S("第一种办法", "First remedy"), S("第二种办法", "Second remedy")
