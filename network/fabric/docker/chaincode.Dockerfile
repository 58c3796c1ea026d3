# The chaincode of the consortium as a service. Build it from the root of the source tree.
# Packages are installed, and sources built, on the machine that builds: what of them is native, npm has ready for every processor.
FROM --platform=$BUILDPLATFORM node:20-slim AS manifests
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY scripts/no-telemetry scripts/no-telemetry
COPY chaincode/package.json chaincode/

FROM manifests AS runtime
ARG TARGETARCH
RUN npm ci --omit=dev --ignore-scripts --os=linux --cpu=$(echo $TARGETARCH | sed s/amd64/x64/) --workspace @pledgeonce/chaincode

# Traces are an option: --build-arg TRACES=yes puts the packages of OpenTelemetry in, as the lock file has them.
FROM manifests AS traces
ARG TRACES=
RUN if [ -n "$TRACES" ]; then npm ci --ignore-scripts --workspace @pledgeonce/chaincode; fi && mkdir -p node_modules/@opentelemetry

FROM manifests AS build
RUN npm ci --omit=dev --ignore-scripts
COPY . .
RUN node scripts/setup/build-for-image.mjs chaincode

FROM node:20-slim
ENV NODE_ENV=production
COPY --from=runtime /src/node_modules /src/node_modules
COPY --from=traces /src/node_modules/@opentelemetry /src/node_modules/@opentelemetry
COPY --from=build /src/image /src
# The shim reads the package in the folder in which it starts.
WORKDIR /src/chaincode
USER node
ENTRYPOINT ["node", "/src/node_modules/fabric-shim/cli.js"]
