# Debian's own Python, so that what the image holds is what Debian keeps up to date.
FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY requirements.txt ./
RUN python3 -m venv /opt/sundown \
 && /opt/sundown/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY . .
RUN /opt/sundown/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /opt/sundown/bin/pip uninstall --yes editables hatchling pathspec pluggy trove-classifiers pip \
 && /opt/sundown/bin/python -m compileall -q /opt/sundown/lib

FROM debian:trixie-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client python3 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin sundown \
 && install --directory --owner sundown --group sundown --mode 0700 /data
COPY --from=build /opt/sundown /opt/sundown
ENV PATH=/opt/sundown/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENV PYTHONDONTWRITEBYTECODE=1
ENV SUNDOWN_DATA_DIR=/data
ENV SUNDOWN_HOST=0.0.0.0
ENV SUNDOWN_PORT=8600
USER sundown
VOLUME /data
EXPOSE 8600
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD python -c "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['SUNDOWN_PORT'] + '/readyz', timeout=4)"
ENTRYPOINT ["sundown"]
CMD ["serve"]
