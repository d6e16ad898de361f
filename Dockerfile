FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
RUN useradd --system --uid 10001 --home /data bot && mkdir /data && chown bot /data
COPY --from=build /venv /venv
WORKDIR /app
COPY LICENSE ./
COPY knowledge knowledge
COPY broadcasts broadcasts
COPY bot bot
# The program may not write here, so it is compiled now and not at every start.
RUN python -m compileall -q .
USER bot
VOLUME /data
EXPOSE 8080
# Not urllib: it would ask a proxy that the engine set for the container.
HEALTHCHECK --interval=10s --timeout=5s --start-period=180s CMD ["python", "-c", "\
import http.client, os; \
line = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); \
line.request('GET', '/readyz'); \
raise SystemExit(line.getresponse().status != 200)"]
CMD ["python", "-m", "bot", "serve"]
