"""The effects of a reversal, each as one sentence."""

from erpdesk.words.sentence import Sentence as S

EFFECTS = {
    "red_line": S("红字 {about} {money}", "red line {about} {money}"),
    "item_closed": S("未清项 {about} 关闭 {money}", "item {about} is closed {money}"),
    "link_undone": S("核销 {about} 取消 {money}", "allocation {about} is undone {money}"),
    "undo_first": S("先反核销 {about} {money}", "undo {about} first {money}"),
    "item_open_again": S("未清项 {about} 重新打开 {money}", "item {about} is open again {money}"),
    "delivery_free": S("出库单 {about} 可再用 {money}", "delivery {about} is free again {money}"),
    "notice_outdated": S("通知书 {about} 的数字会变", "the figures of notice {about} change"),
    "origin_stays": S("原单 {about} 不改不删", "{about} itself stays as it is"),
    "evidence_stays": S("证据 {about} 保留", "evidence {about} stays"),
    "notice_stays": S("已发出的通知书 {about} 保留", "notice {about}, sent already, stays"),
}
