"""LibreOffice as somebody who opens our files and saves them again."""

import io
import os
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


def settled_all(data, folder, *, accept):
    """The file after somebody took, or left, every tracked change in LibreOffice.

    The person is a script of its own Python; where that one can't reach it, the test is skipped.
    """
    python = shutil.which("python3", path="/usr/bin")
    if python is None or subprocess.run([python, "-c", "import uno"], check=False).returncode:
        pytest.skip("NO PYTHON FOR LIBREOFFICE: install python3-uno to work in it by script")
    try:
        return _settled_all(python, data, folder, accept=accept)
    except subprocess.CalledProcessError:  # now and then it falls over itself as it starts
        again = folder / "again"
        again.mkdir()
        return _settled_all(python, data, again, accept=accept)


def _settled_all(python, data, folder, *, accept):
    path, out = folder / "copy.docx", folder / "settled.docx"
    path.write_bytes(data)
    command = "AcceptAllTrackedChanges" if accept else "RejectAllTrackedChanges"
    pipe = f"settling{os.getpid()}{'a' if accept else 'r'}{folder.name}"
    server = subprocess.Popen(
        [
            SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--norestore", f"--accept=pipe,name={pipe};urp",
        ]
    )  # fmt: skip
    try:
        subprocess.run(
            [python, "-c", _PERSON, pipe, path.as_uri(), out.as_uri(), command],
            check=True, timeout=120,
        )  # fmt: skip
    finally:
        server.kill()
        server.wait()
    return out.read_bytes()


_PERSON = """
import sys, time, uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

pipe, source, target, command = sys.argv[1:]
here = uno.getComponentContext()
resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
for attempt in range(300):
    try:
        there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except NoConnectException:
        time.sleep(0.2)
service = there.ServiceManager.createInstanceWithContext
desktop = service("com.sun.star.frame.Desktop", there)
hidden = PropertyValue("Hidden", 0, True, 0)
held = desktop.loadComponentFromURL(source, "_blank", 0, (hidden,))
held.setPropertyValue("RedlineProtectionKey", uno.ByteSequence(b""))
dispatcher = service("com.sun.star.frame.DispatchHelper", there)
frame = held.CurrentController.Frame
dispatcher.executeDispatch(frame, f".uno:{command}", "", 0, ())
kind = PropertyValue("FilterName", 0, "MS Word 2007 XML", 0)
held.storeToURL(target, (kind,))
held.close(True)
"""


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
