# The web pages. What is built on the machine that builds says so; BuildKit knows which that is.
FROM --platform=${BUILDPLATFORM:-linux/amd64} node:22-bookworm-slim AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY web ./
RUN npm run build

# The one binary, which holds them, for the processor that the image is for.
FROM --platform=${BUILDPLATFORM:-linux/amd64} golang:1.26-bookworm AS server
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=web /src/web/dist web/dist
ARG VERSION=
ARG TARGETOS
ARG TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build $(cat build.flags) -ldflags "-s -w -X main.version=${VERSION}" -o /clinicql .

# The same with Postgres's own programs beside it, for backups: docker compose run --rm tools backup /backups/monday
FROM postgres:17 AS tools
COPY --from=server /clinicql /usr/local/bin/clinicql
ENTRYPOINT ["clinicql"]
CMD ["--help"]

# No shell, no package manager, nobody's root.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=server /clinicql /clinicql
ENV CLINICQL_LISTEN=:8080
EXPOSE 8080
USER 65532:65532
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=3 CMD ["/clinicql", "healthcheck"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/clinicql"]
CMD ["serve"]
