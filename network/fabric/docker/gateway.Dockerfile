# The gateway of one organisation. Build it from the root of the source tree.
# Packages are installed, and sources built, on the machine that builds: what of them is native, npm has ready for every processor.
FROM --platform=$BUILDPLATFORM node:20-slim AS manifests
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY scripts/no-telemetry scripts/no-telemetry
COPY chaincode/package.json chaincode/
COPY gateway/package.json gateway/
COPY gateway/console/package.json gateway/console/
COPY clients/typescript/package.json clients/typescript/

FROM manifests AS runtime
ARG TARGETARCH
RUN npm ci --omit=dev --ignore-scripts --os=linux --cpu=$(echo $TARGETARCH | sed s/amd64/x64/) --workspace @pledgeonce/chaincode --workspace @pledgeonce/gateway

# Traces are an option: --build-arg TRACES=yes puts the packages of OpenTelemetry in, as the lock file has them.
FROM manifests AS traces
ARG TRACES=
RUN if [ -n "$TRACES" ]; then npm ci --ignore-scripts --workspace @pledgeonce/chaincode; fi && mkdir -p node_modules/@opentelemetry

FROM manifests AS build
RUN npm ci --omit=dev --ignore-scripts
COPY . .
RUN node scripts/setup/build-for-image.mjs chaincode gateway

FROM node:20-slim
ENV NODE_ENV=production PLEDGEONCE_CONFIG=/etc/pledgeonce/gateway.json
WORKDIR /src
COPY --from=runtime /src/node_modules node_modules
COPY --from=traces /src/node_modules/@opentelemetry node_modules/@opentelemetry
COPY --from=build /src/image .
USER node
# It writes into the state folder of its configuration and nowhere else: run it with a read-only root.
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s CMD ["node", "gateway/dist/health-check.js"]
ENTRYPOINT ["node", "gateway/dist/bundled/main.js"]
CMD ["--config", "/etc/pledgeonce/gateway.json"]
