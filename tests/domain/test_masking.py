import pytest

from desktop.domain.masking import mask_address, mask_name, mask_phone, mask_text


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张伟", "张**"),
        ("欧阳娜娜", "欧阳*"),
        ("买买提·吐尔逊", "买**"),
        ("李", "*"),
        ("", ""),
        (" 王 芳 ", "王**"),
    ],
)
def test_that_a_name_keeps_its_surname_only(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.fault(75)
@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("+86 138 1234 5678", "138****5678"),
        ("１３８１２３４５６７８", "138****5678"),
        ("021-58881234", "021****34"),
        ("110", "****"),
        ("", ""),
    ],
)
def test_that_a_phone_is_masked_however_it_is_written(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("请回电13812345678，谢谢", "请回电138****5678，谢谢"),
        ("身份证310115199001011234。", "身份证310***********1234。"),
        ("身份证31011519900101123x", "身份证310***********123x"),
        ("车牌沪A12345违停", "车牌沪A·***45违停"),
        ("积水 27 cm，3 号门", "积水 27 cm，3 号门"),
        ("没有数字", "没有数字"),
    ],
)
def test_that_free_text_loses_persons_and_keeps_the_matter(text: str, masked: str) -> None:
    assert mask_text(text) == masked


def test_that_an_address_is_cut_to_street_level() -> None:
    assert mask_address("灵岩南路 568 号 3 幢 201 室") == "灵岩南路***"
