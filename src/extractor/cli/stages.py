"""Where a document stopped, in the words of the Chinese reader; the English sentences tell it themselves."""

from __future__ import annotations

STAGES = {
    "open": "打不开",
    "recognise": "认不出格式",
    "unpack": "无法解包",
    "decode": "不是文本",
    "read": "读不出文字",
    "ocr": "无法识别图像",
    "extract": "提取出错",
    "time": "超时",
    "memory": "内存不足",
    "crash": "进程崩溃",
}
