# Monadi in a container: small, not root, nothing written but /data and /tmp. `docker build -t monadi .`
# docs/install.md says how it is run; compose.yaml runs it.

FROM python:3.13-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never
WORKDIR /opt/monadi
COPY requirements-uv.lock requirements.lock ./
# As ./run does: each package by version and hash. No installer is left in what runs.
RUN python -m venv /opt/uv \
    && /opt/uv/bin/pip install --quiet --require-hashes --only-binary :all: --requirement requirements-uv.lock \
    && python -m venv --without-pip .venv \
    && /opt/uv/bin/uv pip sync --python .venv/bin/python --quiet --require-hashes --compile-bytecode requirements.lock
COPY bot bot
COPY handlers handlers
COPY storage storage
COPY LICENSE NOTICE config.example.toml ./
COPY deploy/monadi .venv/bin/monadi
RUN chmod 0755 .venv/bin/monadi \
    && echo /opt/monadi > "$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/monadi.pth" \
    && .venv/bin/python -m compileall -q bot handlers storage

FROM python:3.13-slim-trixie AS monadi
RUN groupadd --gid 10001 monadi \
    && useradd --uid 10001 --gid monadi --home-dir /data --no-create-home --shell /usr/sbin/nologin monadi \
    && install --directory --owner monadi --group monadi --mode 0700 /data
COPY --from=build /opt/monadi /opt/monadi
# The server answers inside the container alone, for the health check; compose.yaml opens it to Caddy.
ENV PATH=/opt/monadi/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    MONADI_DATABASE=sqlite:////data/monadi.db \
    MONADI_SERVER__ADDRESS=127.0.0.1:8090
WORKDIR /data
VOLUME /data
USER 10001:10001
STOPSIGNAL SIGTERM
# A copy that waits for another's end is well: it lives, so /healthz and not /readyz.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8090/healthz', timeout=4)"]
ENTRYPOINT ["monadi"]
CMD ["run"]

# With PostgreSQL's own pg_dump, which `monadi backup` of such a database needs.
FROM monadi AS monadi-postgres
USER root
RUN apt-get update -qq \
    && apt-get install -qq -y --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*
USER 10001:10001
