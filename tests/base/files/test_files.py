"""Files come in checked and clean, lie sealed, and go out as attachments (K28)."""

import io

import pytest
from PIL import Image

from yimen.base.files import desk, kinds, vault
from yimen.base.files.models import StoredFile
from yimen.base.record.verify import verify


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.YIMEN_FILES_DIR = tmp_path / "files"


@pytest.fixture
def take(db):
    def store(content: bytes, **changes) -> StoredFile:
        fields = {
            "name": "照片.jpg",
            "document_class": "visit_photo",
            "subject_kind": "application",
            "subject_ref": "bcdfghjkmnpq",
            "staff_id": 1,
            "staff_name": "李",
            "account_id": 1,
            "office_code": "990101001",
        }
        return desk.store(content, **(fields | changes))

    return store


def photo(size=(64, 32), kind="JPEG", orientation=6, **options) -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = orientation, "SECRET PLACE"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, exif=exif, **options)
    return out.getvalue()


def test_a_photograph_is_turned_upright_and_loses_what_the_camera_wrote(take):
    given = photo()
    assert b"SECRET PLACE" in given
    file = take(given + b"<script>hidden behind the picture</script>")
    kept = desk.read(file)
    picture = Image.open(io.BytesIO(kept))
    assert picture.size == (32, 64) and not picture.getexif()
    assert b"SECRET" not in kept and b"script" not in kept and file.size == len(kept)


def test_a_png_keeps_its_transparency_and_loses_its_words(take):
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0")
    file = take(out.getvalue(), name="图章.jpg")
    assert (file.kind, file.name) == ("png", "图章.jpg.png")
    assert Image.open(io.BytesIO(desk.read(file))).mode == "RGBA"


def test_the_content_lies_sealed_under_our_own_name(take):
    file = take(b"%PDF-1.7 the secret", name="../../etc/passwd.pdf")
    path = vault.path_of(file.ref)
    assert file.name == "passwd.pdf" and path.name == f"{file.ref}.sealed"
    assert b"secret" not in path.read_bytes() and path.stat().st_mode & 0o077 == 0
    assert desk.read(file) == b"%PDF-1.7 the secret" and desk.find(file.ref) == file


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的"),
        (b"<svg xmlns='x' onload='alert(1)'/>", "不认识"),
        (b"MZ\x90\x00", "不认识"),
        (b"PK\x03\x04 a plain archive", "不认识"),
        (b"PK\x03\x04 [Content_Types].xml", "已损坏"),
        (b"\xff\xd8\xff\xe0 not a picture", "读不出来"),
        (b"%PDF-" + b"0" * (20 * kinds.MIB), "最大 20 MB"),
        (b"\xff\xd8\xff" + b"0" * (12 * kinds.MIB), "有 13 MB，JPG 图片最大 12 MB"),
    ],
)
def test_what_is_not_taken_is_said_in_a_sentence(take, content, sentence):
    with pytest.raises(desk.BadFile, match=sentence):
        take(content)
    assert StoredFile.objects.count() == 0


def test_a_form_may_narrow_the_kinds(take):
    with pytest.raises(desk.BadFile, match="这里只收JPG 图片、PNG 图片"):
        take(b"%PDF-1.7", allowed=kinds.PICTURES)


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(take):
    with pytest.raises(desk.BadFile, match="过大"):
        take(photo((9000, 9000), "PNG", compress_level=1))


def test_a_large_photograph_is_made_smaller(take):
    file = take(photo((6000, 4000), orientation=1))
    assert Image.open(io.BytesIO(desk.read(file))).size == (3600, 2400)


def test_a_file_goes_out_as_an_attachment_only(take):
    answer = desk.response(take(b"%PDF-1.7", name="证明 “甲”.pdf"))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"] == "application/pdf" and answer.content == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\照片\\a.JPG", "a.jpg"),
        ("x\x00\u202egpj.exe", "xgpj.exe.jpg"),
        ("", "未命名.jpg"),
        ("...", "未命名.jpg"),
        ("长" * 300 + ".jpeg", "长" * 100 + ".jpg"),
    ],
)
def test_names_are_cleaned(given, kept):
    assert kinds.clean_name(given, "jpeg") == kept


def test_a_picture_used_again_for_another_household_is_found(take):
    first = take(photo())
    take(photo())
    again = take(photo(), subject_ref="other0000000")
    assert list(desk.same_picture_elsewhere(first)) == [again]
    assert desk.files_of("application", "bcdfghjkmnpq").count() == 2


def test_verify_finds_a_changed_and_a_missing_content(take):
    changed, missing, swapped = take(b"%PDF-1"), take(b"%PDF-2"), take(b"%PDF-3")
    assert verify().ok
    path = vault.path_of(changed.ref)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    vault.path_of(missing.ref).unlink()
    vault.keep(swapped.ref, b"%PDF-other")
    sentences = [finding.sentence for finding in verify().findings]
    assert len(sentences) == 3
    assert "被改动，无法打开" in sentences[0] and "不见了" in sentences[1] and "摘要不符" in sentences[2]
