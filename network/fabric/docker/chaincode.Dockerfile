# The chaincode of the consortium as a service. Build it from the root of the source tree.
FROM node:20-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc tsconfig.base.json ./
COPY scripts/no-telemetry scripts/no-telemetry
COPY chaincode chaincode
RUN npm ci --workspace chaincode --include-workspace-root \
 && npx tsc -p chaincode \
 && find chaincode -name node_modules -prune -o \( -name '*.spec.*' -o -name testing \) -prune -exec rm -rf {} + \
 && npm prune --omit=dev --workspace chaincode

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /src/chaincode
COPY --from=build /src/node_modules /src/node_modules
COPY --from=build /src/chaincode /src/chaincode
USER node
ENTRYPOINT ["node", "/src/node_modules/fabric-shim/cli.js"]
