# The door before the orderer of one organisation. Build it from the root of the source tree.
# Packages are installed, and sources built, on the machine that builds: what of them is native, npm has ready for every processor.
FROM --platform=$BUILDPLATFORM node:20-slim AS manifests
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY scripts/no-telemetry scripts/no-telemetry
COPY chaincode/package.json chaincode/
COPY network/package.json network/

FROM manifests AS runtime
ARG TARGETARCH
RUN npm ci --omit=dev --ignore-scripts --os=linux --cpu=$(echo $TARGETARCH | sed s/amd64/x64/) --workspace @pledgeonce/chaincode --workspace @pledgeonce/network

FROM manifests AS build
RUN npm ci --omit=dev --ignore-scripts
COPY . .
RUN node scripts/setup/build-for-image.mjs chaincode network

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /src
COPY --from=runtime /src/node_modules node_modules
COPY --from=build /src/image .
USER node
ENTRYPOINT ["node", "network/dist/door/main.js"]
