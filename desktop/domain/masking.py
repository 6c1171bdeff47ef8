"""Masking of persons (脱敏): what a list, a detail, a tooltip or a log may show of somebody.

Rules of the hall: 张**, 138****5678, 110***********1234, addresses to street level, 京A·***12.
Full-width digits count as digits: they reach the hall from hotline forms.
"""

import re
import unicodedata

from desktop.domain.plaintext import plain

_COMPOUND_SURNAMES = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐"}
    | {"宇文", "长孙", "司徒", "夏侯", "轩辕", "端木", "南宫", "独孤", "申屠", "太史"}
)
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[\s-]?)?(1[3-9]\d)[\s-]?(\d{4})[\s-]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[\s-]?(\d{5,6})(\d{2})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)(\d{3})\d{11}(\d{3}[\dXx])(?![\dXx])")
_PLATE = re.compile(
    r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z])[·\s]?[A-Z0-9]{3,4}([A-Z0-9]{2})"
)
_HOUSE_NUMBER = re.compile(r"\d+(?=\s*(?:号(?!线|泵|机|门|口|厅|杆)|弄|幢|栋|室|单元))")
_HOUSE = re.compile(r"(?<=[路街道巷弄村苑园城])\s*\d+\s*[号弄幢栋室][^，,。；;]*")


def mask_name(name: str) -> str:
    """Keep the surname: 张伟 → 张**, 欧阳娜 → 欧阳*, 买买提·吐尔逊 → 买**, a single character → *."""
    name = plain(name).strip()
    if not name:
        return ""
    if len(name) == 1:
        return "*"
    if name[:2] in _COMPOUND_SURNAMES and len(name) > 2:
        return name[:2] + "*"
    return name[0] + "**"


def mask_phone(phone: str) -> str:
    """138****5678; a landline keeps its area code and last two digits; anything else shows nothing."""
    folded = unicodedata.normalize("NFKC", plain(phone)).strip()
    if not folded:
        return ""
    masked = _LANDLINE.sub(r"\1****\3", _MOBILE.sub(r"\1****\3", folded))
    return masked if masked != folded else "****"


def mask_address(address: str) -> str:
    """Cut an address to street level: 灵岩南路568号3幢 → 灵岩南路***."""
    return _HOUSE.sub("***", address)


def mask_house_numbers(text: str) -> str:
    """Take the numbers of houses, lanes and rooms out of free text: 东明小区 17 号 3 室 → 东明小区 *** 号 *** 室."""
    return _HOUSE_NUMBER.sub("***", text)


def mask_text(text: str) -> str:
    """Mask identity numbers, phones and plates inside free text; everything else stays as it is read.

    Unseen characters go first: one inside a number would hide it from the masks, and from no reader.
    """
    text = plain(text)
    if not any(character.isdigit() for character in text):
        return text
    folded = "".join(unicodedata.normalize("NFKC", c) if c.isdigit() else c for c in text)
    folded = _IDENTITY.sub(r"\g<1>***********\2", folded)
    folded = _MOBILE.sub(r"\1****\3", folded)
    folded = _LANDLINE.sub(r"\1****\3", folded)
    return _PLATE.sub(r"\1·***\2", folded)
