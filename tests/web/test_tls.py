"""The server's own certificate: https that a browser would trust, renewed files, and files that are none."""

import shutil
import ssl
import subprocess
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError

from bot import outlets
from bot.errors import ConfigError
from bot.web.settings import ServerSettings
from bot.web.tls import Tls
from tests.newsroom import newsroom

if shutil.which("openssl") is None:
    pytest.skip("no openssl to make a certificate with", allow_module_level=True)


def made(folder: Path, name: str = "one") -> Tls:
    """A certificate for 127.0.0.1 that signs itself."""
    tls = Tls(certificate=folder / f"{name}.pem", key=folder / f"{name}.key")
    subject = ("-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1")
    files = ("-keyout", str(tls.key), "-out", str(tls.certificate))
    kind = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
    command = ["openssl", "req", "-x509", *kind, "-nodes", "-days", "2", *subject, *files]
    subprocess.run(command, check=True, capture_output=True)
    return tls


def locked(key: Path) -> None:
    """Put a passphrase on it."""
    command = ["openssl", "ec", "-in", str(key), "-aes256", "-passout", "pass:x", "-out", str(key)]
    subprocess.run(command, check=True, capture_output=True)


def settings(tls: Tls) -> ServerSettings:
    return ServerSettings(address="127.0.0.1:0", certificate=tls.certificate, key=tls.key)


async def test_it_speaks_https_by_itself_and_nothing_else(tmp_path: Path) -> None:
    tls = made(tmp_path)
    trust = ssl.create_default_context(cafile=str(tls.certificate))
    async with newsroom() as house, outlets.served(house.newsroom, settings(tls)) as port:
        async with httpx.AsyncClient(verify=trust) as client:
            answer = await client.get(f"https://127.0.0.1:{port}/healthz")
            assert answer.status_code == 200
            assert answer.headers["x-content-type-options"] == "nosniff"
        async with httpx.AsyncClient() as client:
            with pytest.raises(httpx.TransportError):
                await client.get(f"http://127.0.0.1:{port}/healthz")
        old = ssl.create_default_context(cafile=str(tls.certificate))
        with pytest.warns(DeprecationWarning, match="TLSv1_1"):
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        async with httpx.AsyncClient(verify=old) as client:
            with pytest.raises(httpx.ConnectError):
                await client.get(f"https://127.0.0.1:{port}/healthz")


def test_a_renewed_certificate_is_taken_up_once_and_half_of_one_is_not(tmp_path: Path) -> None:
    tls, new = made(tmp_path), made(tmp_path, "new")
    context = tls.context()
    assert not tls.renew(context)

    shutil.copy(new.certificate, tls.certificate)  # its key is not there yet
    with pytest.raises(ssl.SSLError):
        tls.renew(context)
    assert name_shown(context, tls) == "one"

    shutil.copy(new.key, tls.key)
    assert tls.renew(context)
    assert not tls.renew(context)
    assert name_shown(context, tls) == "new"


def name_shown(server: ssl.SSLContext, tls: Tls) -> str:
    """Whose certificate who connects now is shown, in memory."""
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.verify_mode = ssl.CERT_NONE
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(back, there)
    theirs = server.wrap_bio(there, back, server_side=True)
    for side in (ours, theirs, ours, theirs):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
    shown = ours.getpeercert(binary_form=True)
    assert shown is not None
    return "new" if b"new" in shown else "one"


@pytest.mark.parametrize("fault", ["no file", "no certificate", "another's key", "a passphrase"])
async def test_what_is_no_certificate_is_said_at_the_start(tmp_path: Path, fault: str) -> None:
    tls = made(tmp_path)
    if fault == "no file":
        tls.certificate.unlink()
    elif fault == "no certificate":
        tls.certificate.write_text("hello")
    elif fault == "another's key":
        shutil.copy(made(tmp_path, "other").key, tls.key)
    else:
        locked(tls.key)
    async with newsroom() as house:
        with pytest.raises(ConfigError, match=r"server\.certificate"):
            async with outlets.served(house.newsroom, settings(tls)):
                pass


def test_a_certificate_without_its_key_is_none(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        ServerSettings(address="127.0.0.1:0", certificate=tmp_path / "a")
    with pytest.raises(ValidationError):
        ServerSettings(address="127.0.0.1:0", key=tmp_path / "a")
