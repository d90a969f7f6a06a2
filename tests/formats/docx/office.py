"""LibreOffice as somebody who opens our files and saves them again."""

import io
import re
import shutil
import subprocess
import zipfile

import pytest

SOFFICE = shutil.which("soffice")
MARKS = re.compile(rb"<w:bookmark(?:Start|End)\b[^>]*/>")


def needed():
    """Skip, and say so, where there is no LibreOffice."""
    if SOFFICE is None:
        pytest.skip("NO LIBREOFFICE: install it to send files through it and back")


def saved_again(files, folder):
    """Files (bytes by name) as LibreOffice writes them after opening them."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, data in files.items():
        path = folder / f"{name}.docx"
        path.write_bytes(data)
        paths.append(str(path))
    out = folder / "saved"
    subprocess.run(
        [
            SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), *paths,
        ],
        capture_output=True, check=True, timeout=300,
    )  # fmt: skip
    return {name: (out / f"{name}.docx").read_bytes() for name in files}


def without_bookmarks(data):
    """The file with every anchor of ours gone."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as was, zipfile.ZipFile(out, "w") as is_now:
        for name in was.namelist():
            content = was.read(name)
            if name == "word/document.xml":
                content = MARKS.sub(b"", content)
            if not name.startswith("customXml/item"):
                is_now.writestr(name, content)
    return out.getvalue()
