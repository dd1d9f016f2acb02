# The constraint file pins every version, those that build the package included.
FROM python:3.13-slim AS build
ENV PIP_CONSTRAINT=/src/requirements.lock PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY . .
RUN python -m venv /weaver && /weaver/bin/pip install .

FROM python:3.13-slim
# Debian keeps only the newest ca-certificates, so its version cannot be pinned.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 weaver
COPY --from=build /weaver /weaver
ENV PATH=/weaver/bin:$PATH PYTHONUNBUFFERED=1 WEAVER_HOST=0.0.0.0 WEAVER_PORT=3978
USER 10001
WORKDIR /home/weaver
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"WEAVER_PORT\"]}/healthz', timeout=4)"]
CMD ["python", "-m", "bot", "run"]
