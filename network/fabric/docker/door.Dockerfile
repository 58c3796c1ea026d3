# The door before the orderer of one organisation. Build it from the root of the source tree.
FROM node:20-slim AS manifests
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY scripts/no-telemetry scripts/no-telemetry
COPY chaincode/package.json chaincode/
COPY network/package.json network/

FROM manifests AS runtime
RUN npm ci --omit=dev --ignore-scripts --workspace @pledgeonce/chaincode --workspace @pledgeonce/network

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
